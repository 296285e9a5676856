import { closeSync, fstatSync, ftruncateSync, mkdirSync, openSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { guardedText } from '../../../../shared/platform/guarded-text.ts';
import { isUtcInstant } from '../../../../shared/platform/time.ts';

const emailFields = z.object({
  messageId: z.string(),
  /** The `sendId` tag; empty when the email had none. */
  sendId: z.string(),
  destination: z.array(z.string()),
  source: z.string(),
  configurationSet: z.string().optional(),
  tags: z.record(z.string(), z.string()),
  /** The raw header value; may contain encoded words. */
  subject: z.string(),
  /** Time of acceptance on the played clock. */
  at: guardedText(isUtcInstant),
});

/** Adds the byte range of the MIME message in `messages.bin`. */
const emailLine = emailFields.extend({ from: z.number().int(), length: z.number().int() });
const journalLine = z.union([z.object({ settled: z.string() }), emailLine]);

/** The metadata of an accepted email, without the message. */
export type JournaledEmail = Readonly<z.infer<typeof emailFields>>;

export type EmailJournal = {
  /** Stores an email. Once this returns, the email survives a kill of this process. */
  readonly add: (email: JournaledEmail, raw: Buffer) => void;
  /** Records that all events of an email are handled. */
  readonly settle: (messageId: string) => void;
  /** All emails, oldest first. */
  readonly emails: () => readonly JournaledEmail[];
  readonly find: (messageId: string) => JournaledEmail | undefined;
  /** The MIME message, read from the file. */
  readonly rawOf: (messageId: string) => Buffer | undefined;
  /** Emails with events that may be unhandled, oldest first. */
  readonly unsettled: () => readonly JournaledEmail[];
  readonly close: () => void;
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const readAt = (file: number, from: number, length: number): Buffer => {
  const bytes = Buffer.alloc(length);
  let done = 0;
  while (done < length) {
    const read = readSync(file, bytes, done, length - done, from + done);
    if (read === 0) break;
    done += read;
  }
  return bytes.subarray(0, done);
};

const writeAll = (file: number, bytes: Buffer): void => {
  for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
};

/**
 * Opens the journal of accepted emails: `journal.jsonl`, one JSON line for each email, and `messages.bin`, the
 * concatenated messages. Both are append-only, the message first. A last line cut short by a kill is dropped:
 * its sender never got the response that the email was accepted.
 */
export const openJournal = (folder: string): EmailJournal => {
  mkdirSync(folder, { recursive: true });
  const lines = openSync(join(folder, 'journal.jsonl'), 'a+');
  const messages = openSync(join(folder, 'messages.bin'), 'a+');
  const inOrder: JournaledEmail[] = [];
  const emails = new Map<string, z.infer<typeof emailLine>>();
  const unsettled = new Set<string>();
  let messagesEnd = fstatSync(messages).size;

  const remember = (line: z.infer<typeof journalLine>): void => {
    if ('settled' in line) {
      unsettled.delete(line.settled);
      return;
    }
    emails.set(line.messageId, line);
    inOrder.push(line);
    unsettled.add(line.messageId);
  };
  const load = (): void => {
    const bytes = readAt(lines, 0, fstatSync(lines).size);
    let end = 0;
    for (let next = bytes.indexOf(10); next >= 0; next = bytes.indexOf(10, end)) {
      const line = journalLine.safeParse(parseJson(bytes.toString('utf8', end, next)));
      if (line.success) remember(line.data);
      end = next + 1;
    }
    if (end < bytes.length) ftruncateSync(lines, end);
  };
  const append = (line: z.infer<typeof journalLine>): void => {
    writeAll(lines, Buffer.from(`${JSON.stringify(line)}\n`));
    remember(line);
  };
  load();
  return {
    add: (email, raw) => {
      writeAll(messages, raw);
      append({ ...email, from: messagesEnd, length: raw.length });
      messagesEnd += raw.length;
    },
    settle: (messageId) => append({ settled: messageId }),
    emails: () => inOrder,
    find: (messageId) => emails.get(messageId),
    rawOf: (messageId) => {
      const email = emails.get(messageId);
      return email === undefined ? undefined : readAt(messages, email.from, email.length);
    },
    unsettled: () => [...unsettled].flatMap((id) => emails.get(id) ?? []),
    close: () => {
      closeSync(lines);
      closeSync(messages);
    },
  };
};
