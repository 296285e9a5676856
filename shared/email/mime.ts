import MailComposer from 'nodemailer/lib/mail-composer';
import type { EmailModel, RenderedEmail, StaffEmailModel } from './model.ts';
import { renderEmail, renderStaffEmail } from './render.ts';

/** What a message needs besides its content. */
export type EmailEnvelope = {
  /** The verified sender address. */
  readonly fromAddress: string;
  readonly to: string;
  /** Opaque id that email events carry. It also forms the Message-ID and the MIME boundary. */
  readonly sendId: string;
  /** Epoch milliseconds for the Date header. SES overwrites it; set here so that equal input yields equal bytes. */
  readonly sentAt: number;
};

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1);

/**
 * The https link accepts a POST of `List-Unsubscribe=One-Click` (RFC 8058). The mailto (RFC 2369) is for older email
 * clients and reaches the clinic's staff. Both headers must be covered by the signature.
 */
const unsubscribeHeaders = (model: EmailModel): Readonly<Record<string, string>> => ({
  'List-Unsubscribe': `<${model.links.unsubscribe}>, <mailto:${model.clinic.replyTo}?subject=unsubscribe>`,
  'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
});

/** What both kinds of email have in common: the reader's language, and the clinic that replies go to. */
type Addressed = {
  readonly locale: EmailModel['locale'];
  readonly clinic: Pick<EmailModel['clinic'], 'senderName' | 'replyTo'>;
};

/** Deterministic: nothing is random or read from a clock. `Auto-Submitted` marks automatic email (RFC 3834). */
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

/** Composes the MIME message of an email to a patient, with a text and an HTML part, in ASCII. */
export const composeEmail = (model: EmailModel, envelope: EmailEnvelope): Promise<Uint8Array> =>
  messageOf(renderEmail(model), model, envelope, unsubscribeHeaders(model));

/** Composes the MIME message of an email to staff, with high importance if it is urgent. */
export const composeStaffEmail = (model: StaffEmailModel, envelope: EmailEnvelope): Promise<Uint8Array> =>
  messageOf(renderStaffEmail(model), model, envelope, model.urgency === 'now' ? { Importance: 'high' } : {});
