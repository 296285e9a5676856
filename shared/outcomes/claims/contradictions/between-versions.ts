import * as z from 'zod';
import { digestOf } from '../../../platform/digest.ts';
import { nameOf, type Problem, problemIf, type StatedDefinition } from '../stated-definition.ts';

/** The hash of each version there ever was, by `id/version`. */
export type RecordedHashes = Readonly<Record<string, string>>;

const isDate = (text: string): boolean => z.iso.date().safeParse(text).success;

const numberProblems = (
  { version, id }: StatedDefinition,
  others: readonly StatedDefinition[],
): readonly Problem[] => [
  ...problemIf(
    !Number.isInteger(version) || version < 1,
    'version',
    `${version} is no version: they count from 1`,
  ),
  ...problemIf(
    others.some((other) => other.version === version),
    'version',
    `${id} has another version ${version}`,
  ),
  ...problemIf(
    version > 1 && !others.some((other) => other.version === version - 1),
    'version',
    `${id} has no version ${version - 1} before it: a version stays when a new one is added`,
  ),
];

const dateProblems = (
  { version, effectiveFrom }: StatedDefinition,
  others: readonly StatedDefinition[],
): readonly Problem[] => {
  if (!isDate(effectiveFrom)) {
    return [{ field: 'effectiveFrom', problem: `'${effectiveFrom}' is no date such as 2026-01-31` }];
  }
  const earlier = others.filter((other) => other.version < version);
  const same = earlier.find((other) => other.effectiveFrom === effectiveFrom);
  const later = earlier.find((other) => other.effectiveFrom > effectiveFrom);
  return [
    ...problemIf(
      same !== undefined,
      'effectiveFrom',
      `${effectiveFrom} is also the day from which version ${same?.version} holds`,
    ),
    ...problemIf(
      later !== undefined,
      'effectiveFrom',
      `${effectiveFrom} is before ${later?.effectiveFrom}, from when the earlier version ${later?.version} holds`,
    ),
  ];
};

const hashProblems = (definition: StatedDefinition, recorded: RecordedHashes): readonly Problem[] => {
  const key = `${definition.id}/${definition.version}`;
  const [hash, before] = [digestOf(definition), recorded[key]];
  if (before === undefined) {
    return [{ field: 'version', problem: `is not recorded. In claim-hashes.ts: '${key}': '${hash}'` }];
  }
  return problemIf(
    hash !== before,
    'version',
    `has changed: its hash is ${hash}, and ${before} is recorded. A change is a new version`,
  );
};

/**
 * Takes a definition, all there are and the recorded hashes, gives where it contradicts its own versions: one
 * number twice, a date that is not after the one before, contents that are not those of its number.
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

/** Takes definitions and the recorded hashes, gives the id and version of each that is recorded and gone. */
export const goneFrom = (
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
