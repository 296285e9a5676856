import { createInterface } from 'node:readline/promises';

/** A command's terminal. */
export type Io = {
  /** Prints a line of the result, on standard output. */
  readonly say: (line: string) => void;
  /** Prints a line about a problem, on standard error. */
  readonly complain: (line: string) => void;
  /** Prompts for a line; undefined when standard input is not a terminal. */
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

/** Formats a count with its noun: `1 episode`, `2 episodes`. */
export const countOf = (number: number, noun: string): string =>
  `${number} ${noun}${number === 1 ? '' : 's'}`;

export const asJson = (value: unknown): string => JSON.stringify(value, undefined, 2);

/** Formats rows as lines with aligned columns. The first row determines the number of columns. */
export const asTable = (rows: readonly (readonly string[])[]): readonly string[] => {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
};
