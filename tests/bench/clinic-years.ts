import { playYear } from '../simulation/clinic-year.ts';
import { type Measure, rounded } from './figure.ts';

const barSeeds = 10_000;

/** How the simulation words what went wrong, for each of the four promises; the rest is listed apart. */
const promises = {
  lost: /^(?:Lost|Changed): /,
  countedTwice: /^(?:Counts differ|\d+ patients are not counted)/,
  afterStop: /claimed after (?:a stop|an answer)|claimed for an episode that is not active/,
  sentTwice: /sent twice|An email went that nobody claimed/,
} as const;

/** Clinic years in which machines stop, events come twice and out of order, and email is throttled or lost. */
export const measureClinicYears: Measure = async ({ seeds }) => {
  const problems: string[] = [];
  const totals = { emails: 0, answers: 0, stops: 0, crashes: 0, conflicts: 0 };
  for (let seed = 1; seed <= seeds; seed += 1) {
    const year = await playYear(seed);
    problems.push(...year.problems);
    totals.emails += year.emails;
    totals.answers += year.answers;
    totals.stops += year.stops;
    totals.crashes += year.crashes;
    totals.conflicts += year.conflicts;
  }
  const broken = (pattern: RegExp): number => problems.filter((problem) => pattern.test(problem)).length;
  const counts = {
    lost: broken(promises.lost),
    countedTwice: broken(promises.countedTwice),
    afterStop: broken(promises.afterStop),
    sentTwice: broken(promises.sentTwice),
  };
  const other = problems.length - Object.values(counts).reduce((sum, count) => sum + count, 0);
  return {
    'clinic-years': {
      measured: `${counts.lost} lost, ${counts.countedTwice} counted twice, ${counts.afterStop} emails after a stop, ${counts.sentTwice} sent twice`,
      bar: `0, 0, 0, 0 in at least ${barSeeds} years`,
      met: problems.length === 0 && seeds >= barSeeds,
      values: { seeds, ...counts, otherProblems: other, ...totals },
      notes: [
        `${seeds} years: ${totals.emails} emails, ${totals.answers} answers, ${totals.stops} stops, ${totals.crashes} crashes, ${totals.conflicts} lost races; ${rounded(totals.crashes / Math.max(1, seeds), 1)} crashes a year.`,
        ...(seeds < barSeeds ? [`Give --seeds ${barSeeds} for the bar's own number.`] : []),
        ...problems.slice(0, 3),
      ],
    },
  };
};
