/**
 * Creates a queue: a function that runs the functions passed to it one after the other, in call order. A failed run
 * rejects for its own caller only; the queue goes on.
 */
export const oneAtATime = (): (<T>(run: () => Promise<T>) => Promise<T>) => {
  let last: Promise<unknown> = Promise.resolve();
  return (run) => {
    const result = last.then(run);
    last = result.catch(() => undefined);
    return result;
  };
};
