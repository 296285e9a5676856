import type { Episode } from '../care/patient/episode.ts';
import type { Scope } from '../outcomes/cells/contribution.ts';
import { addOffset } from '../platform/calendar.ts';
import { familyIds } from '../protocol/families.ts';

/** Minimum number of calendar months between two index episodes of the same patient and scope. */
export const minIndexMonths = 12;

/** Sorts by service date; on the same day by the fixed order of families, never by who answered. */
const orderKey = ({ serviceDate, family }: Episode): string => `${serviceDate} ${familyIds.indexOf(family)}`;

/**
 * Returns a patient's index episodes in a scope: the ones that represent the patient in the counts. The earliest
 * episode not cancelled is one; then the first at least 12 calendar months later, and so on. A patient treated
 * three times a year is one patient, not three.
 */
export const indexEpisodesOf = (episodes: readonly Episode[], scope: Scope): readonly Episode[] => {
  const candidates = episodes
    .filter(({ status, family }) => status !== 'cancelled' && (scope === 'overall' || scope === family))
    .sort((left, right) => (orderKey(left) < orderKey(right) ? -1 : 1));
  const chosen: Episode[] = [];
  for (const episode of candidates) {
    const last = chosen.at(-1);
    if (
      last === undefined ||
      episode.serviceDate >= addOffset(last.serviceDate, { months: minIndexMonths })
    ) {
      chosen.push(episode);
    }
  }
  return chosen;
};
