import { afterAll, beforeAll } from 'vitest';

type Stoppable = { readonly stop: () => unknown };

/**
 * Starts a lab before the tests of a file or `describe` block and stops it after them. Returns a function that gets
 * the running lab. Labs start in the order of the calls, so one may use those before it.
 */
export const sharedLab = <Lab extends Stoppable>(
  start: () => Promise<Lab>,
  maxStartMs?: number,
): (() => Lab) => {
  let lab: Lab | undefined;
  beforeAll(async () => {
    lab = await start();
  }, maxStartMs);
  afterAll(async () => {
    await lab?.stop();
  });
  return () => {
    if (lab === undefined) throw new Error('The lab runs only during the tests.');
    return lab;
  };
};
