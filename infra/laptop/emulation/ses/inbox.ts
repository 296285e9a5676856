import { simpleParser } from 'mailparser';
import type { JournaledMail, MailJournal } from './journal.ts';
import { type MimeHeader, mimeHeaders } from './mime-headers.ts';

/** A mail as the inbox lists it. */
export type InboxEntry = JournaledMail;

/** A mail opened: what a mail program shows of it, and its headers. */
export type OpenedMail = InboxEntry & {
  readonly html: string | undefined;
  readonly text: string | undefined;
  readonly headers: readonly MimeHeader[];
  /** The links in it, in order. */
  readonly links: readonly string[];
};

export type Inbox = {
  /** Mails, newest first. */
  readonly list: (page?: {
    readonly limit?: number;
    readonly offset?: number;
    readonly to?: string;
  }) => readonly InboxEntry[];
  readonly count: () => number;
  readonly open: (messageId: string) => Promise<OpenedMail | undefined>;
  /** The MIME message as it was sent. */
  readonly raw: (messageId: string) => Buffer | undefined;
};

const encodedWord = /=\?([\w-]+)\?([BQ])\?([^?]*)\?=(?:\s+(?==\?))?/gi;

const decodedBytes = (encoding: string, text: string): Buffer =>
  encoding.toUpperCase() === 'B'
    ? Buffer.from(text, 'base64')
    : Buffer.from(
        text
          .replaceAll('_', ' ')
          .replaceAll(/=([0-9A-F]{2})/gi, (_all, hex: string) =>
            String.fromCharCode(Number.parseInt(hex, 16)),
          ),
        'latin1',
      );

/** Takes a header's value, gives it with its encoded words (RFC 2047, UTF-8) spelled out. */
export const decodedHeader = (value: string): string =>
  value.replaceAll(encodedWord, (_all, _charset: string, encoding: string, text: string) =>
    decodedBytes(encoding, text).toString('utf8'),
  );

const withSubject = (mail: JournaledMail): InboxEntry => ({ ...mail, subject: decodedHeader(mail.subject) });

/** The inbox of everybody: all mails the local SES accepted, in this run or an earlier one. */
export const openInbox = (journal: MailJournal): Inbox => ({
  count: () => journal.mails().length,
  raw: journal.rawOf,
  list: ({ limit = 50, offset = 0, to } = {}) =>
    journal
      .mails()
      .toReversed()
      .filter(({ destination }) => to === undefined || destination.includes(to))
      .slice(offset, offset + limit)
      .map(withSubject),
  open: async (messageId) => {
    const mail = journal.find(messageId);
    const raw = journal.rawOf(messageId);
    if (mail === undefined || raw === undefined) return undefined;
    const parsed = await simpleParser(raw, { skipTextLinks: true, skipTextToHtml: true });
    const text = parsed.text;
    return {
      ...withSubject(mail),
      html: parsed.html === false ? undefined : parsed.html,
      text,
      headers: mimeHeaders(raw).map(({ name, value }) => ({ name, value: decodedHeader(value) })),
      links: [...new Set(text?.match(/https?:\/\/[^\s<>"')\]]+/g))],
    };
  },
});
