import type * as z from 'zod';

/** What is wrong, and where. Never holds submitted values or field names that are not ours. */
export type Problem = { readonly path: string; readonly message: string };

/** External input: understood, or not. */
export type Parsed<Report> = { readonly status: 'accepted'; readonly report: Report } | Rejected;

/** Not understood; none of it is used. */
export type Rejected = { readonly status: 'rejected'; readonly problems: readonly Problem[] };

/**
 * Maximum number of problems reported: more would not help, and a body full of mistakes would make a long response.
 */
const maxProblems = 20;

/** Creates the rejection of at most the first 20 problems. */
export const rejected = (...problems: readonly Problem[]): Rejected => ({
  status: 'rejected',
  problems: problems.slice(0, maxProblems),
});

/** Formats a path the way FHIRPath does, from the name of its root. */
export const pathOf = (parts: readonly PropertyKey[], root = ''): string =>
  parts.reduce<string>((path, part) => {
    if (typeof part === 'number') return `${path}[${part}]`;
    return path === '' ? String(part) : `${path}.${String(part)}`;
  }, root);

const plainly = (message: string): string =>
  message.endsWith('received undefined') ? 'must be there' : message;

/** Converts a schema's error to a rejection; `root` names what the schema was for. */
export const rejectedBy = (error: z.ZodError, root = ''): Rejected =>
  rejected(
    ...error.issues.map(({ path, message }) => ({ path: pathOf(path, root), message: plainly(message) })),
  );
