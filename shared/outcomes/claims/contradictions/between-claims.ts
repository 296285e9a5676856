import { locales } from '../../../platform/locale.ts';
import { type MeasureId, measures } from '../../../protocol/measures.ts';
import {
  areInForceTogether,
  nameOf,
  type Problem,
  problemIf,
  type StatedDefinition,
} from '../stated-definition.ts';
import { isMeasureId } from './in-terms.ts';

/** The least whole percentage of change that a measure counts; 1 where any change for the better counts. */
const leastOf = (measure: MeasureId): number => {
  const { threshold } = measures[measure];
  if (threshold === undefined) return 1;
  return threshold.kind === 'over' ? threshold.percent + 1 : threshold.percent;
};

const haveSameLine = (left: MeasureId, right: MeasureId): boolean =>
  measures[left].denominator === measures[right].denominator;

/** Everybody for whom the one holds is among those for whom the other does, and not the other way round. */
const isNarrower = (inner: string, outer: string): boolean =>
  isMeasureId(inner) && isMeasureId(outer) && haveSameLine(inner, outer) && leastOf(inner) > leastOf(outer);

/** What a claim and the one around it must have in common, for the difference to be a count of patients. */
const shared = ['scope', 'timepoint', 'months'] as const;

const pairProblems = (inner: StatedDefinition, outer: StatedDefinition): readonly Problem[] => [
  ...shared.flatMap((field) =>
    problemIf(
      inner[field] !== outer[field],
      field,
      `'${inner[field]}' is not the '${outer[field]}' of ${nameOf(outer)}, which it is nested in`,
    ),
  ),
  ...locales.flatMap((locale) =>
    problemIf(
      inner.population[locale] !== outer.population[locale],
      `population.${locale}`,
      `names other patients than ${nameOf(outer)}, which it is nested in`,
    ),
  ),
  ...problemIf(
    !isNarrower(inner.measure, outer.measure),
    'measure',
    `'${inner.measure}' is not a narrower part of '${outer.measure}', the measure of ${nameOf(outer)}, which it is nested in`,
  ),
];

const nestedProblems = (
  inner: StatedDefinition,
  definitions: readonly StatedDefinition[],
): readonly Problem[] => {
  const { nestedIn, effectiveFrom } = inner;
  if (nestedIn === undefined) return [];
  const outers = definitions.filter(({ id }) => id === nestedIn);
  if (outers.length === 0) return [{ field: 'nestedIn', problem: `there is no claim '${nestedIn}'` }];
  if (nestedIn === inner.id) return [{ field: 'nestedIn', problem: 'a claim is not nested in itself' }];
  return [
    ...problemIf(
      outers.every((outer) => outer.effectiveFrom > effectiveFrom),
      'nestedIn',
      `'${nestedIn}' is not in force yet on ${effectiveFrom}, when this one is`,
    ),
    ...outers
      .filter((outer) => areInForceTogether(definitions, inner, outer))
      .flatMap((outer) => pairProblems(inner, outer)),
  ];
};

const isOfGroup = (left: StatedDefinition, right: StatedDefinition): boolean =>
  left.scope === right.scope &&
  left.timepoint === right.timepoint &&
  isMeasureId(left.measure) &&
  isMeasureId(right.measure) &&
  haveSameLine(left.measure, right.measure);

/** Of the claims around it, those with the fewest patients: the difference to them is the smallest. */
const nearestAround = (
  inner: StatedDefinition,
  peers: readonly StatedDefinition[],
): readonly StatedDefinition[] => {
  const around = peers.filter(({ measure }) => isNarrower(inner.measure, measure));
  return around.filter((one) => !around.some((other) => isNarrower(other.measure, one.measure)));
};

const groupProblems = (
  definition: StatedDefinition,
  definitions: readonly StatedDefinition[],
): readonly Problem[] => {
  const { id, months, nestedIn } = definition;
  const peers = definitions.filter(
    (other) =>
      other.id !== id && isOfGroup(definition, other) && areInForceTogether(definitions, definition, other),
  );
  const nearest = nearestAround(definition, peers);
  const other = peers.find((peer) => peer.months !== months && peer.id !== nestedIn && peer.nestedIn !== id);
  return [
    ...problemIf(
      nearest.length > 0 && !nearest.some((outer) => outer.id === nestedIn),
      'nestedIn',
      `its patients are among those of '${nearest[0]?.id}', and it is ${nestedIn === undefined ? 'not said to be nested' : `said to be nested in '${nestedIn}'`}`,
    ),
    ...problemIf(
      other !== undefined,
      'months',
      `${months} is not the ${other?.months} of '${other?.id}', which has the same patients below the line`,
    ),
  ];
};

/**
 * Takes a definition and all there are, gives where it contradicts another claim that is in force with it: one
 * it is nested in and that has other patients, or one it should be nested in, so that the difference between
 * the two would go unchecked.
 */
export const problemsBetweenClaims = (
  definition: StatedDefinition,
  definitions: readonly StatedDefinition[],
): readonly Problem[] => [
  ...nestedProblems(definition, definitions),
  ...groupProblems(definition, definitions),
];
