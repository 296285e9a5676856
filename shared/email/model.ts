import type { Urgency } from '../care/patient/staff-notices.ts';
import type { Locale } from '../platform/locale.ts';

/** What an email can be about. A survey is one kind, whatever its timepoint: the email does not name it. */
export const emailKinds = ['instructions', 'survey', 'visit', 'rehabilitation'] as const;
export type EmailKind = (typeof emailKinds)[number];

/** The clinic as a patient sees it. `senderName` is shown in the inbox: it must name no treatment. */
export type EmailClinic = {
  readonly name: string;
  readonly senderName: string;
  readonly replyTo: string;
  readonly phone: string;
};

/** The pages behind one email's token. */
export type EmailLinks = { readonly help: string; readonly unsubscribe: string };

/** All that an email is made from. It has no family and no timepoint, so no email can name one. */
export type EmailModel = {
  /** 0 for the first email, then the reminder's number. */
  readonly reminder: 0 | 1 | 2;
  readonly locale: Locale;
  readonly clinic: EmailClinic;
  readonly givenName?: string;
} & (
  | { readonly kind: 'survey'; readonly links: EmailLinks & { readonly survey: string } }
  | { readonly kind: Exclude<EmailKind, 'survey'>; readonly links: EmailLinks }
);

/**
 * All that an email to staff is made from. It has no patient and not even what the notice is about, so no email can say
 * either. `worklist` is the command that lists what to do.
 */
export type StaffEmailModel = {
  readonly urgency: Urgency;
  readonly locale: Locale;
  readonly clinic: Pick<EmailClinic, 'name' | 'senderName' | 'replyTo'>;
  readonly worklist: string;
};

/** An email as it is read. */
export type RenderedEmail = { readonly subject: string; readonly html: string; readonly text: string };
