import { createInterface } from 'node:readline/promises';

/** How a command speaks with the person who runs it. */
export type Io = {
  /** Writes a line of the result. */
  readonly say: (line: string) => void;
  /** Writes a line about what went wrong. */
  readonly complain: (line: string) => void;
  /** Asks and gives the answer; undefined when nobody is there to answer. */
  readonly ask: (question: string) => Promise<string | undefined>;
  readonly environment: Readonly<Record<string, string | undefined>>;
};

/** The terminal of this process. */
export const terminal: Io = {
  say: (line) => process.stdout.write(`${line}\n`),
  complain: (line) => process.stderr.write(`${line}\n`),
  ask: async (question) => {
    if (!process.stdin.isTTY) return undefined;
    const lines = createInterface({ input: process.stdin, output: process.stderr });
    try {
      return await lines.question(question);
    } finally {
      lines.close();
    }
  },
  environment: process.env,
};

/** Takes a number and a noun, gives them as one would say it: `1 episode`, `2 episodes`. */
export const countOf = (number: number, noun: string): string =>
  `${number} ${noun}${number === 1 ? '' : 's'}`;

/** Takes any value, gives it as indented JSON. */
export const asJson = (value: unknown): string => JSON.stringify(value, undefined, 2);

/** Takes rows of cells, gives lines in which the columns stand below each other. */
export const asTable = (rows: readonly (readonly string[])[]): readonly string[] => {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
};
