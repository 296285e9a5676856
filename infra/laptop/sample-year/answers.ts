import { type Timepoint, timepoints } from '../../../shared/platform/time.ts';
import type { FamilyId } from '../../../shared/protocol/families.ts';
import type { Answers, Change } from '../../../shared/protocol/instrument.ts';
import type { Baseline } from '../../../shared/protocol/measures.ts';
import { type Chance, chanceOf } from './chance.ts';
import type { SamplePatient, SampleProcedure } from './patients.ts';
import { countAtLeast, countOver, type SampleTargets } from './targets.ts';

/** The answers a made-up patient will give, by procedure record and timepoint. */
export type SampleAnswers = ReadonlyMap<string, Answers>;

/** Takes a procedure record and a timepoint, gives the key of its answers. */
export const answersKey = (sourceId: string, timepoint: Timepoint): string => `${sourceId} ${timepoint}`;

/** One survey that will be answered. `luck` (0-1) is how well the patient does: who ranks higher fares better. */
type Case = {
  readonly patient: SamplePatient;
  readonly procedure: SampleProcedure;
  readonly timepoint: Timepoint;
  readonly luck: number;
};

type Outcome = {
  improved: boolean;
  overHalf: boolean;
  qualityOfLife: Change;
  pain: Change;
  physicalFunction: Change;
};

/** Shares for surveys that no target is set for: improvement fades with time. */
const improvedShare: Readonly<Record<Timepoint, number>> = {
  '2w': 0.92,
  '1m': 0.9,
  '3m': 0.86,
  '6m': 0.78,
  '12m': 0.7,
};

const casesOf = (patients: readonly SamplePatient[], chance: Chance): readonly Case[] =>
  patients.flatMap((patient) =>
    patient.procedures.flatMap((procedure) =>
      timepoints
        .filter((timepoint) => procedure.habits[timepoint].kind === 'answers')
        .map((timepoint) => ({ patient, procedure, timepoint, luck: chance.share() })),
    ),
  );

/** Whether the survey is one that the three-month claims of its family count. */
const isFirstOfFamily = ({ patient, procedure }: Case): boolean =>
  patient.procedures.find(({ family }) => family === procedure.family) === procedure;

const isFirstOfAll = ({ patient, procedure }: Case): boolean => patient.procedures[0] === procedure;

const isCountedAtThreeMonths = ({ patient, timepoint }: Case): boolean =>
  timepoint === '3m' && patient.reachability === 'reachable' && patient.optsOutAfterEmail === undefined;

const best = (cases: readonly Case[], luckOf: (one: Case) => number, count: number): ReadonlySet<Case> =>
  new Set(cases.toSorted((a, b) => luckOf(b) - luckOf(a)).slice(0, count));

const changeFor = (isBetter: boolean, luck: number): Change =>
  isBetter ? 'better' : luck < 0.12 ? 'worse' : 'same';

const percentFor = (chance: Chance, overHalf: boolean): number =>
  overHalf
    ? chance.pick([
        [60, 2],
        [70, 3],
        [75, 3],
        [80, 4],
        [90, 3],
        [95, 1],
        [100, 1],
      ])
    : chance.pick([
        [10, 1],
        [20, 2],
        [30, 3],
        [40, 2],
        [50, 4],
      ]);

const nrsAfter = (baseline: Baseline, percent: number | undefined, condition: Change): number => {
  const before = baseline.nrsPain ?? 6;
  if (condition === 'worse') return Math.min(10, before + 1);
  return Math.max(0, Math.round(before * (1 - (percent ?? 0) / 100)));
};

const pgicFor = (condition: Change, percent: number | undefined): number => {
  if (condition !== 'better') return condition === 'same' ? 4 : 5;
  if ((percent ?? 0) > 75) return 1;
  return (percent ?? 0) > 40 ? 2 : 3;
};

const standing = (family: FamilyId, outcome: Outcome, luck: number): Pick<Answers, 'standingWalking'> =>
  family === 'mild' ? { standingWalking: changeFor(outcome.improved || luck > 0.3, luck) } : {};

const answersFor = (chance: Chance, { procedure, luck }: Case, outcome: Outcome): Answers => {
  const condition = changeFor(outcome.improved, luck);
  const percent = condition === 'better' ? percentFor(chance, outcome.overHalf) : undefined;
  const pain = nrsAfter(procedure.baseline, percent, condition);
  const around = (): number => Math.max(0, Math.min(10, pain + chance.whole(-1, 1)));
  return {
    condition,
    ...(percent === undefined ? {} : { improvementPercent: percent }),
    qualityOfLife: outcome.qualityOfLife,
    pain: outcome.pain,
    physicalFunction: outcome.physicalFunction,
    ...standing(procedure.family, outcome, luck),
    nrsPain: pain,
    pegPain: around(),
    pegEnjoyment: around(),
    pegActivity: around(),
    pgic: pgicFor(condition, percent),
  };
};

const improvedIn = (cases: readonly Case[], targets: SampleTargets) => {
  const improved = new Set<Case>();
  const overHalf = new Set<Case>();
  for (const [family, target] of Object.entries(targets.families)) {
    const group = cases.filter(
      (one) => one.procedure.family === family && isCountedAtThreeMonths(one) && isFirstOfFamily(one),
    );
    const byLuck = (one: Case): number => one.luck;
    for (const one of best(group, byLuck, countOver(group.length, target.improvedOver))) improved.add(one);
    for (const one of best(group, byLuck, countOver(group.length, target.overHalfOver))) overHalf.add(one);
  }
  return { improved, overHalf };
};

/**
 * Takes the year's patients, the targets and a seed, gives what each will answer. Among the surveys that the
 * three-month claims count, exactly as many report improvement as the targets ask for, those with most luck;
 * all others are drawn freely.
 */
export const sampleAnswers = (
  patients: readonly SamplePatient[],
  targets: SampleTargets,
  seed: number,
): SampleAnswers => {
  const chance = chanceOf(seed + 1);
  const cases = casesOf(patients, chance);
  const { improved, overHalf } = improvedIn(cases, targets);
  const overall = cases.filter((one) => isCountedAtThreeMonths(one) && isFirstOfAll(one));
  const noisy = new Map(cases.map((one) => [one, one.luck + 0.4 * chance.share()]));
  const top = (percent: number): ReadonlySet<Case> =>
    best(overall, (one) => noisy.get(one) ?? 0, countAtLeast(overall.length, percent));
  const better = {
    qualityOfLife: top(targets.qualityOfLife),
    pain: top(targets.lessPain),
    physicalFunction: top(targets.betterFunction),
  };
  const isOverall = new Set(overall);
  const isQuota = (one: Case): boolean => isCountedAtThreeMonths(one) && isFirstOfFamily(one);

  return new Map(
    cases.map((one) => {
      const need = 1 - improvedShare[one.timepoint];
      const fares = (isBetter: ReadonlySet<Case>): Change =>
        changeFor(isOverall.has(one) ? isBetter.has(one) : one.luck > 0.3, one.luck);
      const outcome: Outcome = {
        improved: isQuota(one) ? improved.has(one) : one.luck > need,
        overHalf: isQuota(one) ? overHalf.has(one) : one.luck > need + 0.15,
        qualityOfLife: fares(better.qualityOfLife),
        pain: fares(better.pain),
        physicalFunction: fares(better.physicalFunction),
      };
      return [answersKey(one.procedure.sourceId, one.timepoint), answersFor(chance, one, outcome)];
    }),
  );
};
