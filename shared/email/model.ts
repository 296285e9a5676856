import type { Urgency } from '../care/staff/staff-notices.ts';
import type { Locale } from '../platform/locale.ts';
import type { LocalDate } from '../platform/time.ts';

/** The kinds of email. All surveys are one kind, since the email does not name the timepoint. */
export const emailKinds = ['instructions', 'survey', 'visit', 'rehabilitation'] as const;
export type EmailKind = (typeof emailKinds)[number];

/** The clinic as patients see it. `senderName` appears in the inbox and must not name a treatment. */
export type EmailClinic = {
  readonly name: string;
  readonly senderName: string;
  readonly replyTo: string;
  readonly phone: string;
};

/** The pages behind one email's token. */
export type EmailLinks = { readonly help: string; readonly unsubscribe: string };

/** Everything an email is made from. It has no family and no timepoint, so no email can name one. */
export type EmailModel = {
  /** 0 for the first email, then the reminder's number. */
  readonly reminder: 0 | 1 | 2;
  readonly locale: Locale;
  readonly clinic: EmailClinic;
  readonly givenName?: string;
} & (
  | {
      readonly kind: 'survey';
      readonly links: EmailLinks & { readonly survey: string };
      /** The day of the visit, for a patient who has two surveys open. */
      readonly visitOn?: LocalDate;
    }
  | { readonly kind: Exclude<EmailKind, 'survey'>; readonly links: EmailLinks }
);

/**
 * Everything an email to staff is made from. It has neither the patient nor the subject of the notice, so no email can
 * reveal them. `worklist` is the command that lists what to do.
 */
export type StaffEmailModel = {
  readonly urgency: Urgency;
  readonly locale: Locale;
  readonly clinic: Pick<EmailClinic, 'name' | 'senderName' | 'replyTo'>;
  readonly worklist: string;
};

export type RenderedEmail = { readonly subject: string; readonly html: string; readonly text: string };
