import type { Answers } from './response.ts';

/**
 * Takes answers, gives the sum of the three PEG items (0-30), or null unless all three were answered: no rule
 * for imputing a missing item has been published (Krebs 2009, J Gen Intern Med 24:733-8).
 */
export const pegSumOf = (answers: Answers): number | null => {
  const { pegPain, pegEnjoyment, pegActivity } = answers;
  if (pegPain === undefined || pegEnjoyment === undefined || pegActivity === undefined) return null;
  return pegPain + pegEnjoyment + pegActivity;
};

/** Takes answers, gives the PEG score (0-10, the mean of its three items), or null unless all three are there. */
export const pegScoreOf = (answers: Answers): number | null => {
  const sum = pegSumOf(answers);
  return sum === null ? null : sum / 3;
};

/**
 * Takes a PEG score before the procedure (0-10), gives the sum of items behind it (0-30). The items are whole
 * numbers, so the sum is found again from a mean that its source rounded to one or more decimals.
 */
export const pegSumOfMean = (mean: number): number => Math.round(3 * mean);
