import { expect, it } from 'vitest';
import { createHandler as createEnroll } from '../../../functions/enroll-episode/create-handler.ts';
import { createHandler as createReceiver } from '../../../functions/receive-procedure/create-handler.ts';
import { createHandler as createRecord } from '../../../functions/record-email-event/create-handler.ts';
import { createHandler as createCount } from '../../../functions/roll-up-responses/create-handler.ts';
import { createHandler as createPages } from '../../../functions/serve-survey/create-handler.ts';
import { patientId } from '../../../shared/care/patient/ids.ts';
import { hashOfToken } from '../../../shared/care/patient/links.ts';
import { compareCountsWith } from '../../../shared/counting/check-drift.ts';
import { erasePatientWith } from '../../../shared/operations/erase-patient.ts';
import {
  busEvent,
  context as oneContext,
  pageEvent,
  sesEvent,
  startFunctionLab,
  streamBatch,
} from '../../support/labs/function-lab.ts';
import { sharedLab } from '../../support/labs/shared-lab.ts';
import { episodeIdFor } from '../../support/samples/builders.ts';
import { clinicOfThree } from '../../support/samples/clinic-of-three.ts';
import { request } from '../receive-procedure/harness.ts';

const lab = sharedLab(startFunctionLab);

/** Ten in the usual run: `ROUNDS=100` plays as many as were played when this was written. */
const rounds = Array.from({ length: Number(process.env['ROUNDS'] ?? 10) }, (_, round) => round + 1);

const context = { ...oneContext, getRemainingTimeInMillis: () => 60_000 };

const token = 'token-of-a-survey-that-is-open';

/** The survey that is open in September, and its link. */
const invite = (clinic: Awaited<ReturnType<typeof clinicOfThree>>) =>
  clinic.world.store.commit([
    {
      kind: 'link',
      item: {
        tokenHash: hashOfToken(token),
        patientId: patientId('p-1'),
        episodeId: episodeIdFor('epidural-steroid-injection', '2026-03-02'),
        family: 'epidural-steroid-injection',
        serviceDate: '2026-03-02',
        planVersion: 1,
        touchpoint: '6m',
        createdAt: '2026-08-31T14:00:00Z',
        expiresAt: '2026-12-16T14:00:00Z',
      },
    },
  ]);

/** Leaves nothing out of what can be written about a patient: each call of a writer is another write. */
const writersOf = async (clinic: Awaited<ReturnType<typeof clinicOfThree>>) => {
  const { environment, runtime } = clinic.world;
  const enroll = createEnroll(environment, runtime);
  const receive = createReceiver(environment, runtime);
  const record = createRecord(environment, runtime);
  const count = createCount(environment, runtime);
  const pages = createPages(environment, runtime);
  const page = (path: string, form: Readonly<Record<string, string>>) =>
    pages(pageEvent(`/${path}/${token}`, { form }), context);
  let turn = 0;
  return [
    () => page('s', { draft: '1', condition: 'better', improvementPercent: String(1 + (turn++ % 90)) }),
    () => page('s', { condition: 'better', improvementPercent: String(1 + (turn++ % 90)), signs: 'yes' }),
    () => page('h', { action: 'call-me', sure: 'yes' }),
    () => page('u', { action: turn++ % 2 === 0 ? 'stop' : 'resume', sure: 'yes' }),
    () =>
      enroll(
        busEvent({
          eventId: `race-${turn++}`,
          procedure: {
            id: `race-${turn}`,
            codes: [{ system: 'LOCAL', code: 'mild' }],
            performedAt: `2026-0${1 + (turn % 8)}-11`,
          },
        }),
        context,
      ),
    () =>
      receive(
        request(
          '/contacts',
          JSON.stringify({
            version: 1,
            eventId: `race-${turn++}`,
            patient: { id: 'p-1', email: `maria-${turn}@example.com` },
          }),
        ),
        context,
      ),
    () => record(sesEvent('Delivery', hashOfToken(token), { delivery: {} }), context),
    () => count(streamBatch([{ pk: 'PATIENT#p-1', sk: 'PROFILE' }]), context),
  ];
};

it.each(rounds)(
  'an erasure leaves nothing, whatever is written meanwhile: round %i',
  async () => {
    const clinic = await clinicOfThree(lab());
    await invite(clinic);
    const writers = await writersOf(clinic);
    for (const write of writers) await write();
    const kinds = (await clinic.partition(patientId('p-1'))).map(({ sk }) => String(sk).split('#')[0]);
    expect(kinds).toEqual(
      expect.arrayContaining(['DRAFT', 'EPISODE', 'NOTICE', 'PROFILE', 'RESPONSE', 'SOURCE']),
    );
    let isOver = false;
    const loops = writers.map(async (write) => {
      while (!isOver) await write().catch(() => undefined);
      await write().catch(() => undefined);
    });
    const erased = await erasePatientWith(clinic.parts)(patientId('p-1'));
    isOver = true;
    await Promise.all(loops);
    expect(erased.outcome).toBe('erased');
    expect(await clinic.partition(patientId('p-1'))).toEqual([]);
    expect(await clinic.everywhere('p-1')).toEqual([]);
    const { countingScan, cells, residue } = clinic;
    expect((await compareCountsWith({ countingScan, cells, residue })()).differences).toEqual([]);
  },
  60_000,
);
