import { type HashedId, hashedId } from '../../platform/logging/hashed-id.ts';
import type { EpisodeKey } from './episode.ts';

/** Returns how a log line names a patient and an episode: by hashes, the patient's as in the audit trail. */
export const logSubjectOf = ({
  patientId,
  episodeId,
}: EpisodeKey): { readonly patient: HashedId; readonly episode: HashedId } => ({
  patient: hashedId(patientId),
  episode: hashedId(`${patientId} ${episodeId}`),
});
