import type { Episode } from '../../../shared/care/patient/episode.ts';
import type { TouchpointId } from '../../../shared/protocol/plans.ts';

/**
 * Returns the episode with the delivery noted, or undefined when there is nothing to note: an earlier email of the
 * touchpoint was delivered, or its reservation was taken back.
 */
export const withDelivery = (episode: Episode, touchpoint: TouchpointId): Episode | undefined => {
  const state = episode.touchpoints[touchpoint];
  if (state === undefined || state.emails === 0 || state.delivered === true) return undefined;
  const touchpoints = { ...episode.touchpoints, [touchpoint]: { ...state, delivered: true } };
  return { ...episode, touchpoints, revision: episode.revision + 1 };
};
