import { revised } from '../../../shared/care/patient/commit-change.ts';
import type { Episode } from '../../../shared/care/patient/episode.ts';
import { evolveTouchpoint, stateOf } from '../../../shared/care/patient/transitions.ts';
import type { TouchpointId } from '../../../shared/protocol/plans.ts';

/**
 * Returns the episode with the delivery noted, or undefined when there is nothing to note: an earlier email of the
 * touchpoint was delivered, or its reservation was taken back.
 */
export const withDelivery = (episode: Episode, touchpoint: TouchpointId): Episode | undefined => {
  const { emails, delivered: isNoted } = stateOf(episode, touchpoint);
  if (emails === 0 || isNoted === true) return undefined;
  const delivered = evolveTouchpoint(episode, touchpoint, { kind: 'delivered' });
  return delivered === undefined ? undefined : revised(delivered);
};
