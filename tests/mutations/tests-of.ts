import { posix } from 'node:path';
import { codeOf, importsOf, type SourceTree, targetOf } from '../support/sources/source-tree.ts';

/** The parts of `shared` that decide something: the four wings of rules, and the calendar that they stand on. */
export const wings = ['platform', 'protocol', 'care', 'outcomes', 'counting'] as const;

/** Folders of adapters, which translate between the rules and something outside. */
const adapters = /\/(?:aws|http|formats)\//;

/** A use case reads, decides and writes. It uses a port or waits; the rules it calls do neither. */
const isUseCase = (path: string, text: string): boolean =>
  posix.basename(path) === 'ports.ts' ||
  importsOf(text).some(({ specifier }) => posix.basename(specifier) === 'ports.ts') ||
  /\b(?:async|Promise|AsyncIterable)\b/.test(codeOf(text));

/** The modules whose rules are mutated: everything in the wings that is neither adapter nor use case. */
export const ruleModulesIn = (tree: SourceTree): readonly string[] =>
  [...tree]
    .filter(([path]) => wings.some((wing) => path.startsWith(`shared/${wing}/`)) && !adapters.test(path))
    .filter(([path, text]) => !isUseCase(path, text))
    .map(([path]) => path)
    .toSorted();

/** Everything that a module imports, itself included. */
const reachOf = (tree: SourceTree, start: string): ReadonlySet<string> => {
  const reached = new Set([start]);
  for (const path of reached) {
    for (const { specifier, isType } of importsOf(tree.get(path) ?? '')) {
      const target = targetOf(path, specifier);
      if (target !== undefined && !isType) reached.add(target);
    }
  }
  return reached;
};

/**
 * The tests that have to notice a mutant of a module, by path alone: those in the folder under `tests/unit` that mirrors the
 * module's, and below it, as far as they load the module. The test with the name of the module comes first.
 */
export const testsOf = (tree: SourceTree, module: string): readonly string[] => {
  const folder = `${posix.dirname(module).replace('shared/', 'tests/unit/')}/`;
  const own = `${folder}${posix.basename(module).replace(/\.tsx?$/, '')}.test.ts`;
  const tests = [...tree.keys()].filter((path) => path.startsWith(folder) && /\.test\.tsx?$/.test(path));
  return tests
    .filter((test) => reachOf(tree, test).has(module))
    .toSorted((a, b) => Number(b === own) - Number(a === own) || a.localeCompare(b));
};
