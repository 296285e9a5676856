import { type Timepoint, timepoints } from '../../../shared/platform/time.ts';
import type { FamilyId } from '../../../shared/protocol/families.ts';
import type { Answers, Change } from '../../../shared/protocol/instrument.ts';
import type { Baseline } from '../../../shared/protocol/measures.ts';
import { type Chance, chanceOf } from './chance.ts';
import type { SamplePatient, SampleProcedure } from './patients.ts';
import { countAtLeast, countOver, type SampleTargets } from './targets.ts';

/** The answers that the sample patients will give, by `answersKey`. */
export type SampleAnswers = ReadonlyMap<string, Answers>;

/** The key of the answers about one procedure (by its id at the source) at one timepoint. */
export const answersKey = (sourceId: string, timepoint: Timepoint): string => `${sourceId} ${timepoint}`;

/** A survey that will be answered. The higher `luck` (0-1), the better the patient fares. */
type AnsweredSurvey = {
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

/** Shares of improved patients in surveys without a target: improvement fades with time. */
const improvedShare: Readonly<Record<Timepoint, number>> = {
  '2w': 0.92,
  '1m': 0.9,
  '3m': 0.86,
  '6m': 0.78,
  '12m': 0.7,
};

const answeredSurveys = (patients: readonly SamplePatient[], chance: Chance): readonly AnsweredSurvey[] =>
  patients.flatMap((patient) =>
    patient.procedures.flatMap((procedure) =>
      timepoints
        .filter((timepoint) => procedure.habits[timepoint].kind === 'answers')
        .map((timepoint) => ({ patient, procedure, timepoint, luck: chance.share() })),
    ),
  );

/** True for the patient's first procedure of its family, the one that the family's claims count. */
const isFirstOfFamily = ({ patient, procedure }: AnsweredSurvey): boolean =>
  patient.procedures.find(({ family }) => family === procedure.family) === procedure;

const isFirstOfAll = ({ patient, procedure }: AnsweredSurvey): boolean => patient.procedures[0] === procedure;

const isCountedAtThreeMonths = ({ patient, timepoint }: AnsweredSurvey): boolean =>
  timepoint === '3m' && patient.reachability === 'reachable' && patient.optsOutAfterEmail === undefined;

const luckiest = (
  surveys: readonly AnsweredSurvey[],
  luckOf: (survey: AnsweredSurvey) => number,
  count: number,
): ReadonlySet<AnsweredSurvey> => new Set(surveys.toSorted((a, b) => luckOf(b) - luckOf(a)).slice(0, count));

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

const standingWalking = (
  family: FamilyId,
  outcome: Outcome,
  luck: number,
): Pick<Answers, 'standingWalking'> =>
  family === 'mild' ? { standingWalking: changeFor(outcome.improved || luck > 0.3, luck) } : {};

const answersFor = (chance: Chance, { procedure, luck }: AnsweredSurvey, outcome: Outcome): Answers => {
  const condition = changeFor(outcome.improved, luck);
  const percent = condition === 'better' ? percentFor(chance, outcome.overHalf) : undefined;
  const pain = nrsAfter(procedure.baseline, percent, condition);
  const nearPain = (): number => Math.max(0, Math.min(10, pain + chance.whole(-1, 1)));
  return {
    condition,
    ...(percent === undefined ? {} : { improvementPercent: percent }),
    qualityOfLife: outcome.qualityOfLife,
    pain: outcome.pain,
    physicalFunction: outcome.physicalFunction,
    ...standingWalking(procedure.family, outcome, luck),
    nrsPain: pain,
    pegPain: nearPain(),
    pegEnjoyment: nearPain(),
    pegActivity: nearPain(),
    pgic: pgicFor(condition, percent),
  };
};

/** True when a family target covers the survey. */
const isTargeted = (survey: AnsweredSurvey): boolean =>
  isCountedAtThreeMonths(survey) && isFirstOfFamily(survey);

const improvedIn = (surveys: readonly AnsweredSurvey[], targets: SampleTargets) => {
  const improved = new Set<AnsweredSurvey>();
  const overHalf = new Set<AnsweredSurvey>();
  const byLuck = ({ luck }: AnsweredSurvey): number => luck;
  for (const [family, { improvedOver, overHalfOver }] of Object.entries(targets.families)) {
    const group = surveys.filter((survey) => survey.procedure.family === family && isTargeted(survey));
    const best = (percent: number) => luckiest(group, byLuck, countOver(group.length, percent));
    for (const survey of best(improvedOver)) improved.add(survey);
    for (const survey of best(overHalfOver)) overHalf.add(survey);
  }
  return { improved, overHalf };
};

/**
 * Draws the answers of the year's patients. Among the surveys that the three-month claims count, exactly as many
 * patients report improvement as the targets ask for, the luckiest ones; all other surveys are drawn freely. The
 * same seed gives the same answers.
 */
export const sampleAnswers = (
  patients: readonly SamplePatient[],
  targets: SampleTargets,
  seed: number,
): SampleAnswers => {
  const chance = chanceOf(seed + 1);
  const surveys = answeredSurveys(patients, chance);
  const { improved, overHalf } = improvedIn(surveys, targets);
  const overall = surveys.filter((survey) => isCountedAtThreeMonths(survey) && isFirstOfAll(survey));
  const noisyLuck = new Map(surveys.map((survey) => [survey, survey.luck + 0.4 * chance.share()]));
  const top = (percent: number): ReadonlySet<AnsweredSurvey> =>
    luckiest(overall, (survey) => noisyLuck.get(survey) ?? 0, countAtLeast(overall.length, percent));
  const better = {
    qualityOfLife: top(targets.qualityOfLife),
    pain: top(targets.lessPain),
    physicalFunction: top(targets.betterFunction),
  };
  const isOverall = new Set(overall);

  return new Map(
    surveys.map((survey) => {
      const { procedure, timepoint, luck } = survey;
      const minLuck = 1 - improvedShare[timepoint];
      const changeOf = (betterOnes: ReadonlySet<AnsweredSurvey>): Change =>
        changeFor(isOverall.has(survey) ? betterOnes.has(survey) : luck > 0.3, luck);
      const outcome: Outcome = {
        improved: isTargeted(survey) ? improved.has(survey) : luck > minLuck,
        overHalf: isTargeted(survey) ? overHalf.has(survey) : luck > minLuck + 0.15,
        qualityOfLife: changeOf(better.qualityOfLife),
        pain: changeOf(better.pain),
        physicalFunction: changeOf(better.physicalFunction),
      };
      return [answersKey(procedure.sourceId, timepoint), answersFor(chance, survey, outcome)];
    }),
  );
};
