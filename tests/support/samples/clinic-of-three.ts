import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Episode } from '../../../shared/care/patient/episode.ts';
import { type PatientId, patientId, sourceId, sourceTimeOf } from '../../../shared/care/patient/ids.ts';
import { hashOfToken } from '../../../shared/care/patient/links.ts';
import type { Link } from '../../../shared/care/patient/patient.ts';
import { countingScanOn, countingStoreOn } from '../../../shared/counting/aws/counting-store.ts';
import { compareCountsWith } from '../../../shared/counting/check-drift.ts';
import { countPatientsWith } from '../../../shared/counting/count-patients.ts';
import { erasureStoreOn } from '../../../shared/operations/aws/erasure-store.ts';
import { erasePatientWith } from '../../../shared/operations/erase-patient.ts';
import { cellStoreOn, residueStoreOn } from '../../../shared/outcomes/cells/aws/cell-store.ts';
import type { FunctionLab, World } from '../labs/function-lab.ts';
import { anEpisode, aProfile, aResponse, episodeIdFor } from './builders.ts';

const link = (patientId: PatientId, number: number): Link => ({
  tokenHash: hashOfToken(`hash-${patientId}-${number}`),
  patientId,
  episodeId: episodeIdFor('epidural-steroid-injection', '2026-03-02'),
  family: 'epidural-steroid-injection',
  serviceDate: '2026-03-02',
  planVersion: 1,
  touchpoint: '2w',
  createdAt: '2026-03-16T14:00:00Z',
  expiresAt: '2026-09-16T14:00:00Z',
});

const storePatientIn =
  (world: World) =>
  async (patientId: PatientId, episodes: readonly Episode[] = [anEpisode({ patientId })]): Promise<void> => {
    await world.store.commit([
      { kind: 'profile', item: aProfile({ patientId }) },
      ...episodes.map((item) => ({ kind: 'episode' as const, item })),
      { kind: 'response', item: aResponse({ patientId }) },
      {
        kind: 'source',
        item: {
          patientId,
          sourceId: sourceId('s-1'),
          revision: 1,
          status: 'completed',
          reportedAt: sourceTimeOf('2026-03-02T20:00:00Z'),
          eventId: 'e-1',
        },
      },
      { kind: 'notice', item: { patientId, kind: 'call-me', at: '2026-03-17T10:00:00Z' } },
      {
        kind: 'ignored',
        item: { patientId, sourceId: sourceId('s-2'), at: '2026-03-18T10:00:00Z', reason: 'unknown-code' },
      },
    ]);
    for (const number of [1, 2]) await world.store.commit([{ kind: 'link', item: link(patientId, number) }]);
  };

const clinicOn = (world: World) => {
  const { document, tables, store, runtime } = world;
  const parts = {
    store,
    counting: countingStoreOn(document, tables),
    erasure: erasureStoreOn(document, tables),
    clock: runtime.clock,
  };
  const cells = cellStoreOn(document, tables.outcomes);
  const residue = residueStoreOn(document, tables.outcomes);
  const countingScan = countingScanOn(document, tables.care, parts.counting);
  return {
    world,
    parts,
    cells,
    residue,
    countingScan,
    compare: compareCountsWith({ countingScan, cells, residue }),
    erase: erasePatientWith(parts),
    count: (...patientIds: readonly PatientId[]) => countPatientsWith(parts)(patientIds),
    storePatient: storePatientIn(world),
    partition: async (patientId: PatientId) =>
      (
        await document.send(
          new QueryCommand({
            TableName: tables.care,
            KeyConditionExpression: 'pk = :pk',
            ExpressionAttributeValues: { ':pk': `PATIENT#${patientId}` },
          }),
        )
      ).Items ?? [],
    everywhere: async (text: string) =>
      (await world.everything()).filter((item) => JSON.stringify(item).includes(text)),
  };
};

/** Tables with patients, and the use cases that erase, count and inspect them. */
export type Clinic = ReturnType<typeof clinicOn>;

/** Creates a clinic in September with three patients, `p-1` to `p-3`, all stored and counted. */
export const clinicOfThree = async (lab: FunctionLab): Promise<Clinic> => {
  const clinic = clinicOn(await lab.fresh('2026-09-01T12:00:00Z'));
  const patients = ['p-1', 'p-2', 'p-3'].map(patientId);
  for (const patient of patients) await clinic.storePatient(patient);
  await clinic.count(...patients);
  return clinic;
};
