import MailComposer from 'nodemailer/lib/mail-composer';
import type { MailModel, RenderedMail, StaffMailModel } from './model.ts';
import { renderMail, renderStaffMail } from './render.ts';

/** What a message needs besides what it says. */
export type MailEnvelope = {
  /** The verified address that mail goes out from. */
  readonly fromAddress: string;
  readonly to: string;
  /** The send id: opaque text that comes back in mail events. It also names the message and its parts. */
  readonly sendId: string;
  /** Epoch milliseconds. SES overwrites the header; it is here so that the same input gives the same bytes. */
  readonly sentAt: number;
};

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1);

/**
 * RFC 8058: the https link takes a POST of `List-Unsubscribe=One-Click`; RFC 2369: the mailto is for readers
 * that know no better, and reaches the clinic's staff. Returned as headers, for both must be signed.
 */
const unsubscribeHeaders = (model: MailModel): Readonly<Record<string, string>> => ({
  'List-Unsubscribe': `<${model.links.unsubscribe}>, <mailto:${model.clinic.replyTo}?subject=unsubscribe>`,
  'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
});

/** What both kinds of mail have in common with their readers: a language and a clinic to answer to. */
type Addressed = {
  readonly locale: MailModel['locale'];
  readonly clinic: Pick<MailModel['clinic'], 'senderName' | 'replyTo'>;
};

/** Nothing in the message is random or read from a clock. RFC 3834 says how automatic mail marks itself. */
const messageOf = (
  { subject, html, text }: RenderedMail,
  { locale, clinic }: Addressed,
  envelope: MailEnvelope,
  headers: Readonly<Record<string, string>>,
): Promise<Uint8Array> => {
  const composer = new MailComposer({
    from: { name: clinic.senderName, address: envelope.fromAddress },
    to: { name: '', address: envelope.to },
    replyTo: { name: clinic.senderName, address: clinic.replyTo },
    subject,
    text,
    html,
    encoding: 'quoted-printable',
    messageId: `<${envelope.sendId}@${domainOf(envelope.fromAddress)}>`,
    date: new Date(envelope.sentAt),
    baseBoundary: envelope.sendId.slice(0, 24),
    newline: 'win',
    disableFileAccess: true,
    disableUrlAccess: true,
    headers: { 'Content-Language': locale, 'Auto-Submitted': 'auto-generated', ...headers },
  });
  return composer.compile().build();
};

/**
 * Takes what a mail to a patient is made from and its envelope, gives a whole MIME message: text and HTML, ASCII on
 * the wire.
 */
export const composeMail = (model: MailModel, envelope: MailEnvelope): Promise<Uint8Array> =>
  messageOf(renderMail(model), model, envelope, unsubscribeHeaders(model));

/** Takes what a mail to staff is made from and its envelope, gives a whole MIME message, marked as urgent when it is. */
export const composeStaffMail = (model: StaffMailModel, envelope: MailEnvelope): Promise<Uint8Array> =>
  messageOf(renderStaffMail(model), model, envelope, model.urgency === 'now' ? { Importance: 'high' } : {});
