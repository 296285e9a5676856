import { closeSync, fstatSync, ftruncateSync, mkdirSync, openSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { z } from 'zod';

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

const journalLine = z.union([
  z.object({ settled: z.string() }),
  mailFields.extend({
    /** The MIME message, gzipped, in Base64. */
    raw: z.string(),
  }),
]);

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

/**
 * Opens the journal of accepted mails, `journal.jsonl` in the folder: one JSON line a mail, only ever added
 * to. A last line that a kill cut short is dropped: its sender never heard that it was accepted.
 */
export const openJournal = (folder: string): MailJournal => {
  mkdirSync(folder, { recursive: true });
  const file = openSync(join(folder, 'journal.jsonl'), 'a+');
  const mails = new Map<string, JournaledMail>();
  const inOrder: JournaledMail[] = [];
  const places = new Map<string, { readonly from: number; readonly length: number }>();
  const unsettled = new Set<string>();
  let end = 0;

  const remember = (line: z.infer<typeof journalLine>, from: number, length: number): void => {
    if ('settled' in line) {
      unsettled.delete(line.settled);
      return;
    }
    const { raw: _raw, ...mail } = line;
    mails.set(mail.messageId, mail);
    inOrder.push(mail);
    places.set(mail.messageId, { from, length });
    unsettled.add(mail.messageId);
  };
  const readAt = (from: number, length: number): Buffer => {
    const bytes = Buffer.alloc(length);
    let done = 0;
    while (done < length) {
      const read = readSync(file, bytes, done, length - done, from + done);
      if (read === 0) break;
      done += read;
    }
    return bytes.subarray(0, done);
  };
  const load = (): void => {
    const bytes = readAt(0, fstatSync(file).size);
    for (let next = bytes.indexOf(10, end); next >= 0; next = bytes.indexOf(10, end)) {
      const line = journalLine.safeParse(parseJson(bytes.toString('utf8', end, next)));
      if (line.success) remember(line.data, end, next - end);
      end = next + 1;
    }
    if (end < bytes.length) ftruncateSync(file, end);
  };
  const append = (line: z.infer<typeof journalLine>): void => {
    const bytes = Buffer.from(`${JSON.stringify(line)}\n`);
    for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
    remember(line, end, bytes.length - 1);
    end += bytes.length;
  };
  load();
  return {
    add: (mail, raw) => append({ ...mail, raw: gzipSync(raw, { level: 1 }).toString('base64') }),
    settle: (messageId) => append({ settled: messageId }),
    mails: () => inOrder,
    find: (messageId) => mails.get(messageId),
    rawOf: (messageId) => {
      const place = places.get(messageId);
      if (place === undefined) return undefined;
      const line = journalLine.safeParse(parseJson(readAt(place.from, place.length).toString('utf8')));
      return line.success && 'raw' in line.data
        ? gunzipSync(Buffer.from(line.data.raw, 'base64'))
        : undefined;
    },
    unsettled: () => [...unsettled].flatMap((id) => mails.get(id) ?? []),
    close: () => closeSync(file),
  };
};
