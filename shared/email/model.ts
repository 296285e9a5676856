import type { Urgency } from '../care/patient/staff-notices.ts';
import type { Locale } from '../platform/locale.ts';

/** What a mail can be about. A survey is one kind, whatever its timepoint: the mail does not name it. */
export const mailKinds = ['instructions', 'survey', 'visit', 'rehabilitation'] as const;
export type MailKind = (typeof mailKinds)[number];

/** The clinic as a patient sees it. `senderName` is shown in the inbox: it must name no treatment. */
export type MailClinic = {
  readonly name: string;
  readonly senderName: string;
  readonly replyTo: string;
  readonly phone: string;
};

/** The pages behind one mail's token. */
export type MailLinks = { readonly help: string; readonly unsubscribe: string };

/** All that a mail is made from. It has no family and no timepoint, so no mail can name one. */
export type MailModel = {
  /** 0 for the first mail, then the reminder's number. */
  readonly reminder: 0 | 1 | 2;
  readonly locale: Locale;
  readonly clinic: MailClinic;
  readonly givenName?: string;
} & (
  | { readonly kind: 'survey'; readonly links: MailLinks & { readonly survey: string } }
  | { readonly kind: Exclude<MailKind, 'survey'>; readonly links: MailLinks }
);

/**
 * All that a mail to staff is made from. It has no patient and not even what the notice is about, so no mail can say
 * either. `worklist` is the command that lists what to do.
 */
export type StaffMailModel = {
  readonly urgency: Urgency;
  readonly locale: Locale;
  readonly clinic: Pick<MailClinic, 'name' | 'senderName' | 'replyTo'>;
  readonly worklist: string;
};

/** A mail as it is read. */
export type RenderedMail = { readonly subject: string; readonly html: string; readonly text: string };
