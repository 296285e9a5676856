import type * as z from 'zod';
import type { Note } from './rules/contact.ts';

/** What is wrong, and where. It never holds submitted values or field names that are not ours. */
export type Problem = { readonly path: string; readonly message: string };

/** Input from outside: understood, or not. `notes`: what was said and is not used; absent where there is nothing. */
export type Parsed<Report> =
  | { readonly outcome: 'accepted'; readonly report: Report; readonly notes?: readonly Note[] }
  | Rejected;

/** The notes as a field, absent where there is nothing to note. */
export const noted = (notes: readonly Note[]): { readonly notes?: readonly Note[] } =>
  notes.length === 0 ? {} : { notes };

/** Not understood; none of it is used. */
export type Rejected = { readonly outcome: 'rejected'; readonly problems: readonly Problem[] };

/** A body full of mistakes must not make a long response. */
const maxProblems = 20;

/** Creates the rejection with the first 20 problems. */
export const rejected = (...problems: readonly Problem[]): Rejected => ({
  outcome: 'rejected',
  problems: problems.slice(0, maxProblems),
});

/** Joins path parts as FHIRPath writes them; `root` is the prefix. */
export const pathOf = (parts: readonly PropertyKey[], root = ''): string =>
  parts.reduce<string>((path, part) => {
    if (typeof part === 'number') return `${path}[${part}]`;
    return path === '' ? String(part) : `${path}.${String(part)}`;
  }, root);

const plainly = (message: string): string =>
  message.endsWith('received undefined') ? 'must be there' : message;

/** Creates the rejection of a failed parse; `root` is the prefix of its paths. */
export const rejectedBy = (error: z.ZodError, root = ''): Rejected =>
  rejected(
    ...error.issues.map(({ path, message }) => ({ path: pathOf(path, root), message: plainly(message) })),
  );
