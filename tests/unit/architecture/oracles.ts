import { importsOf, type SourceTree, targetOf } from '../../support/sources/source-tree.ts';

/** What judges the code: each rule in it is written a second time, so that a fault cannot hide in both. */
const isOracle = (path: string): boolean =>
  path.startsWith('tests/support/oracles/') || path === 'tests/simulation/ledger.ts';

/** Modules that an oracle may run although they are not oracles, each with its reason. */
type Exceptions = Readonly<Record<string, string>>;

export const runByOracles: Exceptions = {};

/** Imports by which an oracle runs what it judges. Types are free: they decide nothing. */
export const sharedRules = (tree: SourceTree, exceptions: Exceptions = runByOracles): readonly string[] =>
  [...tree]
    .filter(([path]) => isOracle(path))
    .flatMap(([path, text]) =>
      importsOf(text).flatMap(({ specifier, isType }) => {
        const target = targetOf(path, specifier);
        const isFree = isType || target === undefined || isOracle(target) || exceptions[target] !== undefined;
        return isFree ? [] : [`${path} runs ${target}`];
      }),
    );
