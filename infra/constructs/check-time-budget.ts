import type { FunctionManifest } from '../../shared/platform/function-manifest.ts';

/** What is started last has to end too: SES is given 13 seconds, and a pace of one email a second is waited for. */
const secondsForTheLast = 30;

/** Throws one line when a function would still start something as it times out. */
export const checkTimeBudget = ({
  name,
  timeoutSeconds,
  timeBudgetSeconds,
}: Pick<FunctionManifest, 'name' | 'timeoutSeconds' | 'timeBudgetSeconds'>): void => {
  if (timeBudgetSeconds !== undefined && timeBudgetSeconds + secondsForTheLast > timeoutSeconds) {
    throw new Error(
      `${name} starts something new for ${timeBudgetSeconds} s, and times out after ${timeoutSeconds} s.`,
    );
  }
};
