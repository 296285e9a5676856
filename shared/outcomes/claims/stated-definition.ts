import type { Locale } from '../../platform/locale.ts';
import type { ClaimDefinition } from './claim-definitions.ts';

/**
 * A definition as somebody may have written it. What its type rules out is looked at as well, so that a word
 * that got past the compiler is found too.
 */
export type StatedDefinition = Readonly<
  Record<'id' | 'effectiveFrom' | 'scope' | 'timepoint' | 'measure' | 'rule', string> &
    Pick<ClaimDefinition, 'version' | 'nestedIn' | 'months' | 'minimums'> &
    Record<'sentence' | 'population', Readonly<Partial<Record<Locale, string>>>>
>;

/** A part of a definition, by its path. */
export type DefinitionField =
  | Exclude<keyof StatedDefinition, 'minimums' | 'sentence' | 'population'>
  | `minimums.${keyof ClaimDefinition['minimums']}`
  | `${'sentence' | 'population'}.${Locale}`;

/** What a field says, and what that contradicts. */
export type Problem = { readonly field: DefinitionField; readonly problem: string };

/** Takes a condition and a problem, gives the problem where the condition holds. */
export const problemIf = (holds: boolean, field: DefinitionField, problem: string): readonly Problem[] =>
  holds ? [{ field, problem }] : [];

/** Takes a definition, gives its name as problems have it: `facet-improved version 2`. */
export const nameOf = ({ id, version }: Pick<StatedDefinition, 'id' | 'version'>): string =>
  `${id} version ${version}`;

/** Takes definitions and one of them, gives the date from which a later version of it holds, if there is one. */
const replacedOn = (
  definitions: readonly StatedDefinition[],
  { id, version }: StatedDefinition,
): string | undefined =>
  definitions
    .filter((other) => other.id === id && other.version > version)
    .map(({ effectiveFrom }) => effectiveFrom)
    .sort()[0];

/** Takes definitions and two of them, says whether there is a day on which both are in force. */
export const areInForceTogether = (
  definitions: readonly StatedDefinition[],
  left: StatedDefinition,
  right: StatedDefinition,
): boolean => {
  const isOver = (one: StatedDefinition, other: StatedDefinition): boolean => {
    const end = replacedOn(definitions, one);
    return end !== undefined && end <= other.effectiveFrom;
  };
  return !isOver(left, right) && !isOver(right, left);
};
