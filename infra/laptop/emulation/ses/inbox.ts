import { simpleParser } from 'mailparser';
import type { EmailJournal, JournaledEmail } from './journal.ts';
import { type MimeHeader, mimeHeaders } from './mime-headers.ts';

/** A row of the inbox. */
export type InboxEntry = JournaledEmail;

/** An email with its parsed parts and headers. */
export type OpenedEmail = InboxEntry & {
  readonly html: string | undefined;
  readonly text: string | undefined;
  readonly headers: readonly MimeHeader[];
  /** The distinct URLs of its text part, in order. */
  readonly links: readonly string[];
};

export type Inbox = {
  /** Newest first; 50 by default, all addresses. */
  readonly list: (page?: {
    readonly limit?: number;
    readonly offset?: number;
    readonly to?: string;
  }) => readonly InboxEntry[];
  readonly count: () => number;
  readonly open: (messageId: string) => Promise<OpenedEmail | undefined>;
  /** The MIME message as sent. */
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

/** Decodes the encoded words (RFC 2047) of a header's value. Assumes UTF-8, whatever charset they name. */
export const decodedHeader = (value: string): string =>
  value.replaceAll(encodedWord, (_all, _charset: string, encoding: string, text: string) =>
    decodedBytes(encoding, text).toString('utf8'),
  );

const withSubject = (email: JournaledEmail): InboxEntry => ({
  ...email,
  subject: decodedHeader(email.subject),
});

/** Opens the inbox of all emails that the local SES accepted, in this run or an earlier one. */
export const openInbox = (journal: EmailJournal): Inbox => ({
  count: () => journal.emails().length,
  raw: journal.rawOf,
  list: ({ limit = 50, offset = 0, to } = {}) =>
    journal
      .emails()
      .toReversed()
      .filter(({ destination }) => to === undefined || destination.includes(to))
      .slice(offset, offset + limit)
      .map(withSubject),
  open: async (messageId) => {
    const email = journal.find(messageId);
    const raw = journal.rawOf(messageId);
    if (email === undefined || raw === undefined) return undefined;
    const parsed = await simpleParser(raw, { skipTextLinks: true, skipTextToHtml: true });
    const text = parsed.text;
    return {
      ...withSubject(email),
      html: parsed.html === false ? undefined : parsed.html,
      text,
      headers: mimeHeaders(raw).map(({ name, value }) => ({ name, value: decodedHeader(value) })),
      links: [...new Set(text?.match(/https?:\/\/[^\s<>"')\]]+/g))],
    };
  },
});
