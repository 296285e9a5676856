import MailComposer from 'nodemailer/lib/mail-composer';
import type { EmailModel, RenderedEmail, StaffEmailModel } from './model.ts';
import { renderEmail, renderStaffEmail } from './render.ts';

/** What a message needs besides what it says. */
export type EmailEnvelope = {
  /** The verified address that email goes out from. */
  readonly fromAddress: string;
  readonly to: string;
  /** The send id: opaque text that comes back in email events. It also names the message and its parts. */
  readonly sendId: string;
  /** Epoch milliseconds. SES overwrites the header; it is here so that the same input gives the same bytes. */
  readonly sentAt: number;
};

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1);

/**
 * RFC 8058: the https link takes a POST of `List-Unsubscribe=One-Click`; RFC 2369: the mailto is for readers
 * that know no better, and reaches the clinic's staff. Returned as headers, for both must be signed.
 */
const unsubscribeHeaders = (model: EmailModel): Readonly<Record<string, string>> => ({
  'List-Unsubscribe': `<${model.links.unsubscribe}>, <mailto:${model.clinic.replyTo}?subject=unsubscribe>`,
  'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
});

/** What both kinds of email have in common with their readers: a language and a clinic to answer to. */
type Addressed = {
  readonly locale: EmailModel['locale'];
  readonly clinic: Pick<EmailModel['clinic'], 'senderName' | 'replyTo'>;
};

/** Nothing in the message is random or read from a clock. RFC 3834 says how automatic email marks itself. */
const messageOf = (
  { subject, html, text }: RenderedEmail,
  { locale, clinic }: Addressed,
  envelope: EmailEnvelope,
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
 * Takes what an email to a patient is made from and its envelope, gives a whole MIME message: text and HTML, ASCII on
 * the wire.
 */
export const composeEmail = (model: EmailModel, envelope: EmailEnvelope): Promise<Uint8Array> =>
  messageOf(renderEmail(model), model, envelope, unsubscribeHeaders(model));

/** Takes what an email to staff is made from and its envelope, gives a whole MIME message, marked as urgent when it is. */
export const composeStaffEmail = (model: StaffEmailModel, envelope: EmailEnvelope): Promise<Uint8Array> =>
  messageOf(renderStaffEmail(model), model, envelope, model.urgency === 'now' ? { Importance: 'high' } : {});
