import type { YearSummary } from './year-summary.ts';

/** Takes what a year came to and how many seconds it took, prints it for people. */
export const printYear = (summary: YearSummary, seconds?: number): void => {
  const took = seconds === undefined ? '' : ` in ${seconds.toFixed(1)} s`;
  const says =
    summary.releaseNumber === null
      ? 'Nothing is published: too few have answered for any figure.'
      : `Release ${summary.releaseNumber} says:`;
  const lines = [
    '',
    `${summary.patients} made-up patients, ${summary.emails} emails${took}. ${says}`,
    '',
    ...summary.sentences.map((sentence) => `  "${sentence}"`),
    ...(summary.withheld.length > 0 ? ['', 'Withheld:'] : []),
    ...summary.withheld.map(({ claim, decision }) => `  ${claim}: ${decision}`),
    '',
    `Release digest   ${summary.releaseDigest ?? 'none'}`,
    `Counts           ${summary.countsDigest}`,
    `Counts, recount  ${summary.recountDigest}`,
    '',
    'The patients are synthetic: these sentences show how the system works and are no clinic’s results.',
    '',
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
};
