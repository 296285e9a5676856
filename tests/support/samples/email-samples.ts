import type { EmailModel, StaffEmailModel } from '../../../shared/email/model.ts';
import type { Locale } from '../../../shared/platform/locale.ts';
import { sampleToken } from './page-samples.ts';

const origin = 'https://care.example.org';

/** A model of every email to patients, by name. */
export const sampleEmails = (locale: Locale): Readonly<Record<string, EmailModel>> => {
  const links = {
    help: `${origin}/h/${sampleToken}`,
    unsubscribe: `${origin}/u/${sampleToken}`,
  };
  const common = {
    reminder: 0,
    locale,
    clinic: {
      name: 'Lakeside Clinic',
      senderName: 'Lakeside Clinic',
      replyTo: 'care@lakeside.example',
      phone: '(555) 010-0199',
    },
    givenName: 'Ana María',
    links,
  } as const;
  const survey = {
    ...common,
    kind: 'survey',
    links: { ...links, survey: `${origin}/s/${sampleToken}` },
  } as const;
  return {
    instructions: { ...common, kind: 'instructions' },
    survey,
    'survey-of-two': { ...survey, visitOn: '2026-03-02' },
    'survey-reminder-1': { ...survey, reminder: 1 },
    'survey-reminder-2': { ...survey, reminder: 2 },
    visit: { ...common, kind: 'visit' },
    rehabilitation: { ...common, kind: 'rehabilitation' },
  };
};

/** A model of every email to staff, by name. */
export const sampleStaffEmails = (locale: Locale): Readonly<Record<string, StaffEmailModel>> => {
  const common = {
    locale,
    clinic: { name: 'Lakeside Clinic', senderName: 'Lakeside Clinic', replyTo: 'care@lakeside.example' },
    worklist: 'npm run ops -- worklist --stage production',
  };
  return { 'staff-now': { ...common, urgency: 'now' }, 'staff-today': { ...common, urgency: 'today' } };
};
