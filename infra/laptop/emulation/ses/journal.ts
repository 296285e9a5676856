import { closeSync, fstatSync, ftruncateSync, mkdirSync, openSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

const mailFields = z.object({
  messageId: z.string(),
  /** The `sendId` tag; empty when the mail had none. */
  sendId: z.string(),
  destination: z.array(z.string()),
  source: z.string(),
  configurationSet: z.string().optional(),
  tags: z.record(z.string(), z.string()),
  /** As the header has it; may hold encoded words. */
  subject: z.string(),
  /** What the played clock showed. */
  at: z.string(),
});

/** With where the MIME message stands in `messages.bin`. */
const mailLine = mailFields.extend({ from: z.number().int(), length: z.number().int() });
const journalLine = z.union([z.object({ settled: z.string() }), mailLine]);

/** What the journal knows of an accepted mail, without the message itself. */
export type JournaledMail = Readonly<z.infer<typeof mailFields>>;

export type MailJournal = {
  /** Stores a mail. When this returns it survives the death of this process. */
  readonly add: (mail: JournaledMail, raw: Buffer) => void;
  /** Notes that all events of a mail were dealt with. */
  readonly settle: (messageId: string) => void;
  /** All mails, oldest first. */
  readonly mails: () => readonly JournaledMail[];
  readonly find: (messageId: string) => JournaledMail | undefined;
  /** The MIME message, read from the file. */
  readonly rawOf: (messageId: string) => Buffer | undefined;
  /** Mails whose events may not all have been dealt with, oldest first. */
  readonly unsettled: () => readonly JournaledMail[];
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
 * Opens the journal of accepted mails: `journal.jsonl`, one JSON line a mail, and `messages.bin`, the messages
 * one after the other. Both are only ever added to, the message first. A last line that a kill cut short is
 * dropped: its sender never heard that the mail was accepted.
 */
export const openJournal = (folder: string): MailJournal => {
  mkdirSync(folder, { recursive: true });
  const lines = openSync(join(folder, 'journal.jsonl'), 'a+');
  const messages = openSync(join(folder, 'messages.bin'), 'a+');
  const inOrder: JournaledMail[] = [];
  const mails = new Map<string, z.infer<typeof mailLine>>();
  const unsettled = new Set<string>();
  let messagesEnd = fstatSync(messages).size;

  const remember = (line: z.infer<typeof journalLine>): void => {
    if ('settled' in line) {
      unsettled.delete(line.settled);
      return;
    }
    mails.set(line.messageId, line);
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
    add: (mail, raw) => {
      writeAll(messages, raw);
      append({ ...mail, from: messagesEnd, length: raw.length });
      messagesEnd += raw.length;
    },
    settle: (messageId) => append({ settled: messageId }),
    mails: () => inOrder,
    find: (messageId) => mails.get(messageId),
    rawOf: (messageId) => {
      const mail = mails.get(messageId);
      return mail === undefined ? undefined : readAt(messages, mail.from, mail.length);
    },
    unsettled: () => [...unsettled].flatMap((id) => mails.get(id) ?? []),
    close: () => {
      closeSync(lines);
      closeSync(messages);
    },
  };
};
