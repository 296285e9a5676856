import type { Episode } from '../care/patient/episode.ts';
import type { Scope } from '../outcomes/cells/contribution.ts';
import { addOffset } from '../platform/calendar.ts';
import { familyIds } from '../protocol/families.ts';

/** Calendar months from one index episode to the next of the same patient and scope, at least. */
export const indexMonths = 12;

/** By service date; on the same day by the fixed order of families, never by who answered. */
const orderKey = ({ serviceDate, family }: Episode): string => `${serviceDate} ${familyIds.indexOf(family)}`;

/**
 * Takes a patient's episodes and a scope, gives the index episodes: the ones that stand for the patient in the
 * counts. The earliest that was not cancelled is one; after it, the first at least 12 calendar months later,
 * and so on. So somebody treated three times a year is one patient, not three.
 */
export const indexEpisodesOf = (episodes: readonly Episode[], scope: Scope): readonly Episode[] => {
  const candidates = episodes
    .filter(({ status, family }) => status !== 'cancelled' && (scope === 'overall' || scope === family))
    .sort((left, right) => (orderKey(left) < orderKey(right) ? -1 : 1));
  const chosen: Episode[] = [];
  for (const episode of candidates) {
    const last = chosen.at(-1);
    if (last === undefined || episode.serviceDate >= addOffset(last.serviceDate, { months: indexMonths })) {
      chosen.push(episode);
    }
  }
  return chosen;
};
