import type { YearSummary } from './year-summary.ts';

/** Prints a year's result as text, with the seconds it took if given. */
export const printYear = (summary: YearSummary, seconds?: number): void => {
  const took = seconds === undefined ? '' : ` in ${seconds.toFixed(1)} s`;
  const heading =
    summary.releaseNumber === null
      ? 'Nothing is published: too few patients have answered for any figure.'
      : `Release ${summary.releaseNumber} says:`;
  const lines = [
    '',
    `${summary.patients} synthetic patients, ${summary.emails} emails${took}. ${heading}`,
    '',
    ...summary.sentences.map((sentence) => `  "${sentence}"`),
    ...(summary.withheld.length > 0 ? ['', 'Withheld:'] : []),
    ...summary.withheld.map(({ claim, decision }) => `  ${claim}: ${decision}`),
    '',
    `Release digest   ${summary.releaseDigest ?? 'none'}`,
    `Counts           ${summary.countsDigest}`,
    `Counts, recount  ${summary.recountDigest}`,
    '',
    'The patients are synthetic: these sentences show how the system works. They are no clinic’s results.',
    '',
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
};
