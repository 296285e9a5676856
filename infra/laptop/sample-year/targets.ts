import type { FamilyId } from '../../../shared/protocol/families.ts';

/**
 * How the made-up patients fare. The sample year is drawn so that its figures come out like those of a clinic
 * that says "over 90%" and "over 75%" of its facet joint injection patients; the product works the sentences
 * out from the answers, and with other targets it says something else.
 */
export type FamilyTargets = {
  /** Share of the year's first procedures, 0-1. */
  readonly share: number;
  /** At three months: "over so many percent" report improvement, and improvement of more than half. */
  readonly improvedOver: number;
  readonly overHalfOver: number;
};

export type SampleTargets = {
  readonly families: Readonly<Partial<Record<FamilyId, FamilyTargets>>>;
  /** At three months, over all patients: so many percent, rounded down, report it. */
  readonly qualityOfLife: number;
  readonly lessPain: number;
  readonly betterFunction: number;
};

export const sampleTargets: SampleTargets = {
  families: {
    'facet-joint-injection': { share: 0.41, improvedOver: 90, overHalfOver: 75 },
    'epidural-steroid-injection': { share: 0.46, improvedOver: 83, overHalfOver: 75 },
    mild: { share: 0.13, improvedOver: 79, overHalfOver: 55 },
  },
  qualityOfLife: 83,
  lessPain: 60,
  betterFunction: 62,
};

const facet = 'facet-joint-injection';

/** Takes targets, gives over how many percent of facet joint injection patients are to report improvement. */
export const facetImprovedIn = ({ families }: SampleTargets): number | undefined =>
  families[facet]?.improvedOver;

/**
 * Takes targets and a percentage, gives the targets with so many facet joint injection patients improved instead, and
 * no more of them by more than half than improved at all.
 */
export const withFacetImproved = (targets: SampleTargets, percent: number): SampleTargets => {
  const own = targets.families[facet];
  if (own === undefined) return targets;
  const changed = { ...own, improvedOver: percent, overHalfOver: Math.min(own.overHalfOver, percent) };
  return { ...targets, families: { ...targets.families, [facet]: changed } };
};

/** Takes how many answered and a target, gives how many it takes to be strictly over it, and no more. */
export const countOver = (answered: number, percent: number): number =>
  Math.min(answered, Math.floor((percent * answered) / 100) + 1);

/** Takes how many answered and a target, gives the fewest that come to it when rounded down. */
export const countAtLeast = (answered: number, percent: number): number =>
  Math.min(answered, Math.ceil((percent * answered) / 100));
