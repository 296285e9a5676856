import type { DefinitionField, StatedDefinition } from '../stated-definition.ts';
import { problemsBetweenClaims } from './between-claims.ts';
import { goneFrom, problemsBetweenVersions, type RecordedHashes } from './between-versions.ts';
import { problemsInTerms } from './in-terms.ts';
import { problemsInWording } from './in-wording.ts';

/** A definition that contradicts itself, another one or the rules. */
export type Contradiction = {
  /** Its place among the definitions; absent when it is no longer there. */
  readonly index?: number;
  readonly id: string;
  readonly version: number;
  readonly field: DefinitionField;
  readonly problem: string;
};

/**
 * Takes all definitions there ever were and the hash recorded of each version, gives every contradiction, in the
 * order of the definitions: none, if they can be published.
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
  ...goneFrom(definitions, recorded).map(({ id, version, name }) => ({
    id,
    version,
    field: 'id' as const,
    problem: `${name} is recorded in claim-hashes.ts and gone: releases may name it, so it stays`,
  })),
];

/** Takes a contradiction, gives it as one line of text. */
export const contradictionText = ({ id, version, field, problem }: Contradiction): string =>
  `${id} version ${version}, ${field}: ${problem}`;
