import type { Offset } from '../platform/calendar.ts';
import { type Timepoint, timepoints } from '../platform/time.ts';
import type { FamilyId } from './families.ts';

/** What a plan can hold: the care instructions, the five surveys, and the prompts some families have. */
export type TouchpointId = 'instructions' | 'rehabilitation' | 'visit' | Timepoint;

/**
 * When in the day a touchpoint is emailed. `evening`: 18:00 on the very day, whatever day it is. `morning`:
 * 10:00 on a working day.
 */
export type SendingTime = 'evening' | 'morning';

export const sendingTimes: Readonly<Record<SendingTime, string>> = { evening: '18:00', morning: '10:00' };

/** The days after the service date, both included, in which a touchpoint may be emailed and its answer counts. */
export type Window = { readonly opensDay: number; readonly closesDay: number };

export type Touchpoint = {
  readonly id: TouchpointId;
  readonly kind: 'instructions' | 'survey' | 'prompt';
  readonly offset: Offset;
  readonly at: SendingTime;
  readonly window: Window;
  /** Days from the invitation to each reminder; at most two. */
  readonly reminderDays: readonly number[];
};

export type Plan = {
  readonly family: FamilyId;
  readonly version: number;
  readonly touchpoints: readonly Touchpoint[];
};

const instructions: Touchpoint = {
  id: 'instructions',
  kind: 'instructions',
  offset: { days: 0 },
  at: 'evening',
  window: { opensDay: 0, closesDay: 3 },
  reminderDays: [],
};

/**
 * The surveys every family shares: the follow-up times in common use in the field (ENCORE, MOTION, LESS and
 * facet studies sit at 2-6 weeks, 3, 6 and 12 months), with windows that do not overlap.
 */
const surveyAt = (
  id: Timepoint,
  offset: Offset,
  opensDay: number,
  closesDay: number,
  reminderDays: readonly number[],
): Touchpoint => ({
  id,
  kind: 'survey',
  offset,
  at: 'morning',
  window: { opensDay, closesDay },
  reminderDays,
});

const surveys: readonly Touchpoint[] = [
  surveyAt('2w', { days: 14 }, 10, 21, [3, 6]),
  surveyAt('1m', { months: 1 }, 25, 45, [4, 9]),
  surveyAt('3m', { months: 3 }, 75, 120, [7, 14]),
  surveyAt('6m', { months: 6 }, 150, 225, [7, 14]),
  surveyAt('12m', { months: 12 }, 330, 425, [7, 14]),
];

const prompt = (id: 'rehabilitation' | 'visit', days: number, closesDay: number): Touchpoint => ({
  id,
  kind: 'prompt',
  offset: { days },
  at: 'morning',
  window: { opensDay: days, closesDay },
  reminderDays: [],
});

/** What a family has beyond instructions and surveys: when to start moving again, when to come back. */
const prompts: Readonly<Record<FamilyId, readonly Touchpoint[]>> = {
  'facet-joint-injection': [],
  'epidural-steroid-injection': [prompt('visit', 21, 35)],
  mild: [prompt('rehabilitation', 8, 30), prompt('visit', 42, 70)],
  'facet-radiofrequency-ablation': [prompt('visit', 42, 70)],
};

/** The version that new episodes get. An episode keeps the version it began with. */
export const currentPlanVersion = 1;

/** Takes a family, gives its plan, touchpoints in the order of their offsets. */
export const planOf = (family: FamilyId): Plan => ({
  family,
  version: currentPlanVersion,
  touchpoints: [instructions, ...prompts[family], ...surveys],
});

const isTimepoint = (id: TouchpointId): id is Timepoint => timepoints.some((timepoint) => timepoint === id);

/** Takes a touchpoint's name, gives the timepoint that it is the survey of, or undefined. */
export const timepointOf = (id: TouchpointId): Timepoint | undefined => (isTimepoint(id) ? id : undefined);

/** Takes a plan and a touchpoint's name, gives the touchpoint, or undefined when the plan has none such. */
export const touchpointOf = (plan: Plan, id: TouchpointId): Touchpoint | undefined =>
  plan.touchpoints.find((touchpoint) => touchpoint.id === id);
