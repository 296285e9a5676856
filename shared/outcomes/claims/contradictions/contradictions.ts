import type { DefinitionField, StatedDefinition } from '../stated-definition.ts';
import { problemsBetweenClaims } from './between-claims.ts';
import { missingVersions, problemsBetweenVersions, type RecordedHashes } from './between-versions.ts';
import { problemsInTerms } from './in-terms.ts';
import { problemsInWording } from './in-wording.ts';

/** A place where a definition contradicts itself, another definition or the rules. */
export type Contradiction = {
  /** The definition's index in the list; absent when the definition is missing. */
  readonly index?: number;
  readonly id: string;
  readonly version: number;
  readonly field: DefinitionField;
  readonly problem: string;
};

/**
 * Returns every contradiction among all versions of all definitions, in their order. The result is empty when they may
 * be published.
 */
export const contradictionsIn = (
  definitions: readonly StatedDefinition[],
  recorded: RecordedHashes,
): readonly Contradiction[] => [
  ...definitions.flatMap((definition, index) =>
    [
      ...problemsInTerms(definition),
      ...problemsInWording(definition),
      ...problemsBetweenVersions(definition, definitions, recorded),
      ...problemsBetweenClaims(definition, definitions),
    ].map((problem) => ({ index, id: definition.id, version: definition.version, ...problem })),
  ),
  ...missingVersions(definitions, recorded).map(({ id, version, name }) => ({
    id,
    version,
    field: 'id' as const,
    problem: `${name} is recorded in claim-hashes.ts but its definition is missing: releases may refer to it, so it must stay`,
  })),
];

export const contradictionText = ({ id, version, field, problem }: Contradiction): string =>
  `${id} version ${version}, ${field}: ${problem}`;
