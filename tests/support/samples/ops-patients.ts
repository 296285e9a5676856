import type { CareWrite } from '../../../shared/care/patient/care-writes.ts';
import type { Episode } from '../../../shared/care/patient/episode.ts';
import type { PatientId } from '../../../shared/care/patient/ids.ts';
import { hashOfToken } from '../../../shared/care/patient/links.ts';
import type { Profile } from '../../../shared/care/patient/patient.ts';
import type { CareStore } from '../../../shared/care/patient/ports.ts';
import { anEpisode, aProfile, aResponse, episodeIdFor } from './builders.ts';

/** Helpers that store patients: `patient` with one episode, `fill` with an item of every kind. */
export const patientsIn = (careStore: () => CareStore) => {
  const store = (...writes: readonly CareWrite[]) => careStore().commit(writes);
  const patient = (
    patientId: PatientId,
    touchpoints: Episode['touchpoints'] = {},
    profile: Partial<Profile> = {},
  ) =>
    store(
      { kind: 'profile', item: aProfile({ patientId, ...profile }) },
      { kind: 'episode', item: anEpisode({ patientId, touchpoints }) },
    );
  const fill = async (patientId: PatientId) => {
    await patient(patientId);
    await store(
      { kind: 'response', item: aResponse({ patientId }) },
      { kind: 'notice', item: { patientId, kind: 'call-me', at: '2026-03-17T10:00:00Z' } },
      { kind: 'audit', item: { patientId, action: 'opted-out', at: '2026-03-17T10:00:00Z' } },
      {
        kind: 'link',
        item: {
          tokenHash: hashOfToken(`hash-${patientId}`),
          patientId,
          episodeId: episodeIdFor('epidural-steroid-injection', '2026-03-02'),
          family: 'epidural-steroid-injection',
          serviceDate: '2026-03-02',
          planVersion: 1,
          touchpoint: '2w',
          createdAt: '2026-03-16T14:00:00Z',
          expiresAt: '2026-09-16T14:00:00Z',
        },
      },
    );
  };
  return { store, patient, fill };
};
