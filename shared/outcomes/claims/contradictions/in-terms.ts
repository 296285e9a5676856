import { type FamilyId, familyIds } from '../../../protocol/families.ts';
import { itemsFor } from '../../../protocol/instrument.ts';
import { itemsBelow, type MeasureId, measureIds, measures } from '../../../protocol/measures.ts';
import { currentPlanOf } from '../../../protocol/plans.ts';
import { isScope } from '../../cells/cells.ts';
import type { Scope } from '../../cells/contribution.ts';
import { bands, minCount } from '../../disclosure/disclosure.ts';
import { type Problem, problemIf, type StatedDefinition } from '../stated-definition.ts';

export const isMeasureId = (text: string): text is MeasureId => measureIds.some((id) => id === text);

const familiesIn = (scope: Scope): readonly FamilyId[] => (scope === 'overall' ? familyIds : [scope]);

const scopeProblems = ({ scope }: StatedDefinition): readonly Problem[] =>
  problemIf(!isScope(scope), 'scope', `'${scope}' is neither a procedure family nor 'overall'`);

const isSurveyed = (family: FamilyId, timepoint: string): boolean =>
  currentPlanOf(family).touchpoints.some(({ id, kind }) => id === timepoint && kind === 'survey');

const timepointProblems = ({ scope, timepoint }: StatedDefinition): readonly Problem[] => {
  if (!isScope(scope)) return [];
  const without = familiesIn(scope).filter((family) => !isSurveyed(family, timepoint));
  return problemIf(
    without.length > 0,
    'timepoint',
    `'${timepoint}' has no survey in the plan of ${without.join(', ')}, so there are no answers in its window`,
  );
};

const isAskedAfter = (family: FamilyId, measure: MeasureId): boolean => {
  const itemIds = itemsFor(family).map(({ id }) => id);
  return itemsBelow[measures[measure].denominator].every((item) => itemIds.includes(item));
};

const measureProblems = ({ scope, measure }: StatedDefinition): readonly Problem[] => {
  if (!isMeasureId(measure)) {
    const problem = `'${measure}' is not a measure, so its denominator is unknown`;
    return [{ field: 'measure', problem }];
  }
  if (!isScope(scope)) return [];
  const without = familiesIn(scope).filter((family) => !isAskedAfter(family, measure));
  return problemIf(
    without.length > 0,
    'measure',
    `'${measure}' is not asked about after ${without.join(', ')}, but the scope is '${scope}'`,
  );
};

const ruleProblems = ({ rule }: StatedDefinition): readonly Problem[] =>
  problemIf(
    rule !== 'over' && rule !== 'floor',
    'rule',
    `'${rule}' is neither 'over' nor 'floor', so there is no percentage and no tier`,
  );

/** The start of the lowest band. Fewer answers than this have no band to be shown in. */
const minShown = Math.min(...bands.map(({ low }) => low));

const minimumProblems = ({ minimums }: StatedDefinition): readonly Problem[] => [
  ...problemIf(
    minimums.answered < minShown,
    'minimums.answered',
    `${minimums.answered} is fewer than the ${minShown} answers that any figure needs`,
  ),
  ...problemIf(
    minimums.smallCell < minCount,
    'minimums.smallCell',
    `${minimums.smallCell} lets a count under ${minCount} be inferred`,
  ),
];

const monthProblems = ({ months }: StatedDefinition): readonly Problem[] =>
  problemIf(
    !Number.isInteger(months) || months < 1,
    'months',
    `${months} is not a whole number of months of at least 1`,
  );

/**
 * Returns what is wrong with a definition on its own: undefined terms, a question that its patients are not asked,
 * minimums below those of disclosure control (`disclosure.ts`).
 */
export const problemsInTerms = (definition: StatedDefinition): readonly Problem[] =>
  [scopeProblems, timepointProblems, measureProblems, ruleProblems, minimumProblems, monthProblems].flatMap(
    (problemsOf) => problemsOf(definition),
  );
