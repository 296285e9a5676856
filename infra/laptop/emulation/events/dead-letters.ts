import { appendFileSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import * as z from 'zod';

const deadLetter = z.object({
  at: z.string(),
  /** The rule or stream whose target gave up. */
  rule: z.string(),
  /** The id of what it gave up on: an event's, or a stream record's sequence number. */
  eventId: z.string(),
  /** The id the source gave the event, if it gave one. */
  sourceEventId: z.string().optional(),
  error: z.string(),
  attempts: z.number(),
});

/** What a target could not deal with: which event and why, never its content. */
export type DeadLetter = z.infer<typeof deadLetter>;

export type DeadLetters = {
  readonly add: (letter: DeadLetter) => void;
  /** All that were added, oldest first. */
  readonly list: () => readonly DeadLetter[];
};

const address = /[^\s"'<>(),;:]+@[^\s"'<>(),;:]+/g;

/** Takes anything thrown, gives one line about it: no address, no line break, 500 characters at most. */
export const describeError = (error: unknown): string => {
  const text =
    error instanceof Error ? `${error.name}: ${error.message}` : 'Something other than an error was thrown';
  return text.replaceAll(address, '(address)').replaceAll(/\s+/g, ' ').slice(0, 500);
};

const parseLine = (line: string): DeadLetter | undefined => {
  try {
    return deadLetter.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
};

/** Opens a dead-letter file, one JSON line a record. */
export const openDeadLetters = (file: string): DeadLetters => {
  mkdirSync(dirname(file), { recursive: true });
  const read = (): string => {
    try {
      return readFileSync(file, 'utf8');
    } catch {
      return '';
    }
  };
  return {
    add: (letter) => appendFileSync(file, `${JSON.stringify(letter)}\n`),
    list: () =>
      read()
        .split('\n')
        .map(parseLine)
        .filter((letter) => letter !== undefined),
  };
};
