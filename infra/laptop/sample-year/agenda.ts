import type { UtcInstant } from '../../../shared/platform/time.ts';

/** Something a sample person does at a moment. One person's errands run in sequence, several persons' in parallel. */
export type Errand = {
  readonly at: UtcInstant;
  readonly who: string;
  readonly run: () => Promise<void>;
};

/** The errands still to run, by moment. */
export type Agenda = {
  readonly add: (errand: Errand) => void;
  /** Drops the errands of a moment. */
  readonly skip: (at: UtcInstant) => void;
  /** Runs and removes the errands of a moment, for up to `maxParallel` persons at once. */
  readonly runAt: (at: UtcInstant, maxParallel: number) => Promise<void>;
};

const inTurn = async (errands: readonly Errand[]): Promise<void> => {
  for (const errand of errands) await errand.run();
};

export const createAgenda = (): Agenda => {
  const byMoment = new Map<UtcInstant, Errand[]>();
  return {
    add: (errand) => {
      const known = byMoment.get(errand.at);
      if (known === undefined) byMoment.set(errand.at, [errand]);
      else known.push(errand);
    },
    skip: (at) => {
      byMoment.delete(at);
    },
    runAt: async (at, maxParallel) => {
      const people = [...Map.groupBy(byMoment.get(at) ?? [], ({ who }) => who).values()];
      byMoment.delete(at);
      const worker = async (): Promise<void> => {
        for (let own = people.shift(); own !== undefined; own = people.shift()) await inTurn(own);
      };
      await Promise.all(Array.from({ length: maxParallel }, worker));
    },
  };
};
