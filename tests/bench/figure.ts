/** What a figure is measured with; small values make a quick look, the defaults are the bars' own. */
export type BenchOptions = {
  /** Patients in the large tables. */
  readonly size: number;
  /** Clinic years to play. */
  readonly seeds: number;
  /** Malformed events and requests. */
  readonly malformed: number;
  /** Rounds of what is timed. */
  readonly rounds: number;
};

/** One figure, held against its bar. */
export type Figure = {
  readonly measured: string;
  readonly bar: string;
  readonly met: boolean;
  /** What the figure was made from, by name, for a machine. */
  readonly values: Readonly<Record<string, number | string>>;
  /** How to read it, and what it leaves out. */
  readonly notes: readonly string[];
};

/** Takes the options, gives the figures by their names. Throws when it cannot be measured here. */
export type Measure = (options: BenchOptions) => Promise<Readonly<Record<string, Figure>>>;

/** Takes numbers, gives the middle one, or the mean of the two in the middle; NaN of none. */
export const medianOf = (numbers: readonly number[]): number => {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = Number.NaN, high = Number.NaN] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[middle]];
  return (low + high) / 2;
};

/** Times of two things that were measured in turn, in milliseconds. */
export type Compared = { readonly ratio: number; readonly first: number; readonly second: number };

/**
 * Takes two ways of measuring and how often, runs them in turn so that whatever else the machine does hits both,
 * changing which one begins. Gives the medians, and the median of the rounds' own ratios.
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

/** Takes a number, gives it with so many places and no more. */
export const rounded = (value: number, places = 2): number => Number(value.toFixed(places));
