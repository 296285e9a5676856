import type { SourceFile } from 'typescript/unstable/ast';
import { fromSources } from '../support/sources/parsed-source.ts';
import type { SourceTree } from '../support/sources/source-tree.ts';
import { editsIn } from './operators.ts';

/** One change to a module: the characters from `start` to `end` become `to`. */
export type Mutant = {
  readonly path: string;
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly from: string;
  readonly to: string;
};

const mutantsOf = (source: SourceFile, path: string): readonly Mutant[] =>
  editsIn(source, source).map(({ start, end, to }) => ({
    path,
    line: source.getLineAndCharacterOfPosition(start).line + 1,
    start,
    end,
    from: source.text.slice(start, end),
    to,
  }));

/** Every mutant of the modules, in the order of the source. */
export const mutantsIn = (tree: SourceTree): readonly Mutant[] => fromSources(tree, mutantsOf).flat();

/** The text with the mutant in place. */
export const mutated = (text: string, { start, end, to }: Mutant): string =>
  `${text.slice(0, start)}${to}${text.slice(end)}`;
