import { type FamilyId, familyIds, isFamilyId } from '../../../protocol/families.ts';
import { itemsFor } from '../../../protocol/instrument.ts';
import { itemsBelow, type MeasureId, measureIds, measures } from '../../../protocol/measures.ts';
import { currentPlanOf } from '../../../protocol/plans.ts';
import type { Scope } from '../../cells/contribution.ts';
import { bands, minCount } from '../../disclosure/disclosure.ts';
import { type Problem, problemIf, type StatedDefinition } from '../stated-definition.ts';

/** Takes any text, says whether it names a measure. */
export const isMeasureId = (text: string): text is MeasureId => measureIds.some((id) => id === text);

const isScope = (text: string): text is Scope => text === 'overall' || isFamilyId(text);

/** Takes a scope, gives the families whose patients it has. */
const familiesIn = (scope: Scope): readonly FamilyId[] => (scope === 'overall' ? familyIds : [scope]);

const scopeProblems = ({ scope }: StatedDefinition): readonly Problem[] =>
  problemIf(!isScope(scope), 'scope', `'${scope}' is no family of procedures, nor 'overall'`);

const surveyed = (family: FamilyId, timepoint: string): boolean =>
  currentPlanOf(family).touchpoints.some(({ id, kind }) => id === timepoint && kind === 'survey');

const timepointProblems = ({ scope, timepoint }: StatedDefinition): readonly Problem[] => {
  if (!isScope(scope)) return [];
  const without = familiesIn(scope).filter((family) => !surveyed(family, timepoint));
  return problemIf(
    without.length > 0,
    'timepoint',
    `'${timepoint}' has no survey in the plan of ${without.join(', ')}, so nobody answers in its window`,
  );
};

const isAskedAfter = (family: FamilyId, measure: MeasureId): boolean => {
  const asked = itemsFor(family).map(({ id }) => id);
  return itemsBelow[measures[measure].denominator].every((item) => asked.includes(item));
};

const measureProblems = ({ scope, measure }: StatedDefinition): readonly Problem[] => {
  if (!isMeasureId(measure)) {
    const problem = `'${measure}' is no measure, so nobody knows who is below the line`;
    return [{ field: 'measure', problem }];
  }
  if (!isScope(scope)) return [];
  const without = familiesIn(scope).filter((family) => !isAskedAfter(family, measure));
  return problemIf(
    without.length > 0,
    'measure',
    `'${measure}' is not asked after ${without.join(', ')}, and the scope is '${scope}'`,
  );
};

const ruleProblems = ({ rule }: StatedDefinition): readonly Problem[] =>
  problemIf(
    rule !== 'over' && rule !== 'floor',
    'rule',
    `'${rule}' is neither 'over' nor 'floor', so there is no percentage and no tier`,
  );

/** The number that the lowest band begins with: fewer who answered have no band to be shown in. */
const minShown = Math.min(...bands.map(({ low }) => low));

const minimumProblems = ({ minimums }: StatedDefinition): readonly Problem[] => [
  ...problemIf(
    minimums.answered < minShown,
    'minimums.answered',
    `${minimums.answered} is fewer than the ${minShown} answers that anything may be shown of`,
  ),
  ...problemIf(
    minimums.smallCell < minCount,
    'minimums.smallCell',
    `${minimums.smallCell} lets a count under ${minCount} be worked out`,
  ),
];

const monthProblems = ({ months }: StatedDefinition): readonly Problem[] =>
  problemIf(
    !Number.isInteger(months) || months < 1,
    'months',
    `${months} is no number of whole months to report on`,
  );

/**
 * Takes a definition, gives what is wrong with it by itself: terms that nothing defines, a question that its
 * patients are not asked, minimums below those of disclosure (`disclosure.ts`).
 */
export const problemsInTerms = (definition: StatedDefinition): readonly Problem[] =>
  [scopeProblems, timepointProblems, measureProblems, ruleProblems, minimumProblems, monthProblems].flatMap(
    (problemsOf) => problemsOf(definition),
  );
