import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Chance with a seed: the same seed gives the same draws in the same order. */
export type Chance = {
  /** A number from 0 up to, not including, 1. */
  readonly share: () => number;
  /** A whole number from `low` to `high`, both included. */
  readonly whole: (low: number, high: number) => number;
  /** True so often, 0-1. */
  readonly happens: (probability: number) => boolean;
  /** One of the options, as often as its weight says. */
  readonly pick: <T>(options: readonly (readonly [T, number])[]) => T;
};

/** Takes a seed (a whole number), gives its chance. */
export const chanceOf = (seed: number): Chance => {
  const generator = xoroshiro128plus(seed);
  const share = (): number => uniformFloat64(generator);
  return {
    share,
    whole: (low, high) => uniformInt(generator, low, high),
    happens: (probability) => share() < probability,
    pick: (options) => {
      const total = options.reduce((sum, [, weight]) => sum + weight, 0);
      let left = share() * total;
      for (const [option, weight] of options) {
        left -= weight;
        if (left < 0) return option;
      }
      const last = options.at(-1);
      if (last === undefined) throw new Error('Nothing to pick from.');
      return last[0];
    },
  };
};
