import type { Episode, EpisodeKey } from '../../../shared/care/patient/episode.ts';
import type { SurveyResponse } from '../../../shared/care/patient/response.ts';
import type { Cell } from '../../../shared/outcomes/cells/contribution.ts';

export const responseKey = (response: Pick<SurveyResponse, 'episodeId' | 'timepoint'>): string =>
  `${response.episodeId} ${response.timepoint}`;

export const episodeKey = ({ episodeId }: EpisodeKey): string => episodeId;

export const orderOf = ({ serviceDate, family, episodeId }: Episode): string =>
  `${serviceDate} ${family} ${episodeId}`;

/** Adds to a cell; a count that is then 0 is not there. */
export const plus = (counts: Cell['counts'], by: Cell['counts']): Cell['counts'] => {
  const sum = new Map<string, number>(Object.entries(counts));
  for (const [counter, change] of Object.entries(by)) sum.set(counter, (sum.get(counter) ?? 0) + change);
  return Object.fromEntries([...sum].filter(([, count]) => count !== 0));
};
