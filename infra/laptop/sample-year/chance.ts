import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Seeded randomness: the same seed gives the same draws in the same order. */
export type Chance = {
  /** A number from 0 inclusive to 1 exclusive. */
  readonly share: () => number;
  /** A whole number from `min` to `max`, both inclusive. */
  readonly whole: (min: number, max: number) => number;
  /** True with this probability, 0-1. */
  readonly happens: (probability: number) => boolean;
  /** One of the options, drawn by weight. Throws when there is none. */
  readonly pick: <T>(options: readonly (readonly [T, number])[]) => T;
};

/** Creates the draws of a seed, a whole number. */
export const chanceOf = (seed: number): Chance => {
  const generator = xoroshiro128plus(seed);
  const share = (): number => uniformFloat64(generator);
  return {
    share,
    whole: (min, max) => uniformInt(generator, min, max),
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
