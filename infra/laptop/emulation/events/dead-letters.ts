import { appendFileSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import * as z from 'zod';

const deadLetter = z.object({
  at: z.string(),
  /** The function, or other target of a rule, that gave up. */
  rule: z.string(),
  /** The id of the event, or a stream record's sequence number. */
  eventId: z.string(),
  /** The id that the source gave the event, if any. */
  sourceEventId: z.string().optional(),
  error: z.string(),
  attempts: z.number(),
});

/** An event that a target could not handle: its id and the reason, never its content. */
export type DeadLetter = z.infer<typeof deadLetter>;

export type DeadLetters = {
  readonly add: (letter: DeadLetter) => void;
  /** All dead letters, oldest first. */
  readonly list: () => readonly DeadLetter[];
};

const address = /[^\s"'<>(),;:]+@[^\s"'<>(),;:]+/g;

/** Describes anything thrown in one line of at most 500 characters, without addresses. */
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

/** Opens a file of dead letters, one JSON line each. */
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
