import MailComposer from 'nodemailer/lib/mail-composer';
import type { MailModel } from './model.ts';
import { renderMail } from './render.ts';

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

/**
 * Takes what a mail is made from and its envelope, gives a whole MIME message: text and HTML, ASCII on the
 * wire. Nothing in it is random or read from a clock. RFC 3834 says how automatic mail marks itself.
 */
export const composeMail = async (model: MailModel, envelope: MailEnvelope): Promise<Uint8Array> => {
  const { subject, html, text } = renderMail(model);
  const composer = new MailComposer({
    from: { name: model.clinic.senderName, address: envelope.fromAddress },
    to: { name: '', address: envelope.to },
    replyTo: { name: model.clinic.senderName, address: model.clinic.replyTo },
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
    headers: {
      'Content-Language': model.locale,
      'Auto-Submitted': 'auto-generated',
      ...unsubscribeHeaders(model),
    },
  });
  return composer.compile().build();
};
