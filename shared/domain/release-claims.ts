import type { ClaimDefinition } from './claim-definitions.ts';
import { figuresOf, groupOf, intervalShown, worstCaseShown } from './claims.ts';
import { digestOf } from './digest.ts';
import { bandFor } from './disclosure.ts';
import type { ClaimCounts, GroupCounts } from './release-counts.ts';
import type { ShownClaim, WithheldClaim } from './release-schema.ts';
import { explanationOf, footnoteOf, sentenceOf } from './release-texts.ts';
import type { LocalDate } from './time.ts';

/** A response rate under this many percent is called low. */
const lowResponseBelow = 30;

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
  const band = bandFor(n);
  if (figures === null || band === undefined) return undefined;
  const { period, responseRate } = counts;
  const evidence = {
    ...figures,
    period,
    answered: band.label,
    responseRate,
    lowResponse: responseRate < lowResponseBelow,
    interval: intervalShown(figures.percent, band.low),
    worstCase: worstCaseShown(figures.percent, responseRate),
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
