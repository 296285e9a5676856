import { importsOf, type SourceTree, targetOf } from '../../support/sources/source-tree.ts';

/** What must not be reachable from a folder by any chain of imports, type imports included. */
export type Wall = { readonly from: readonly string[]; readonly never: string };

/** What publishes and what is published must not know people. */
export const trustZones: readonly Wall[] = [
  {
    from: ['shared/outcomes/', 'shared/web/stats/', 'functions/publish-release/', 'functions/serve-stats/'],
    never: 'shared/care/',
  },
];

const graphOf = (tree: SourceTree): ReadonlyMap<string, readonly string[]> =>
  new Map(
    [...tree].map(([path, text]) => [
      path,
      importsOf(text).flatMap(({ specifier }) => targetOf(path, specifier) ?? []),
    ]),
  );

/** The shortest chain of imports from a module to a folder; undefined where there is none. */
const chainTo = (
  graph: ReadonlyMap<string, readonly string[]>,
  start: string,
  folder: string,
): readonly string[] | undefined => {
  const seen = new Set([start]);
  const queue: (readonly [string, ...string[]])[] = [[start]];
  for (const chain of queue) {
    const [last] = chain;
    if (last.startsWith(folder)) return chain.toReversed();
    for (const next of graph.get(last) ?? []) {
      if (seen.has(next)) continue;
      seen.add(next);
      queue.push([next, ...chain]);
    }
  }
  return undefined;
};

/** The chains through the walls, one for each import that crosses, and that the shortest. */
export const chainsThrough = (tree: SourceTree, walls: readonly Wall[] = trustZones): readonly string[] => {
  const graph = graphOf(tree);
  return walls.flatMap(({ from, never }) => {
    const chains = [...tree.keys()]
      .filter((path) => from.some((folder) => path.startsWith(folder)))
      .flatMap((path) => {
        const chain = chainTo(graph, path, never);
        return chain === undefined ? [] : [chain];
      })
      .toSorted((a, b) => a.length - b.length);
    const shortest = new Map<string, readonly string[]>();
    for (const chain of chains) {
      const crossing = chain.slice(-2).join(' -> ');
      if (!shortest.has(crossing)) shortest.set(crossing, chain);
    }
    return [...shortest.values()].map((chain) => chain.join(' -> '));
  });
};
