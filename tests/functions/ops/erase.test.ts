import { beforeEach, describe, expect, it } from 'vitest';
import { createHandler as createEnroll } from '../../../functions/enroll-episode/create-handler.ts';
import { createHandler as createReceiver } from '../../../functions/receive-procedure/create-handler.ts';
import { createHandler as createCount } from '../../../functions/roll-up-responses/create-handler.ts';
import { patientId } from '../../../shared/care/patient/ids.ts';
import { hashOfToken } from '../../../shared/care/patient/links.ts';
import { compareCountsWith, recount, storedCells } from '../../../shared/counting/check-drift.ts';
import { digestOf } from '../../../shared/platform/digest.ts';
import { busEvent, context, startFunctionLab, streamBatch } from '../../support/labs/function-lab.ts';
import { sharedLab } from '../../support/labs/shared-lab.ts';
import { anEpisode } from '../../support/samples/builders.ts';
import { type Clinic, clinicOfThree } from '../../support/samples/clinic-of-three.ts';
import { procedure } from '../../unit/care/intake/formats/samples.ts';
import { request } from '../receive-procedure/harness.ts';

const lab = sharedLab(startFunctionLab);
let clinic: Clinic;
beforeEach(async () => {
  clinic = await clinicOfThree(lab());
});

describe('erasing a patient', () => {
  it('removes the partition and the links, and keeps the counts byte for byte', async () => {
    const before = digestOf(await storedCells(clinic.cells));
    expect(await clinic.erase(patientId('p-1'))).toEqual({
      outcome: 'erased',
      at: '2026-09-01T12:00:00Z',
      items: 6,
      links: 2,
    });
    expect(await clinic.partition(patientId('p-1'))).toEqual([]);
    expect(await clinic.everywhere('p-1')).toEqual([]);
    expect(await clinic.everywhere('maria')).toHaveLength(2);
    expect(await clinic.world.store.findLink(hashOfToken('hash-p-1-1'))).toBeUndefined();
    expect(await clinic.world.store.findLink(hashOfToken('hash-p-2-1'))).toBeDefined();
    expect(digestOf(await storedCells(clinic.cells))).toBe(before);
    expect(digestOf((await recount(clinic.countingScan, clinic.residue)).cells)).toBe(before);
    expect(await clinic.compare()).toEqual({ patients: 2, uncounted: [], differences: [] });
  });

  it('makes a recount without the residue differ', async () => {
    await clinic.erase(patientId('p-1'));
    expect(
      (await compareCountsWith({ countingScan: clinic.countingScan, cells: clinic.cells })()).differences,
    ).not.toEqual([]);
  });

  it('leaves only a hash, an audit entry and the residue', async () => {
    const before = await clinic.world.everything();
    await clinic.erase(patientId('p-1'));
    const kinds = (await clinic.world.everything())
      .filter((item) => !before.some(({ pk, sk }) => pk === item['pk'] && sk === item['sk']))
      .map(({ pk }) => String(pk).replace(/#.*/, ''));
    expect(new Set(kinds)).toEqual(new Set(['AUDIT', 'ERASED', 'RESIDUE']));
    expect(kinds.filter((kind) => kind === 'AUDIT')).toHaveLength(1);
  });

  it('changes nothing when run again later', async () => {
    await clinic.erase(patientId('p-1'));
    const before = await clinic.world.everything();
    clinic.world.at('2026-10-01T12:00:00Z');
    expect(await clinic.erase(patientId('p-1'))).toMatchObject({ outcome: 'erased', items: 0, links: 0 });
    expect(await clinic.world.everything()).toEqual(before);
  });

  it('reports an unknown patient and writes nothing', async () => {
    const before = await clinic.world.everything();
    expect(await clinic.erase(patientId('nobody'))).toEqual({ outcome: 'not-found' });
    expect(await clinic.world.everything()).toEqual(before);
  });

  it('first counts what is not counted yet', async () => {
    await clinic.storePatient(patientId('p-4'));
    await clinic.erase(patientId('p-4'));
    expect(await clinic.compare()).toEqual({ patients: 3, uncounted: [], differences: [] });
    const answered = (await clinic.cells.cells('overall')).find(({ timepoint }) => timepoint === '2w');
    expect(answered?.counts.answered).toBe(4);
  });

  it('is not undone by late stream records', async () => {
    const before = digestOf(await storedCells(clinic.cells));
    await clinic.erase(patientId('p-1'));
    const keys = ['PROFILE', 'EPISODE#2026-03-02#epidural-steroid-injection'].map((sk) => ({
      pk: 'PATIENT#p-1',
      sk,
    }));
    await createCount(clinic.world.environment, clinic.world.runtime)(streamBatch(keys), context);
    expect(digestOf(await storedCells(clinic.cells))).toBe(before);
    expect(await clinic.partition(patientId('p-1'))).toEqual([]);
  });

  it('holds when the source reports the patient again', async () => {
    await clinic.erase(patientId('p-1'));
    const before = await clinic.world.everything();
    const enroll = createEnroll(clinic.world.environment, clinic.world.runtime);
    expect(await enroll(busEvent(), context)).toEqual({ outcome: 'ignored', reasons: ['erased'] });
    const contact = { version: 1, eventId: 'c-1', patient: { id: 'p-1', email: 'maria@example.com' } };
    const { procedure: _, ...event } = busEvent(contact, 'Contact Changed').detail;
    expect(await enroll({ ...busEvent({}, 'Contact Changed'), detail: event }, context)).toEqual({
      outcome: 'ignored',
    });
    expect(await clinic.world.everything()).toEqual(before);
  });

  it('holds when FHIR reports a procedure that starts nothing', async () => {
    await clinic.erase(patientId('p-1'));
    const before = await clinic.world.everything();
    const receive = createReceiver(clinic.world.environment, clinic.world.runtime);
    const report = (id: string) => {
      const { contained: _, ...planned } = { ...procedure, status: 'preparation' };
      const body = JSON.stringify({ ...planned, subject: { reference: `Patient/${id}` } });
      return receive(request('/fhir/Procedure', body, { 'content-type': 'application/fhir+json' }), context);
    };
    expect(await report('p-1')).toMatchObject({ statusCode: 200 });
    expect(await clinic.world.everything()).toEqual(before);
    await report('p-2');
    // The reason that it starts nothing, and the note that keeps older news of it from starting something.
    expect(await clinic.world.everything()).toHaveLength(before.length + 2);
  });

  it('works for a record too large for one transaction', async () => {
    const episodes = Array.from({ length: 12 }, (_, year) =>
      anEpisode({
        patientId: patientId('p-9'),
        serviceDate: `${2010 + year}-03-02`,
        touchpoints: Object.fromEntries(
          (['2w', '1m', '3m', '6m', '12m'] as const).map((id) => [
            id,
            { status: 'emailed' as const, emails: 1, firstEmailOn: '2026-03-16' },
          ]),
        ),
      }),
    );
    await clinic.storePatient(patientId('p-9'), episodes);
    await clinic.count(patientId('p-9'));
    const before = digestOf(await storedCells(clinic.cells));
    await clinic.erase(patientId('p-9'));
    expect(digestOf(await storedCells(clinic.cells))).toBe(before);
    expect((await clinic.compare()).differences).toEqual([]);
  });
});
