import { posix } from 'node:path';
import { codeOf, importsOf, type SourceTree } from '../support/sources/source-tree.ts';

/** A use case reads, decides and writes. It uses a port or waits; the rules it calls do neither. */
const isUseCase = (path: string, text: string): boolean =>
  posix.basename(path) === 'ports.ts' ||
  importsOf(text).some(({ specifier }) => posix.basename(specifier) === 'ports.ts') ||
  /\b(?:async|Promise|AsyncIterable)\b/.test(codeOf(text));

/**
 * The parts of the product that are scored one by one. A module belongs to the first area that has it.
 *
 * `least` is the share of its mutants that tests have to notice, in percent.
 */
type Area = {
  readonly name: string;
  readonly least: number;
  readonly has: (path: string, text: string) => boolean;
};

const under =
  (pattern: RegExp) =>
  (path: string): boolean =>
    pattern.test(path);

export const areas = [
  { name: 'scripts', least: 85, has: under(/^shared\/web\/\w+\/browser\//) },
  {
    name: 'alarms',
    least: 100,
    has: under(
      /^infra\/(?:stacks\/service\/(?:alarms|dead-letters|own-metric)|constructs\/(?:house-alarm|dead-letter-queue))\.ts$/,
    ),
  },
  {
    name: 'stacks',
    least: 85,
    has: under(
      /^infra\/(?:\w[\w-]*\.ts|stacks\/|constructs\/|settings\/|guards\/)|^functions\/[\w-]+\/function\.ts$/,
    ),
  },
  { name: 'ops', least: 85, has: under(/^infra\/(?:ops|tools)\//) },
  { name: 'laptop', least: 85, has: under(/^infra\/laptop\//) },
  { name: 'functions', least: 85, has: under(/^functions\//) },
  { name: 'email', least: 85, has: under(/^shared\/(?:email|messages\/email)\b/) },
  { name: 'web', least: 85, has: under(/^shared\/(?:web|messages)\//) },
  { name: 'adapters', least: 85, has: under(/^shared\/.*\b(?:aws|http|formats|logging)\//) },
  {
    name: 'rules',
    least: 85,
    has: (path, text) =>
      /^shared\/(?:platform|protocol|care|outcomes|counting)\//.test(path) && !isUseCase(path, text),
  },
  { name: 'use-cases', least: 85, has: under(/^shared\//) },
] satisfies readonly Area[];

/** The area of a module; undefined for one that is generated from another. */
export const areaOf = (path: string, text: string): Area | undefined =>
  path.includes('/generated/') ? undefined : areas.find(({ has }) => has(path, text));

/** The modules that decide something: what in the wings of `shared` is neither adapter nor use case. */
export const ruleModulesIn = (tree: SourceTree): readonly string[] =>
  [...tree]
    .filter(([path, text]) => areaOf(path, text)?.name === 'rules')
    .map(([path]) => path)
    .toSorted();
