import { posix } from 'node:path';
import { importsOf, type SourceTree, targetOf } from '../support/sources/source-tree.ts';

/** What a kind of test costs, as steps of import that it is further away. A browser is asked last. */
const farther: Readonly<Record<string, number>> = {
  unit: 0,
  contract: 2,
  functions: 1,
  infra: 1,
  simulation: 4,
  e2e: 6,
};

/** More would take minutes for a mutant that nobody notices. */
const maxTests = 12;

/** The modules that a module loads, without those of which only the types are used. */
const loadedBy = (tree: SourceTree, path: string): readonly string[] =>
  importsOf(tree.get(path) ?? '')
    .filter(({ isType }) => !isType)
    .map(({ specifier }) => targetOf(path, specifier))
    .filter((target) => target !== undefined);

/** For each module its users, the other way round than imports run. */
const usersIn = (tree: SourceTree): ReadonlyMap<string, readonly string[]> => {
  const users = new Map<string, string[]>();
  for (const path of tree.keys()) {
    for (const loaded of loadedBy(tree, path)) users.set(loaded, [...(users.get(loaded) ?? []), path]);
  }
  return users;
};

/** How many imports lie between a module and each of those that reach it. */
const distancesFrom = (
  users: ReadonlyMap<string, readonly string[]>,
  module: string,
): ReadonlyMap<string, number> => {
  const distances = new Map([[module, 0]]);
  for (const [path, distance] of distances) {
    for (const user of users.get(path) ?? []) {
      if (!distances.has(user)) distances.set(user, distance + 1);
    }
  }
  return distances;
};

/** Browser tests fetch the script from a page, which imports what is generated from the script. */
const generatedFrom = (module: string): string =>
  module.replace(/\/browser\/(\w+)\.ts$/, '/generated/$1-script.ts');

const nameOf = (path: string): string => posix.basename(path).replace(/\.(?:test\.)?tsx?$/, '');

/** Holds the generated text against its source, and so would notice any change of a script whatever it does. */
const comparesText = 'tests/unit/infra/tools/browser-scripts.test.ts';

/**
 * Returns, for a module, the tests nearest to it: first the one with its name, then by the number of imports between them, a
 * browser test last. A mutant that they let pass counts as unnoticed, though a test farther away may notice it.
 */
export const nearestTests = (tree: SourceTree): ((module: string) => readonly string[]) => {
  const users = usersIn(tree);
  // These import every handler by a path that they compute.
  const ofEveryHandler = [...tree.keys()].filter((path) =>
    /^tests\/functions\/runtime.*\.test\.ts$/.test(path),
  );
  return (module) => {
    const costOf = ([test, distance]: readonly [string, number]): number =>
      (nameOf(test) === nameOf(module) ? 0 : 100) + distance + (farther[test.split('/')[1] ?? ''] ?? 0);
    const reaching = [...distancesFrom(users, generatedFrom(module))]
      .filter(([path]) => /^tests\/.*\.test\.tsx?$/.test(path) && path !== comparesText)
      .toSorted((a, b) => costOf(a) - costOf(b) || a[0].localeCompare(b[0]))
      .map(([test]) => test)
      .slice(0, maxTests);
    return /^functions\/[\w-]+\/(?:handler|environment)\.ts$/.test(module)
      ? [...ofEveryHandler, ...reaching]
      : reaching;
  };
};
