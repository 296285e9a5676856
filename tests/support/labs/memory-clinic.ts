import type { OutgoingEmail, SendOutcome } from '../../../shared/care/emailing/ports.ts';
import { recordEmailEventWith } from '../../../shared/care/emailing/record-email-event.ts';
import { sendDueEmailWith } from '../../../shared/care/emailing/send-due-emails.ts';
import { acceptContactWith } from '../../../shared/care/intake/accept-contact.ts';
import { acceptProcedureWith } from '../../../shared/care/intake/accept-procedure.ts';
import { changePreferenceWith } from '../../../shared/care/patient/email-preference.ts';
import { findLinkOf } from '../../../shared/care/patient/links.ts';
import type { CareStore } from '../../../shared/care/patient/ports.ts';
import { type DraftContent, saveDraftWith } from '../../../shared/care/survey/save-draft.ts';
import { submitSurveyWith } from '../../../shared/care/survey/submit-survey.ts';
import { addSeconds } from '../../../shared/platform/calendar.ts';
import { dueShardCount } from '../../../shared/platform/tables.ts';
import type { UtcInstant } from '../../../shared/platform/time.ts';
import type { Answers } from '../../../shared/protocol/instrument.ts';
import { memoryStores } from '../oracles/memory-stores.ts';
import { defaults } from '../samples/builders.ts';

/** An email that SES was handed: its send id, and the token of its links. */
export type HandedOver = { readonly sendId: string; readonly token: string };

const accepted: SendOutcome = { outcome: 'accepted', messageId: 'm' };

const silent = () => undefined;

/** The real use cases on stores in memory, with a clock and an SES that the test plays. */
export const memoryClinic = (
  start: UtcInstant,
  watch: (store: CareStore) => CareStore = (store) => store,
) => {
  const stores = memoryStores();
  const store = watch(stores.care);
  let now = start;
  const clock = { now: () => now };
  const tokens: string[] = [];
  const emails: HandedOver[] = [];
  let ses: (email: OutgoingEmail) => Promise<SendOutcome> = async () => accepted;

  const sweep = sendDueEmailWith(
    {
      store,
      pauses: { read: async () => undefined },
      mailer: { send: (email) => ses(email), allowance: async () => ({ perSecond: 1e9, leftToday: 1e6 }) },
      compose: async ({ sendId, token, address }) => {
        emails.push({ sendId, token });
        return { sendId, to: address, raw: new Uint8Array() };
      },
      tokens: {
        next: () => {
          const token = `token-${String(tokens.length).padStart(20, '0')}`;
          tokens.push(token);
          return token;
        },
      },
      clock,
      log: { info: silent, warn: silent, error: silent },
      metrics: { add: silent },
      wait: async () => undefined,
      stopwatch: () => 0,
    },
    { shards: dueShardCount, pageSize: 10, parallel: 1, shareOfRate: 1, timeBudget: 1 },
  );
  const submitSurvey = submitSurveyWith(store, clock);

  const saveDraft = saveDraftWith(store, clock);

  return {
    stores,
    store,
    emails,
    now: () => now,
    pass: (seconds: number): void => {
      now = addSeconds(now, seconds);
    },
    /** Sweeps while SES answers as told. */
    sweep: (answer: typeof ses = async () => accepted) => {
      ses = answer;
      return sweep();
    },
    acceptProcedure: acceptProcedureWith(store, clock, defaults),
    acceptContact: acceptContactWith(store, clock, defaults),
    recordEmailEvent: recordEmailEventWith(store, clock),
    changePreference: changePreferenceWith(store, clock),
    saveDraft: async (token: string, content: DraftContent) => {
      const link = await findLinkOf(store, token, now);
      return link === undefined ? ({ outcome: 'not-found' } as const) : saveDraft(link, content);
    },
    answer: async (token: string, answers: Answers) => {
      const link = await findLinkOf(store, token, now);
      if (link === undefined) return { outcome: 'not-found' } as const;
      const submission = { answers, assisted: false, quality: 'trusted' } as const;
      return submitSurvey(link, { submission, locale: 'en', hasWarningSign: false });
    },
  };
};

export type MemoryClinic = ReturnType<typeof memoryClinic>;
