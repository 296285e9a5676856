import type { ClaimDefinition, ClaimRule } from './claim-definitions.ts';
import { measures } from './measures.ts';
import { floorPercent, overThreshold, wilson } from './statistics.ts';
import type { Timepoint } from './time.ts';

/** `general`: the lower bound of the interval clears the percentage too. Else it describes those who answered. */
export type Tier = 'general' | 'descriptive';

/** What is shown of x and n, all of it coarse. Percentages are whole. */
export type Figures = {
  readonly percent: number;
  readonly tier: Tier;
  /** Wilson at 95%, rounded outward. */
  readonly interval: { readonly low: number; readonly high: number };
};

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
  const bounds = wilson(x, n);
  if (percent === null || bounds === null) return null;
  return {
    percent,
    tier: clears[rule](100 * bounds.low, percent) ? 'general' : 'descriptive',
    interval: { low: Math.floor(100 * bounds.low), high: Math.ceil(100 * bounds.high) },
  };
};

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
