/** So many results are kept before all are forgotten: far more than one sweep asks for. */
const kept = 5_000;

/**
 * Takes a pure function of texts and numbers, gives the same function that remembers what it gave. For calendar
 * arithmetic, which is asked the same few questions for every patient of a day.
 */
export const remembered = <Arguments extends readonly (string | number)[], Result>(
  work: (...given: Arguments) => Result,
): ((...given: Arguments) => Result) => {
  const known = new Map<string, { readonly result: Result }>();
  return (...given) => {
    const key = given.join(' ');
    const found = known.get(key);
    if (found !== undefined) return found.result;
    const result = work(...given);
    if (known.size >= kept) known.clear();
    known.set(key, { result });
    return result;
  };
};
