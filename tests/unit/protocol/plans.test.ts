import { describe, expect, it } from 'vitest';
import { addDays, addOffset, daysBetween, workingDayFrom } from '../../../shared/platform/calendar.ts';
import { digestOf } from '../../../shared/platform/digest.ts';
import { timepoints } from '../../../shared/platform/time.ts';
import { familyIds } from '../../../shared/protocol/families.ts';
import {
  allPlansOf,
  planOf,
  plansIn,
  planVersions,
  timepointOf,
  touchpointOf,
} from '../../../shared/protocol/plans.ts';

/** An email, when it is due, the days on which it may go, and the days from an invitation to its reminders. */
const instructions = 'instructions days 0 0-3';
const surveys = [
  '2w days 14 10-21 3 6',
  '1m months 1 25-45 4 9',
  '3m months 3 75-120 7 14',
  '6m months 6 150-225 7 14',
  '12m months 12 330-425 7 14',
];

/** A plan that says anything else is another version: episodes keep the one that they began with. */
describe('version 1 of the plans', () => {
  it.each([
    ['facet-joint-injection', []],
    ['epidural-steroid-injection', ['visit days 21 21-35']],
    ['mild', ['rehabilitation days 8 8-30', 'visit days 42 42-70']],
    ['facet-radiofrequency-ablation', ['visit days 42 42-70']],
  ] as const)('after %s holds these emails', (family, prompts) => {
    const { version, touchpoints } = planOf(family, 1);
    expect(version).toBe(1);
    expect(
      touchpoints.map(({ id, offset, window, reminderDays }) =>
        [
          id,
          ...Object.entries(offset).flat(),
          `${window.opensDay}-${window.closesDay}`,
          ...reminderDays,
        ].join(' '),
      ),
    ).toEqual([instructions, ...prompts, ...surveys]);
  });
});

/** Every day of a leap cycle: 2027, 2028 (a leap year) and what follows them. */
const everyServiceDate = Array.from({ length: 3 * 365 }, (_, day) => addDays('2026-01-01', day));

describe.each(familyIds)('the plan of %s', (family) => {
  const { touchpoints } = planOf(family, 1);
  const asked = touchpoints.filter(({ kind }) => kind === 'survey');

  it('has the five surveys, each with its own window, and no two windows overlap', () => {
    expect(asked.map(({ id }) => id)).toEqual(timepoints);
    asked.slice(1).forEach(({ window }, index) => {
      expect(window.opensDay).toBeGreaterThan(asked[index]?.window.closesDay ?? Number.NaN);
    });
  });

  it('reminds of a survey at most twice, in rising order, and of nothing else', () => {
    for (const { kind, reminderDays } of touchpoints) {
      expect(reminderDays.length).toBe(kind === 'survey' ? 2 : 0);
      expect(reminderDays.toSorted((a, b) => a - b)).toEqual(reminderDays);
      expect(new Set(reminderDays).size).toBe(reminderDays.length);
    }
  });

  it('names each touchpoint once, and instructions come the same evening', () => {
    expect(new Set(touchpoints.map(({ id }) => id)).size).toBe(touchpoints.length);
    expect(touchpointOf({ family, version: 1, touchpoints }, 'instructions')).toMatchObject({
      offset: { days: 0 },
      at: 'evening',
    });
  });

  it('invites inside the window from every service date, moved to a working day', () => {
    for (const serviceDate of everyServiceDate) {
      for (const { offset, window, at } of touchpoints) {
        const planned = addOffset(serviceDate, offset);
        const day = daysBetween(serviceDate, at === 'morning' ? workingDayFrom(planned) : planned);
        expect(day).toBeGreaterThanOrEqual(window.opensDay);
        expect(day).toBeLessThanOrEqual(window.closesDay);
      }
    }
  });

  it('leaves room for a first reminder of every survey from every service date', () => {
    for (const serviceDate of everyServiceDate) {
      for (const { offset, window, reminderDays } of asked) {
        const invited = workingDayFrom(addOffset(serviceDate, offset));
        const reminded = addDays(invited, reminderDays[0] ?? Number.NaN);
        expect(daysBetween(serviceDate, reminded)).toBeLessThanOrEqual(window.closesDay);
      }
    }
  });
});

describe('the versions of a plan', () => {
  const [instructionsAlone = []] = planVersions.mild.map((touchpoints) => touchpoints.slice(0, 1));
  const withTwo = plansIn({ ...planVersions, mild: [...planVersions.mild, instructionsAlone] });

  it('are all kept: the newest is for new episodes, the others for those that began with them', () => {
    expect(withTwo.planOf('mild', 1)).toEqual(planOf('mild', 1));
    expect(withTwo.planOf('mild', 2)).toEqual({
      family: 'mild',
      version: 2,
      touchpoints: instructionsAlone,
    });
    expect(withTwo.currentPlanOf('mild').version).toBe(2);
    expect(withTwo.allPlansOf('mild').map(({ version }) => version)).toEqual([1, 2]);
    expect(withTwo.currentPlanOf('facet-joint-injection').version).toBe(1);
  });

  it.each([0, 3, 1.5])('do not include %d: the error names the family and the version', (version) => {
    expect(() => withTwo.planOf('mild', version)).toThrow(`no version ${version} of the plan of mild`);
  });

  /** Whoever changes one of these changes what episodes under way are counted by: add a version instead. */
  it('are what they were when episodes began with them', () => {
    const digests = familyIds.flatMap((family) =>
      allPlansOf(family).map((plan) => [`${family} ${plan.version}`, digestOf(plan).slice(0, 12)]),
    );
    expect(Object.fromEntries(digests)).toEqual({
      'facet-joint-injection 1': '7489779139d0',
      'epidural-steroid-injection 1': '00a05cd32162',
      'mild 1': '93e7bbc64e9b',
      'facet-radiofrequency-ablation 1': '931ab137d8b4',
    });
  });
});

describe('the names of touchpoints', () => {
  it('tell surveys from the rest', () => {
    expect(timepointOf('3m')).toBe('3m');
    expect(timepointOf('instructions')).toBeUndefined();
  });
  it('of another plan are unknown', () => {
    expect(touchpointOf(planOf('facet-joint-injection', 1), 'rehabilitation')).toBeUndefined();
  });
});
