import { playYear } from '../simulation/clinic-year.ts';
import { type Measure, rounded } from './figure.ts';

const barSeeds = 10_000;

/** The simulation's problem texts for each guarantee. All other problems are counted separately. */
const guarantees = {
  lost: /^(?:Lost|Changed): /,
  countedTwice: /^(?:Counts differ|\d+ patients are not counted)/,
  afterStop: /reserved after (?:a stop|an answer)|reserved for an episode that is not active/,
  sentTwice: /sent twice|sent without a reservation/,
  formerAddress: /former address/,
  otherState: / instead of /,
} as const;

/** Plays clinic years with crashes, late, repeated, corrected and moved messages, and throttled or lost email. */
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
    lost: broken(guarantees.lost),
    countedTwice: broken(guarantees.countedTwice),
    afterStop: broken(guarantees.afterStop),
    sentTwice: broken(guarantees.sentTwice),
    formerAddress: broken(guarantees.formerAddress),
    otherState: broken(guarantees.otherState),
  };
  const other = problems.length - Object.values(counts).reduce((sum, count) => sum + count, 0);
  return {
    'clinic-years': {
      measured: `${counts.lost} lost, ${counts.countedTwice} counted twice, ${counts.afterStop} emails after a stop, ${counts.sentTwice} sent twice, ${counts.formerAddress} to a former address, ${counts.otherState} other than told`,
      bar: `0, 0, 0, 0, 0, 0 in at least ${barSeeds} years`,
      met: problems.length === 0 && seeds >= barSeeds,
      values: { seeds, ...counts, otherProblems: other, ...totals },
      notes: [
        `${seeds} years: ${totals.emails} emails, ${totals.answers} answers, ${totals.stops} stops, ${totals.crashes} crashes, ${totals.conflicts} lost races; ${rounded(totals.crashes / Math.max(1, seeds), 1)} crashes a year.`,
        ...(seeds < barSeeds ? [`The bar needs --seeds ${barSeeds}.`] : []),
        ...problems.slice(0, 3),
      ],
    },
  };
};
