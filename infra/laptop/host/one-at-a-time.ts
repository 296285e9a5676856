/**
 * Gives a function that runs what it is given one after the other, in the order of the calls. A run that fails
 * fails its own caller and stops nobody else.
 */
export const oneAtATime = (): (<T>(run: () => Promise<T>) => Promise<T>) => {
  let last: Promise<unknown> = Promise.resolve();
  return (run) => {
    const mine = last.then(run);
    last = mine.catch(() => undefined);
    return mine;
  };
};
