/** The scale of the measurements. The defaults are those of the bars; small values give a quick estimate. */
export type BenchOptions = {
  /** Patients in the large tables. */
  readonly size: number;
  /** Clinic years to play. */
  readonly seeds: number;
  /** Malformed events and requests. */
  readonly malformed: number;
  /** Rounds of each timing. */
  readonly rounds: number;
};

/** One measured figure and its bar. */
export type Figure = {
  readonly measured: string;
  readonly bar: string;
  readonly met: boolean;
  /** The numbers behind the figure, machine-readable. */
  readonly values: Readonly<Record<string, number | string>>;
  /** How to read the figure, and what it leaves out. */
  readonly notes: readonly string[];
};

/** Returns figures by name. Throws when they cannot be measured on this machine. */
export type Measure = (options: BenchOptions) => Promise<Readonly<Record<string, Figure>>>;

/** The median; for an even count, the mean of the middle two. NaN when there are no numbers. */
export const medianOf = (numbers: readonly number[]): number => {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = Number.NaN, high = Number.NaN] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[middle]];
  return (low + high) / 2;
};

/** `first` and `second` are median times in milliseconds, `ratio` the median of each round's ratio. */
export type Compared = { readonly ratio: number; readonly first: number; readonly second: number };

/**
 * Runs two timings in alternation, with the order swapped each round, so that other load on the machine affects both
 * alike.
 */
export const compareInTurn = async (
  rounds: number,
  first: (round: number) => Promise<number>,
  second: (round: number) => Promise<number>,
): Promise<Compared> => {
  const times: { readonly first: number; readonly second: number }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    if (round % 2 === 0) times.push({ first: await first(round), second: await second(round) });
    else {
      const later = await second(round);
      times.push({ first: await first(round), second: later });
    }
  }
  return {
    ratio: medianOf(times.map((time) => time.first / time.second)),
    first: medianOf(times.map((time) => time.first)),
    second: medianOf(times.map((time) => time.second)),
  };
};

/** Rounds to a number of decimal places. */
export const rounded = (value: number, places = 2): number => Number(value.toFixed(places));
