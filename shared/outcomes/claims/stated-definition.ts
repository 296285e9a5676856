import type { Locale } from '../../platform/locale.ts';
import type { ClaimDefinition } from './claim-definitions.ts';

/**
 * A claim definition as written, before any check. Its types are wider than `ClaimDefinition`, so the checks also
 * cover values that the compiler would reject.
 */
export type StatedDefinition = Readonly<
  Record<'id' | 'effectiveFrom' | 'scope' | 'timepoint' | 'measure' | 'rule', string> &
    Pick<ClaimDefinition, 'version' | 'nestedIn' | 'months' | 'minimums'> &
    Record<'sentence' | 'population', Readonly<Partial<Record<Locale, string>>>>
>;

/** The path of a field in a definition. */
export type DefinitionField =
  | Exclude<keyof StatedDefinition, 'minimums' | 'sentence' | 'population'>
  | `minimums.${keyof ClaimDefinition['minimums']}`
  | `${'sentence' | 'population'}.${Locale}`;

/** A contradiction, and the field it is in. */
export type Problem = { readonly field: DefinitionField; readonly problem: string };

export const problemIf = (holds: boolean, field: DefinitionField, problem: string): readonly Problem[] =>
  holds ? [{ field, problem }] : [];

/** The name of a definition in problem texts: `facet-improved version 2`. */
export const nameOf = ({ id, version }: Pick<StatedDefinition, 'id' | 'version'>): string =>
  `${id} version ${version}`;

/** The date on which the next version of a definition takes effect, if there is one. */
const replacedOn = (
  definitions: readonly StatedDefinition[],
  { id, version }: StatedDefinition,
): string | undefined =>
  definitions
    .filter((other) => other.id === id && other.version > version)
    .map(({ effectiveFrom }) => effectiveFrom)
    .sort()[0];

/** True when there is a day on which both definitions are in force. */
export const areInForceTogether = (
  definitions: readonly StatedDefinition[],
  left: StatedDefinition,
  right: StatedDefinition,
): boolean => {
  const endsBefore = (earlier: StatedDefinition, later: StatedDefinition): boolean => {
    const end = replacedOn(definitions, earlier);
    return end !== undefined && end <= later.effectiveFrom;
  };
  return !endsBefore(left, right) && !endsBefore(right, left);
};
