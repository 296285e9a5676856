import type { Timepoint } from '../../platform/time.ts';
import { measures } from '../../protocol/measures.ts';
import type { ClaimDefinition, ClaimRule } from './claim-definitions.ts';
import { floorPercent, overThreshold, wilsonOfSome } from './statistics.ts';

/** `general`: the lower bound of the interval clears the percentage too. Else it describes those who answered. */
export type Tier = 'general' | 'descriptive';

/** What is shown of x and n themselves; the rest is worked out from it. */
export type Figures = { readonly percent: number; readonly tier: Tier };

const percentBy: Readonly<Record<ClaimRule, (x: number, n: number) => number | null>> = {
  over: overThreshold,
  floor: floorPercent,
};

const clears: Readonly<Record<ClaimRule, (lowPercent: number, percent: number) => boolean>> = {
  over: (lowPercent, percent) => lowPercent > percent,
  floor: (lowPercent, percent) => lowPercent >= percent,
};

/** Takes a rule and x of n (integers), gives the figures shown, or null where there is nothing to show. */
export const figuresOf = (rule: ClaimRule, x: number, n: number): Figures | null => {
  const percent = percentBy[rule](x, n);
  if (percent === null) return null;
  return { percent, tier: clears[rule](100 * wilsonOfSome(x, n).low, percent) ? 'general' : 'descriptive' };
};

/**
 * Takes a percentage as shown and the smallest number of the band shown, gives the interval shown, in whole
 * percent: wide enough for the Wilson interval at 95% of every x and n that would be shown so. The exact one
 * would be narrower, and give n away to within a few patients.
 */
export const intervalShown = (
  percent: number,
  least: number,
): { readonly low: number; readonly high: number } => {
  const lowest = wilsonOfSome((percent * least) / 100, least);
  const highest = wilsonOfSome((Math.min(100, percent + 1) * least) / 100, least);
  return { low: Math.floor(100 * lowest.low), high: Math.ceil(100 * highest.high) };
};

/**
 * Takes a percentage and a response rate as shown, gives the least share of all eligible that can have had the
 * outcome, in whole percent: the one if none of those who did not answer had it (Manski's lower bound).
 */
export const worstCaseShown = (percent: number, responseRate: number): number =>
  Math.floor((percent * responseRate) / 100);

/**
 * Takes a definition, gives the name of the group of patients that it is a share of. Claims of one group have
 * the same patients below the line, so they move to a new release together.
 */
export const groupOf = ({
  scope,
  timepoint,
  measure,
}: Pick<ClaimDefinition, 'scope' | 'timepoint' | 'measure'>): string =>
  `${scope}|${timepoint}|${measures[measure].denominator}`;

/** Takes a template and values, gives the text with each `{name}` replaced. */
export const fill = (template: string, values: Readonly<Record<string, string | number>>): string =>
  template.replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));

/** How a timepoint is put in a sentence. */
export const timepointTexts: Readonly<Record<Timepoint, { readonly en: string; readonly es: string }>> = {
  '2w': { en: '2 weeks', es: '2 semanas' },
  '1m': { en: '1 month', es: '1 mes' },
  '3m': { en: '3 months', es: '3 meses' },
  '6m': { en: '6 months', es: '6 meses' },
  '12m': { en: '12 months', es: '12 meses' },
};
