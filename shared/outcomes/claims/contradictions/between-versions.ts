import * as z from 'zod';
import { digestOf } from '../../../platform/digest.ts';
import { nameOf, type Problem, problemIf, type StatedDefinition } from '../stated-definition.ts';

/** The hash of every version ever published, by `id/version`. */
export type RecordedHashes = Readonly<Record<string, string>>;

const isDate = (text: string): boolean => z.iso.date().safeParse(text).success;

const numberProblems = (
  { version, id }: StatedDefinition,
  others: readonly StatedDefinition[],
): readonly Problem[] => [
  ...problemIf(
    !Number.isInteger(version) || version < 1,
    'version',
    `${version} is not a version number: they start at 1`,
  ),
  ...problemIf(
    others.some((other) => other.version === version),
    'version',
    `${id} has another version ${version}`,
  ),
  ...problemIf(
    version > 1 && !others.some((other) => other.version === version - 1),
    'version',
    `${id} has no version ${version - 1} before it: earlier versions stay when a new one is added`,
  ),
];

const dateProblems = (
  { version, effectiveFrom }: StatedDefinition,
  others: readonly StatedDefinition[],
): readonly Problem[] => {
  if (!isDate(effectiveFrom)) {
    return [{ field: 'effectiveFrom', problem: `'${effectiveFrom}' is not a date such as 2026-01-31` }];
  }
  const earlier = others.filter((other) => other.version < version);
  const same = earlier.find((other) => other.effectiveFrom === effectiveFrom);
  const later = earlier.find((other) => other.effectiveFrom > effectiveFrom);
  return [
    ...problemIf(
      same !== undefined,
      'effectiveFrom',
      `${effectiveFrom} is also the effective date of version ${same?.version}`,
    ),
    ...problemIf(
      later !== undefined,
      'effectiveFrom',
      `${effectiveFrom} is before ${later?.effectiveFrom}, the effective date of the earlier version ${later?.version}`,
    ),
  ];
};

const hashProblems = (definition: StatedDefinition, recorded: RecordedHashes): readonly Problem[] => {
  const key = `${definition.id}/${definition.version}`;
  const [hash, before] = [digestOf(definition), recorded[key]];
  if (before === undefined) {
    return [{ field: 'version', problem: `is not recorded. Add to claim-hashes.ts: '${key}': '${hash}'` }];
  }
  return problemIf(
    hash !== before,
    'version',
    `has changed: its hash is ${hash}, but ${before} is recorded. A change needs a new version`,
  );
};

/**
 * Returns where a definition contradicts other versions of the same claim: a duplicate number, a date that is not
 * after the previous version's, content that does not match the recorded hash.
 */
export const problemsBetweenVersions = (
  definition: StatedDefinition,
  definitions: readonly StatedDefinition[],
  recorded: RecordedHashes,
): readonly Problem[] => {
  const others = definitions.filter((other) => other !== definition && other.id === definition.id);
  return [
    ...numberProblems(definition, others),
    ...dateProblems(definition, others),
    ...hashProblems(definition, recorded),
  ];
};

/** Returns the recorded versions that have no definition any more. */
export const missingVersions = (
  definitions: readonly StatedDefinition[],
  recorded: RecordedHashes,
): readonly { readonly id: string; readonly version: number; readonly name: string }[] => {
  const keys = new Set(definitions.map(({ id, version }) => `${id}/${version}`));
  return Object.keys(recorded)
    .filter((key) => !keys.has(key))
    .map((key) => {
      const [id = '', version = ''] = key.split('/');
      return { id, version: Number(version), name: nameOf({ id, version: Number(version) }) };
    });
};
