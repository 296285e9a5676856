import { posix } from 'node:path';
import { importsOf, type SourceTree, targetOf } from '../support/sources/source-tree.ts';

/**
 * What a kind of test costs, as imports that it is farther away. A browser is asked last, and the tests of the templates
 * only see what the stacks are made of.
 */
const farther: Readonly<Record<string, number>> = {
  unit: 0,
  contract: 2,
  functions: 1,
  infra: 6,
  simulation: 4,
  e2e: 6,
};

const isOfTemplates = (module: string): boolean =>
  /^infra\/(?!ops|laptop)|\/(?:function|environment)\.ts$/.test(module);

/** More would take minutes for a mutant that nobody notices. */
const maxTests = 12;

const maxBrowserTests = 3;

const inString = /'((?:\.{1,2}|infra|tests)\/[\w./-]+\.tsx?)'/g;

/** The modules that a module starts as a process or a thread of its own, which it names by their path. */
const startedBy = (tree: SourceTree, path: string): readonly string[] => {
  const text = tree.get(path) ?? '';
  return /\b(?:spawn|fork|execFile|Worker|execPath)\b|\.url\)/.test(text)
    ? [...text.matchAll(inString)]
        .map(([, named = '']) => targetOf(path, named) ?? named)
        .filter((named) => tree.has(named))
    : [];
};

/** The modules that a module loads, without those of which only the types are used, or starts. */
const loadedBy = (tree: SourceTree, path: string): readonly string[] => [
  ...importsOf(tree.get(path) ?? '')
    .filter(({ isType }) => !isType)
    .map(({ specifier }) => targetOf(path, specifier))
    .filter((target) => target !== undefined),
  ...startedBy(tree, path),
];

/** For each module its users, the other way round than imports run. */
const usersIn = (tree: SourceTree): ReadonlyMap<string, readonly string[]> => {
  const users = new Map<string, string[]>();
  for (const path of [...tree.keys()].filter((name) => !name.startsWith('tests/mutations/'))) {
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

const wordsOf = (path: string): readonly string[] => nameOf(path).split(/[-.]/);

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
      (nameOf(test) === nameOf(module) ? 0 : 100) -
      (wordsOf(test).includes(nameOf(module)) ? 10 : 0) +
      distance +
      (test.startsWith('tests/infra/') && isOfTemplates(module)
        ? 0
        : (farther[test.split('/')[1] ?? ''] ?? 0));
    const reaching = [...distancesFrom(users, generatedFrom(module))]
      .filter(
        ([path]) =>
          /^tests\/.*\.test\.tsx?$/.test(path) && (path !== comparesText || !module.includes('/browser/')),
      )
      .toSorted((a, b) => costOf(a) - costOf(b) || a[0].localeCompare(b[0]))
      .map(([test]) => test);
    const tooMany = reaching.filter((test) => test.startsWith('tests/e2e/')).slice(maxBrowserTests);
    const nearest = reaching.filter((test) => !tooMany.includes(test)).slice(0, maxTests);
    return /^functions\/[\w-]+\/(?:handler|environment)\.ts$/.test(module)
      ? [...ofEveryHandler, ...nearest]
      : nearest;
  };
};
