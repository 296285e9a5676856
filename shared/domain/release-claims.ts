import type { ClaimDefinition } from './claim-definitions.ts';
import { figuresOf, groupOf } from './claims.ts';
import { digestOf } from './digest.ts';
import { bandLabelOf } from './disclosure.ts';
import type { ClaimCounts, GroupCounts } from './release-counts.ts';
import type { ShownClaim, WithheldClaim } from './release-schema.ts';
import { explanationOf, footnoteOf, sentenceOf } from './release-texts.ts';
import { floorPercent } from './statistics.ts';
import type { LocalDate } from './time.ts';

/** A response rate under this many percent is called low. */
const lowResponseBelow = 30;

/** A worst case under this many percent is not given as a number. */
const leastWorstCase = 5;

/** The release that a claim is shown in. */
export type Edition = {
  readonly number: number;
  readonly today: LocalDate;
  readonly synthetic: boolean;
};

const aboutOf = (definition: ClaimDefinition) => ({
  id: definition.id,
  version: definition.version,
  definitionHash: digestOf(definition),
  scope: definition.scope,
  timepoint: definition.timepoint,
  measure: definition.measure,
  rule: definition.rule,
  group: groupOf(definition),
  nestedIn: definition.nestedIn ?? null,
});

/** Takes a definition and a public reason, gives the claim as it is reported when it is not shown. */
export const withheldClaimOf = (
  definition: ClaimDefinition,
  reason: WithheldClaim['reason'],
): WithheldClaim => ({
  status: 'withheld',
  ...aboutOf(definition),
  reason,
  explanation: explanationOf(reason),
});

/**
 * Takes a definition, the counts of its group and its own, gives the claim as everybody may see it, or undefined
 * where the counts give no figure. Everything in it is coarse and nothing is rounded in its favour.
 */
export const shownClaimOf = (
  definition: ClaimDefinition,
  counts: GroupCounts,
  { x, n }: ClaimCounts,
  { number, today, synthetic }: Edition,
): ShownClaim | undefined => {
  const figures = figuresOf(definition.rule, x, n);
  const answered = bandLabelOf(n);
  const responseRate = floorPercent(counts.responded, counts.shownEligible);
  const worstCase = floorPercent(x, counts.shownEligible);
  if (figures === null || answered === null || responseRate === null || worstCase === null) return undefined;
  const evidence = {
    ...figures,
    period: counts.period,
    answered,
    responseRate,
    lowResponse: responseRate < lowResponseBelow,
    worstCase: worstCase < leastWorstCase ? null : worstCase,
  };
  return {
    status: 'published',
    ...aboutOf(definition),
    asOfRelease: number,
    asOf: today,
    ...evidence,
    sentence: sentenceOf(definition, figures.percent),
    footnote: footnoteOf(definition, evidence, synthetic),
  };
};
