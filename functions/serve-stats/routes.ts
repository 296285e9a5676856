import { releaseSchemaPath } from '../../shared/web/stats/release-json-schema.ts';

/** What is asked for. */
export type StatsRoute =
  | { readonly kind: 'embed' }
  | { readonly kind: 'schema' }
  | { readonly kind: 'page' | 'latest-json' | 'latest-csv' }
  | { readonly kind: 'release'; readonly number: number }
  | { readonly kind: 'chart'; readonly claim: string };

const fixed: ReadonlyMap<string, StatsRoute> = new Map([
  ['/stats', { kind: 'page' }],
  ['/stats/latest.json', { kind: 'latest-json' }],
  ['/stats/latest.csv', { kind: 'latest-csv' }],
  ['/stats/embed.js', { kind: 'embed' }],
  [releaseSchemaPath, { kind: 'schema' }],
]);

/** Takes a path, gives what it asks for, or undefined when it asks for nothing there is. */
export const routeOf = (path: string): StatsRoute | undefined => {
  const known = fixed.get(path);
  if (known !== undefined) return known;
  const release = /^\/stats\/releases\/([1-9]\d{0,7})\.json$/.exec(path)?.[1];
  if (release !== undefined) return { kind: 'release', number: Number(release) };
  const claim = /^\/stats\/charts\/([a-z0-9-]{1,80})\.svg$/.exec(path)?.[1];
  return claim === undefined ? undefined : { kind: 'chart', claim };
};
