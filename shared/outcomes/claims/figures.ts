import type { Timepoint } from '../../platform/time.ts';
import { measures } from '../../protocol/measures.ts';
import type { ClaimDefinition, ClaimRule } from './claim-definitions.ts';
import { floorPercent, overThreshold, wilsonOfSome } from './statistics.ts';

/**
 * `general`: the lower bound of the interval clears the percentage too, so it holds for patients in general.
 * `descriptive`: it describes those who answered.
 */
export type Tier = 'general' | 'descriptive';

/** What is published about x and n themselves. All other figures follow from it. */
export type Figures = { readonly percent: number; readonly tier: Tier };

const percentBy: Readonly<Record<ClaimRule, (x: number, n: number) => number | null>> = {
  over: overThreshold,
  floor: floorPercent,
};

const clears: Readonly<Record<ClaimRule, (lowPercent: number, percent: number) => boolean>> = {
  over: (lowPercent, percent) => lowPercent > percent,
  floor: (lowPercent, percent) => lowPercent >= percent,
};

/** The published figures for x of n (integers); null when the rule yields no percentage. */
export const figuresOf = (rule: ClaimRule, x: number, n: number): Figures | null => {
  const percent = percentBy[rule](x, n);
  if (percent === null) return null;
  return { percent, tier: clears[rule](100 * wilsonOfSome(x, n).low, percent) ? 'general' : 'descriptive' };
};

/**
 * The published interval in whole percent, from a published percentage and the lower end of its band. It covers the
 * 95% Wilson interval of every x and n published that way. The exact interval would be narrower and would reveal n to
 * within a few patients.
 */
export const intervalShown = (
  percent: number,
  minAnswers: number,
): { readonly low: number; readonly high: number } => {
  const lowest = wilsonOfSome((percent * minAnswers) / 100, minAnswers);
  const highest = wilsonOfSome((Math.min(100, percent + 1) * minAnswers) / 100, minAnswers);
  return { low: Math.floor(100 * lowest.low), high: Math.ceil(100 * highest.high) };
};

/**
 * The minimum share of all eligible patients with the outcome, in whole percent, from a published percentage and
 * response rate: the share if no patient who did not answer had it (Manski's lower bound).
 */
export const worstCaseShown = (percent: number, responseRate: number): number =>
  Math.floor((percent * responseRate) / 100);

/**
 * The name of the group of patients a claim is a share of. Claims of one group have the same denominator, so they are
 * updated in a release together.
 */
export const groupOf = ({
  scope,
  timepoint,
  measure,
}: Pick<ClaimDefinition, 'scope' | 'timepoint' | 'measure'>): string =>
  `${scope}|${timepoint}|${measures[measure].denominator}`;

/** Replaces each `{name}` in a template. Placeholders without a value stay. */
export const fill = (template: string, values: Readonly<Record<string, string | number>>): string =>
  template.replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));

/** Timepoints in words, for use in a sentence. */
export const timepointTexts: Readonly<Record<Timepoint, { readonly en: string; readonly es: string }>> = {
  '2w': { en: '2 weeks', es: '2 semanas' },
  '1m': { en: '1 month', es: '1 mes' },
  '3m': { en: '3 months', es: '3 meses' },
  '6m': { en: '6 months', es: '6 meses' },
  '12m': { en: '12 months', es: '12 meses' },
};
