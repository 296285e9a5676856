import type { Offset } from '../platform/calendar.ts';
import { type Timepoint, timepoints } from '../platform/time.ts';
import { type FamilyId, familyIds } from './families.ts';

/** The touchpoints a plan can have: the care instructions, the five surveys, and the prompts of some families. */
export type TouchpointId = 'instructions' | 'rehabilitation' | 'visit' | Timepoint;

/**
 * Time of day at which a touchpoint is emailed. `evening`: 18:00 on the day itself. `morning`: 10:00 on a working
 * day.
 */
export type SendingTime = 'evening' | 'morning';

export const sendingTimes: Readonly<Record<SendingTime, string>> = { evening: '18:00', morning: '10:00' };

/** Days after the service date, both included, in which a touchpoint may be emailed and its answer counts. */
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

/**
 * The plans of each family, version 1 first. Versions are only ever added: an episode keeps the version it began
 * with, and with it its emails, its windows and what its answers count for.
 */
export type PlanVersions = Readonly<Record<FamilyId, readonly (readonly Touchpoint[])[]>>;

const instructions: Touchpoint = {
  id: 'instructions',
  kind: 'instructions',
  offset: { days: 0 },
  at: 'evening',
  window: { opensDay: 0, closesDay: 3 },
  reminderDays: [],
};

/**
 * Creates a survey that all families share, at the follow-up times in common use in the field (ENCORE, MOTION, LESS
 * and facet studies use 2-6 weeks, 3, 6 and 12 months), with windows that do not overlap.
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

/** The plan of each family: instructions, prompts (when to start moving again, when to come back) and surveys. */
export const planVersions: PlanVersions = {
  'facet-joint-injection': [[instructions, ...surveys]],
  'epidural-steroid-injection': [[instructions, prompt('visit', 21, 35), ...surveys]],
  mild: [[instructions, prompt('rehabilitation', 8, 30), prompt('visit', 42, 70), ...surveys]],
  'facet-radiofrequency-ablation': [[instructions, prompt('visit', 42, 70), ...surveys]],
};

/** Creates the look-ups in a table of plans. */
export const plansIn = (versions: PlanVersions) => {
  const plansOf = (family: FamilyId): readonly Plan[] =>
    versions[family].map((touchpoints, index) => ({ family, version: index + 1, touchpoints }));
  const plans = new Map(familyIds.map((family) => [family, plansOf(family)]));
  const all = (family: FamilyId): readonly Plan[] => plans.get(family) ?? [];
  const planOf = (family: FamilyId, version: number): Plan => {
    const plan = all(family)[version - 1];
    if (plan === undefined) throw new Error(`There is no version ${version} of the plan of ${family}.`);
    return plan;
  };
  return {
    /** Returns a version of a family's plan. Throws when there is no such version. */
    planOf,
    /** Returns the plan that a new episode gets: the newest version. */
    currentPlanOf: (family: FamilyId): Plan => planOf(family, all(family).length),
    /** Returns every version of a family's plan, oldest first: episodes may be under any of them. */
    allPlansOf: all,
  };
};

export const { planOf, currentPlanOf, allPlansOf } = plansIn(planVersions);

const isTimepoint = (id: TouchpointId): id is Timepoint => timepoints.some((timepoint) => timepoint === id);

/** Returns the timepoint of a survey, or undefined for other touchpoints. */
export const timepointOf = (id: TouchpointId): Timepoint | undefined => (isTimepoint(id) ? id : undefined);

/** Returns a touchpoint of a plan, or undefined when the plan has no such touchpoint. */
export const touchpointOf = (plan: Plan, id: TouchpointId): Touchpoint | undefined =>
  plan.touchpoints.find((touchpoint) => touchpoint.id === id);
