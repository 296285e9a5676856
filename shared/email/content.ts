import { withPreselection } from '../care/survey/preselection.ts';
import { emailMessagesFor } from '../messages/email/messages.ts';
import { longDate } from '../messages/long-date.ts';
import type { EmailModel } from './model.ts';

/** A block of an email, before rendering. */
export type Block =
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'button'; readonly label: string; readonly href: string }
  | {
      readonly kind: 'scale';
      readonly question: string;
      readonly hint: string;
      readonly note: string;
      readonly links: readonly { readonly value: number; readonly name: string; readonly href: string }[];
    };

/** The content of an email, before rendering as HTML or text. */
export type EmailContent = {
  readonly subject: string;
  readonly greeting: string;
  readonly body: readonly Block[];
  readonly signOff: string;
  /** What every email must say. To patients: that nobody is watching, the emergency number, the clinic's phone. */
  readonly safety: readonly string[];
  readonly why: string;
  readonly footerLinks: readonly { readonly label: string; readonly href: string }[];
};

/** Letters, spaces, hyphens, apostrophes and final dots: nothing that an email client turns into a link. */
const plainName = /^\p{L}(?:[\p{L}\p{M}'’ -]|\.(?=\s|$)){0,39}$/u;

/** The trimmed given name if it is safe to print in an email; otherwise undefined. */
export const printableName = (givenName: string | undefined): string | undefined => {
  const trimmed = givenName?.trim() ?? '';
  return plainName.test(trimmed) ? trimmed : undefined;
};

type SurveyModel = Extract<EmailModel, { kind: 'survey' }>;

const surveyBody = (model: SurveyModel): readonly Block[] => {
  const { visitOn } = model;
  const url = model.links.survey;
  const { survey } = emailMessagesFor(model.locale).patient;
  const values = Array.from({ length: 11 }, (_, value) => value);
  return [
    { kind: 'paragraph', text: survey.openings[model.reminder] },
    ...(visitOn === undefined
      ? []
      : [{ kind: 'paragraph', text: survey.about(longDate(visitOn, model.locale)) } as const]),
    {
      kind: 'scale',
      question: survey.scaleQuestion,
      hint: survey.scaleHint,
      note: survey.scaleNote,
      links: values.map((value) => ({
        value,
        name: survey.scaleLinkName(value),
        href: withPreselection(url, value),
      })),
    },
    { kind: 'button', label: survey.button, href: url },
    { kind: 'paragraph', text: survey.everyAnswerHelps },
  ];
};

const bodyOf = (model: EmailModel): { readonly subject: string; readonly body: readonly Block[] } => {
  const { patient: texts } = emailMessagesFor(model.locale);
  const { clinic, links } = model;
  switch (model.kind) {
    case 'instructions':
      return {
        subject: texts.instructions.subject,
        body: [
          { kind: 'paragraph', text: texts.instructions.opening(clinic.name) },
          { kind: 'list', items: texts.instructions.advice },
          { kind: 'button', label: texts.instructions.button, href: links.help },
          { kind: 'paragraph', text: texts.instructions.closing },
        ],
      };
    case 'survey':
      return { subject: texts.survey.subjects[model.reminder], body: surveyBody(model) };
    case 'visit':
      return {
        subject: texts.visit.subject,
        body: [
          { kind: 'paragraph', text: texts.visit.opening(clinic.name) },
          { kind: 'paragraph', text: texts.visit.body(clinic.phone) },
          { kind: 'button', label: texts.visit.button, href: links.help },
        ],
      };
    case 'rehabilitation':
      return {
        subject: texts.rehabilitation.subject,
        body: [
          { kind: 'paragraph', text: texts.rehabilitation.opening },
          { kind: 'paragraph', text: texts.rehabilitation.body(clinic.phone) },
          { kind: 'button', label: texts.rehabilitation.button, href: links.help },
        ],
      };
  }
};

/** The content of an email to a patient, in the patient's language. */
export const emailContent = (model: EmailModel): EmailContent => {
  const { patient: texts } = emailMessagesFor(model.locale);
  const name = printableName(model.givenName);
  return {
    ...bodyOf(model),
    greeting: name === undefined ? texts.helloWithoutName : texts.hello(name),
    signOff: texts.signOff(model.clinic.name),
    safety: [texts.notWatched, texts.emergency, texts.questions(model.clinic.phone)],
    why: texts.why(model.clinic.name),
    footerLinks: [
      { label: texts.help, href: model.links.help },
      { label: texts.stop, href: model.links.unsubscribe },
    ],
  };
};
