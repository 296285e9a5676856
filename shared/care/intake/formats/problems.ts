import type * as z from 'zod';

/** What is wrong and where. Never holds what was sent, nor a field name that is not ours. */
export type Problem = { readonly path: string; readonly message: string };

/** Something read from outside: understood, or not. */
export type Parsed<Report> = { readonly outcome: 'accepted'; readonly report: Report } | Rejected;

/** Not understood; nothing of it is used. */
export type Rejected = { readonly outcome: 'rejected'; readonly problems: readonly Problem[] };

/** More would help nobody, and a body full of mistakes would make a long answer. */
const maxProblems = 20;

/** Takes problems, gives the rejection that holds them (the first 20). */
export const rejected = (...problems: readonly Problem[]): Rejected => ({
  outcome: 'rejected',
  problems: problems.slice(0, maxProblems),
});

/** Takes path parts and the name of what they start from, gives a path as FHIRPath and people write it. */
export const pathOf = (parts: readonly PropertyKey[], root = ''): string =>
  parts.reduce<string>((path, part) => {
    if (typeof part === 'number') return `${path}[${part}]`;
    return path === '' ? String(part) : `${path}.${String(part)}`;
  }, root);

const plainly = (message: string): string =>
  message.endsWith('received undefined') ? 'must be there' : message;

/** Takes what a schema found, gives the rejection; `root` names the thing the schema was for. */
export const rejectedBy = (error: z.ZodError, root = ''): Rejected =>
  rejected(
    ...error.issues.map(({ path, message }) => ({ path: pathOf(path, root), message: plainly(message) })),
  );
