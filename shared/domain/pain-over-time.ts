import type { Survey } from './answering.ts';
import { type Timepoint, timepoints } from './time.ts';

/** One patient's pain at one time: 0 (none) to 10. `before`: the baseline of the procedure. */
export type PainPoint = { readonly at: 'before' | Timepoint; readonly value: number };

/** Takes a survey with the other answers of its episode, gives the pain that was reported, in order of time. */
export const painOverTime = ({ episode, response, others = [] }: Survey): readonly PainPoint[] => {
  const all = response === undefined ? others : [...others, response];
  const before = episode.baseline?.nrsPain;
  return [
    ...(before === undefined ? [] : [{ at: 'before', value: before } as const]),
    ...timepoints.flatMap((at) => {
      const value = all.find(({ timepoint }) => timepoint === at)?.answers.nrsPain;
      return value === undefined ? [] : [{ at, value }];
    }),
  ];
};
