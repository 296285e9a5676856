import type { UtcInstant } from '../../../shared/platform/time.ts';

/** Something a made-up person does at a moment. Things of one person are done in turn, of several at once. */
export type Errand = {
  readonly at: UtcInstant;
  readonly who: string;
  readonly run: () => Promise<void>;
};

/** What is still to be done, by moment. */
export type Agenda = {
  readonly add: (errand: Errand) => void;
  /** Takes out everything of that moment and does nothing about it. */
  readonly skip: (at: UtcInstant) => void;
  /** Takes out everything of that moment and does it, so many persons at once. */
  readonly runAt: (at: UtcInstant, parallel: number) => Promise<void>;
};

const inTurn = async (errands: readonly Errand[]): Promise<void> => {
  for (const errand of errands) await errand.run();
};

/** Makes an empty agenda. */
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
    runAt: async (at, parallel) => {
      const people = [...Map.groupBy(byMoment.get(at) ?? [], ({ who }) => who).values()];
      byMoment.delete(at);
      const worker = async (): Promise<void> => {
        for (let own = people.shift(); own !== undefined; own = people.shift()) await inTurn(own);
      };
      await Promise.all(Array.from({ length: parallel }, worker));
    },
  };
};
