import { posix } from 'node:path';
import {
  codeOf,
  type Import,
  importsOf,
  type SourceTree,
  targetOf,
} from '../../support/sources/source-tree.ts';

/**
 * Which layer may import which; every layer may import itself. A file belongs to the first folder that contains it, and
 * a file in none of them is a violation: a new layer has to be added here before it can be used.
 */
const layers: readonly { readonly folder: string; readonly mayImport: readonly string[] }[] = [
  { folder: 'shared/platform/', mayImport: [] },
  { folder: 'shared/protocol/', mayImport: ['shared/platform/'] },
  { folder: 'shared/care/', mayImport: ['shared/platform/', 'shared/protocol/'] },
  { folder: 'shared/outcomes/', mayImport: ['shared/platform/', 'shared/protocol/'] },
  {
    folder: 'shared/counting/',
    mayImport: ['shared/platform/', 'shared/protocol/', 'shared/care/', 'shared/outcomes/'],
  },
  {
    folder: 'shared/operations/',
    mayImport: [
      'shared/platform/',
      'shared/protocol/',
      'shared/care/',
      'shared/outcomes/',
      'shared/counting/',
    ],
  },
  { folder: 'shared/messages/', mayImport: ['shared/platform/', 'shared/protocol/'] },
  {
    folder: 'shared/email/',
    mayImport: ['shared/platform/', 'shared/protocol/', 'shared/care/', 'shared/messages/'],
  },
  { folder: 'shared/web/house/', mayImport: ['shared/platform/'] },
  {
    folder: 'shared/web/survey/',
    mayImport: [
      'shared/platform/',
      'shared/protocol/',
      'shared/care/',
      'shared/messages/',
      'shared/web/house/',
    ],
  },
  {
    folder: 'shared/web/stats/',
    mayImport: [
      'shared/platform/',
      'shared/protocol/',
      'shared/outcomes/',
      'shared/messages/',
      'shared/web/house/',
    ],
  },
  { folder: 'functions/', mayImport: ['shared/'] },
  { folder: 'infra/', mayImport: ['shared/', 'functions/'] },
  { folder: 'docs/', mayImport: [] },
  { folder: 'tests/', mayImport: ['shared/', 'functions/', 'infra/', 'docs/'] },
];

const layerOf = (path: string): (typeof layers)[number] | undefined =>
  layers.find(({ folder }) => path.startsWith(folder));

const functionOf = (path: string): string | undefined => /^functions\/([^/]+)\//.exec(path)?.[1];

const isAws = (path: string): boolean => path.includes('/aws/');

const layerProblem = (from: string, { specifier }: Import): string | undefined => {
  if (/^(?:\/|file:)/.test(specifier)) return 'absolute path';
  const to = targetOf(from, specifier);
  if (to === undefined) return undefined;
  if (to.startsWith('..')) return 'path outside the project';
  if (to === 'package.json') return undefined;
  const [own, target] = [layerOf(from), layerOf(to)];
  if (own === undefined) return `${posix.dirname(from)} belongs to no layer`;
  if (target === undefined) return `${posix.dirname(to)} belongs to no layer`;
  const [ownFunction, otherFunction] = [functionOf(from), functionOf(to)];
  if (ownFunction !== undefined && otherFunction !== undefined && ownFunction !== otherFunction) {
    return 'a function does not import another function';
  }
  if (from.startsWith('shared/') && isAws(to) && !isAws(from)) return 'only aws/ imports aws/';
  if (own === target || own.mayImport.some((folder) => target.folder.startsWith(folder))) return undefined;
  return `${own.folder} does not import ${target.folder}`;
};

/**
 * The packages each folder may import; the first pattern that fits counts. `infra` and `tests` may import any. `@x/*`
 * stands for every package of a scope, and a package for its subpaths.
 */
const packages: readonly { readonly files: RegExp; readonly allowed: readonly string[] }[] = [
  { files: /^shared\/.*\/aws\//, allowed: ['@aws-sdk/*', '@smithy/*', 'zod', 'node:crypto'] },
  {
    files: /^shared\/platform\/http\//,
    allowed: ['@middy/*', 'aws-lambda', 'zod', 'node:crypto', 'node:zlib'],
  },
  { files: /^shared\/platform\/logging\//, allowed: ['aws-lambda', 'node:crypto', 'node:async_hooks'] },
  {
    files: /^shared\/platform\//,
    allowed: ['aws-lambda', 'temporal-polyfill', 'canonicalize', 'zod', 'node:crypto', 'node:timers'],
  },
  { files: /^shared\/care\/intake\/formats\//, allowed: ['zod', 'csv-parse', 'node:crypto'] },
  { files: /^shared\/(?:protocol|care|outcomes|counting|operations)\//, allowed: ['zod', 'node:crypto'] },
  { files: /^shared\/messages\//, allowed: [] },
  { files: /^shared\/email\//, allowed: ['preact', 'preact-render-to-string', 'nodemailer'] },
  { files: /^shared\/web\/[^/]+\/(?:browser|generated)\//, allowed: [] },
  {
    files: /^shared\/web\//,
    allowed: ['preact', 'preact-render-to-string', 'csv-stringify', 'zod', 'node:crypto'],
  },
  {
    files: /^functions\//,
    allowed: ['@middy/*', 'aws-lambda', 'canonicalize', 'zod', 'node:crypto', 'node:timers'],
  },
];

const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

const packageProblem = (from: string, specifier: string): string | undefined => {
  if (/^[./]/.test(specifier)) return undefined;
  const rule = packages.find(({ files }) => files.test(from));
  const name = packageOf(specifier);
  const allowed = [name, `${name.split('/')[0]}/*`];
  if (rule === undefined || rule.allowed.some((each) => allowed.includes(each))) return undefined;
  return `${posix.dirname(from)} does not use ${name}`;
};

/** Imports against the order of the layers or of packages that a layer does not use, each with the reason. */
export const importProblems = (tree: SourceTree): readonly string[] =>
  [...tree].flatMap(([path, text]) => [
    ...importsOf(text).flatMap((found) => {
      const problem = layerProblem(path, found) ?? packageProblem(path, found.specifier);
      return problem === undefined ? [] : [`${path}: ${found.specifier} (${problem})`];
    }),
    ...(/^(?:shared|functions)\//.test(path) && /\bimport\s*\(\s*[^'"\s]/.test(codeOf(text))
      ? [`${path}: import(…) (the specifier is not a literal)`]
      : []),
  ]);

/** What ties a module to the machine it runs on, and the files that may use it. Scripts in a browser are exempt. */
const ambient: readonly { readonly name: string; readonly use: RegExp; readonly allowed: RegExp }[] = [
  {
    name: 'the environment',
    use: /\bprocess\s*(?:\?\.|\.|\[)/,
    allowed: /^shared\/platform\/|\/aws\/|^functions\/[^/]+\/handler\.ts$/,
  },
  {
    name: 'the clock',
    use: /\bDate\.now\b|\bnew Date\s*\(\s*\)|\bnew Date\b(?!\s*\()|(?<!new )\bDate\s*\(\s*\)|\bTemporal\.Now\b|\bset(?:Timeout|Interval)\b/,
    allowed: /^shared\/platform\/|\/aws\/|^functions\/[^/]+\/create-handler\.ts$/,
  },
  {
    name: 'a stopwatch',
    use: /\bperformance\.(?:now|timeOrigin)\b|\bhrtime\b/,
    allowed: /^shared\/platform\/|\/aws\/|^functions\/[^/]+\/create-handler\.ts$/,
  },
  {
    name: 'chance',
    use: /\bMath\.random\b|\brandom(?:UUID|Bytes|Int|FillSync)\b|\bgetRandomValues\b/,
    allowed: /^shared\/platform\/|\/aws\//,
  },
  {
    name: 'an AWS client',
    use: /\bnew \w+Client\s*\(|\bsesClient\s*\(|\bdocumentClient\s*\(/,
    allowed: /\/aws\/|^functions\/[^/]+\/create-handler\.ts$/,
  },
];

const runsInBrowser = (path: string): boolean => /^shared\/web\/[^/]+\/(?:browser|generated)\//.test(path);

/** Uses of the environment, the clock, chance or an AWS client where a module is handed what it needs. */
export const ambientProblems = (tree: SourceTree): readonly string[] =>
  [...tree]
    .filter(([path]) => /^(?:shared|functions)\//.test(path) && !runsInBrowser(path))
    .flatMap(([path, text]) => {
      const code = codeOf(text);
      return ambient
        .filter(({ use, allowed }) => use.test(code) && !allowed.test(path))
        .map(({ name }) => `${path} uses ${name}`);
    });
