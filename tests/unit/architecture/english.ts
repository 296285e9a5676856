import { commentsIn, type SourceTree } from '../../support/sources/source-tree.ts';

/** The first sentence of a comment, without its markers. */
const beginningOf = (comment: string): string => comment.replace(/^\/[/*]+\s*(?:\*\s*)?/, '').trimStart();

/** Comments that retell a signature as "Takes a record, gives a change" instead of saying what it leaves out. */
export const formulaComments = (tree: SourceTree): readonly string[] =>
  [...tree].flatMap(([path, text]) =>
    commentsIn(text)
      .map(beginningOf)
      .filter((beginning) => /^(?:Takes|Gives)\b/.test(beginning))
      .map((beginning) => `${path}: ${beginning.slice(0, 60).split('\n')[0]}`),
  );
