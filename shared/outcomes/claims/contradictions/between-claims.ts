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

/** The minimum improvement that a measure counts, in whole percent; 1 where any improvement counts. */
const minImprovementOf = (measure: MeasureId): number => {
  const { threshold } = measures[measure];
  if (threshold === undefined) return 1;
  return threshold.kind === 'over' ? threshold.percent + 1 : threshold.percent;
};

const haveSameDenominator = (left: MeasureId, right: MeasureId): boolean =>
  measures[left].denominator === measures[right].denominator;

/** True when every patient counted by `inner` is also counted by `outer`, but not the other way round. */
const isNarrower = (inner: string, outer: string): boolean =>
  isMeasureId(inner) &&
  isMeasureId(outer) &&
  haveSameDenominator(inner, outer) &&
  minImprovementOf(inner) > minImprovementOf(outer);

/** Fields that nested claims must share, or their difference would not be a count of patients. */
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
  if (nestedIn === inner.id) return [{ field: 'nestedIn', problem: 'a claim cannot be nested in itself' }];
  return [
    ...problemIf(
      outers.every((outer) => outer.effectiveFrom > effectiveFrom),
      'nestedIn',
      `'${nestedIn}' is not yet in force on ${effectiveFrom}, when this claim takes effect`,
    ),
    ...outers
      .filter((outer) => areInForceTogether(definitions, inner, outer))
      .flatMap((outer) => pairProblems(inner, outer)),
  ];
};

const areOfOneGroup = (left: StatedDefinition, right: StatedDefinition): boolean =>
  left.scope === right.scope &&
  left.timepoint === right.timepoint &&
  isMeasureId(left.measure) &&
  isMeasureId(right.measure) &&
  haveSameDenominator(left.measure, right.measure);

/** The narrowest of the wider claims. The difference to these is the smallest. */
const nearestAround = (
  inner: StatedDefinition,
  peers: readonly StatedDefinition[],
): readonly StatedDefinition[] => {
  const around = peers.filter(({ measure }) => isNarrower(inner.measure, measure));
  return around.filter((outer) => !around.some((other) => isNarrower(other.measure, outer.measure)));
};

const groupProblems = (
  definition: StatedDefinition,
  definitions: readonly StatedDefinition[],
): readonly Problem[] => {
  const { id, months, nestedIn } = definition;
  const peers = definitions.filter(
    (other) =>
      other.id !== id &&
      areOfOneGroup(definition, other) &&
      areInForceTogether(definitions, definition, other),
  );
  const nearest = nearestAround(definition, peers);
  const other = peers.find((peer) => peer.months !== months && peer.id !== nestedIn && peer.nestedIn !== id);
  return [
    ...problemIf(
      nearest.length > 0 && !nearest.some((outer) => outer.id === nestedIn),
      'nestedIn',
      `its patients are among those of '${nearest[0]?.id}', but it is ${nestedIn === undefined ? 'not nested' : `nested in '${nestedIn}'`}`,
    ),
    ...problemIf(
      other !== undefined,
      'months',
      `${months} is not the ${other?.months} of '${other?.id}', which has the same denominator`,
    ),
  ];
};

/**
 * Returns where a definition contradicts another claim in force at the same time: it is nested in a claim about other
 * patients, or not nested in one it should be, which would leave the difference between the two unchecked.
 */
export const problemsBetweenClaims = (
  definition: StatedDefinition,
  definitions: readonly StatedDefinition[],
): readonly Problem[] => [
  ...nestedProblems(definition, definitions),
  ...groupProblems(definition, definitions),
];
