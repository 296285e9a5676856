import { posix } from 'node:path';

/** A source file: its path from the project's root, with `/`, and its text. */
export type SourceFile = { readonly path: string; readonly text: string };

/** The layers by folder, and what each may import beside itself. The first folder that fits is the file's layer. */
const layers: readonly {
  readonly folder: string;
  readonly mayImport: readonly string[];
  /** Packages by name; absent: any. */
  readonly packages?: readonly string[];
}[] = [
  {
    folder: 'shared/domain/',
    mayImport: [],
    packages: ['temporal-polyfill', 'zod', 'canonicalize', 'jstat', 'node:crypto'],
  },
  { folder: 'shared/application/', mayImport: ['shared/domain/'], packages: ['node:crypto'] },
  { folder: 'shared/messages/', mayImport: ['shared/domain/'], packages: [] },
  { folder: 'shared/platform/tables.ts', mayImport: [], packages: [] },
  {
    folder: 'shared/adapters/',
    mayImport: ['shared/domain/', 'shared/application/', 'shared/platform/tables.ts'],
  },
  { folder: 'shared/web/', mayImport: ['shared/domain/', 'shared/application/', 'shared/messages/'] },
  { folder: 'shared/email/', mayImport: ['shared/domain/', 'shared/application/', 'shared/messages/'] },
  { folder: 'shared/middleware/', mayImport: ['shared/domain/', 'shared/application/'] },
  { folder: 'functions/', mayImport: ['shared/'] },
  { folder: 'infra/', mayImport: ['shared/', 'functions/'] },
  { folder: 'docs/', mayImport: [] },
  { folder: 'tests/', mayImport: ['shared/', 'functions/', 'infra/', 'docs/'] },
];

const comments = /\/\*[\s\S]*?\*\/|(?<![:'"`\\])\/\/[^\n]*/g;
const specifiers = /(?:\bfrom|\bimport)\s*\(?\s*(['"])([^'"\n]+)\1/g;

/** Takes the text of a module, gives what it imports or exports from, statically or dynamically. */
export const importsOf = (text: string): readonly string[] =>
  [...text.replace(comments, '').matchAll(specifiers)].map(([, , specifier = '']) => specifier);

const layerOf = (path: string) => layers.find(({ folder }) => path.startsWith(folder));

const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

/** A Lambda is on its own: two of them share what is in `shared`. */
const functionOf = (path: string): string | undefined =>
  path.startsWith('functions/') ? path.split('/')[1] : undefined;

const problemOf = (from: string, specifier: string): string | undefined => {
  const layer = layerOf(from);
  if (layer === undefined) return undefined;
  if (specifier.startsWith('/') || specifier.startsWith('file:')) return 'an absolute path';
  if (!specifier.startsWith('.')) {
    const isAllowed = layer.packages === undefined || layer.packages.includes(packageOf(specifier));
    return isAllowed ? undefined : `${layer.folder} does not use ${packageOf(specifier)}`;
  }
  const to = posix.normalize(posix.join(posix.dirname(from), specifier));
  if (to.startsWith('..')) return 'a path outside the project';
  const target = layerOf(to);
  if (target === undefined) return to.includes('/') ? `${to} belongs to no layer` : undefined;
  const [own, other] = [functionOf(from), functionOf(to)];
  if (own !== undefined && other !== undefined && own !== other) return `${own} is not ${other}`;
  if (target === layer || layer.mayImport.some((folder) => target.folder.startsWith(folder)))
    return undefined;
  return `${layer.folder} may not import ${target.folder}`;
};

/** Takes source files, gives every import that goes against the direction, with the reason. */
export const importProblems = (files: readonly SourceFile[]): readonly string[] =>
  files.flatMap(({ path, text }) =>
    importsOf(text).flatMap((specifier) => {
      const problem = problemOf(path, specifier);
      return problem === undefined ? [] : [`${path}: ${specifier} (${problem})`];
    }),
  );
