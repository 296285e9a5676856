import type { FamilyId } from '../../../shared/protocol/families.ts';

/**
 * How the sample patients of a family fare. The defaults resemble a clinic that can say "over 90%" and "over 75%"
 * of its facet joint injection patients. They only shape the answers: the product derives the sentences from
 * those, and other targets give other sentences.
 */
export type FamilyTargets = {
  /** Share of the year's first procedures, 0-1. */
  readonly share: number;
  /** At three months, over this percentage report improvement. */
  readonly improvedOver: number;
  /** At three months, over this percentage report improvement by more than half. */
  readonly overHalfOver: number;
};

export type SampleTargets = {
  readonly families: Readonly<Partial<Record<FamilyId, FamilyTargets>>>;
  /** At three months, the percentage of all patients who report it, rounded down; likewise the next two. */
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

/** The `improvedOver` percentage of facet joint injections; undefined when the targets have none. */
export const facetImprovedIn = ({ families }: SampleTargets): number | undefined =>
  families[facet]?.improvedOver;

/**
 * Returns the targets with another `improvedOver` for facet joint injections. Lowers `overHalfOver` to at most that,
 * since improvement by more than half is improvement.
 */
export const withFacetImproved = (targets: SampleTargets, percent: number): SampleTargets => {
  const own = targets.families[facet];
  if (own === undefined) return targets;
  const changed = { ...own, improvedOver: percent, overHalfOver: Math.min(own.overHalfOver, percent) };
  return { ...targets, families: { ...targets.families, [facet]: changed } };
};

/** The smallest number of patients that is strictly over `percent` of those who answered; at most all of them. */
export const countOver = (answered: number, percent: number): number =>
  Math.min(answered, Math.floor((percent * answered) / 100) + 1);

/** The smallest number of patients whose share of those who answered, rounded down, reaches `percent`. */
export const countAtLeast = (answered: number, percent: number): number =>
  Math.min(answered, Math.ceil((percent * answered) / 100));
