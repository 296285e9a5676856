import { describe, expect, it } from 'vitest';
import { patientId } from '../../../../shared/care/patient/ids.ts';
import { checkDriftWith } from '../../../../shared/counting/check-drift.ts';
import { countPatientsWith } from '../../../../shared/counting/count-patients.ts';
import type { LocalDate } from '../../../../shared/platform/time.ts';
import { type MessagesLab, messagesLab } from '../../../support/labs/messages-lab.ts';

type Step = (lab: MessagesLab) => Promise<unknown>;

const day = 24 * 3600;

/** Treated on 18 May, with care advice that evening and the survey of two weeks answered on 2 June. */
const answeredPatient = async (first: Parameters<MessagesLab['post']>[1] = {}) => {
  const lab = messagesLab('2026-05-18T22:30:00Z');
  await lab.post('x', first, { reportedAt: '2026-05-18T20:00:00Z' });
  await lab.sweep();
  lab.clinic.pass(14 * day);
  const token = await lab.sweep();
  await lab.clinic.answer(token, { condition: 'better', improvementPercent: 60 });
  const [episode] = (await lab.record()).episodes;
  if (episode === undefined) throw new Error('Nothing was enrolled.');
  return { lab, token, episodeId: episode.episodeId };
};

const correction =
  (said: Parameters<MessagesLab['post']>[1], fields = {}): Step =>
  (lab) =>
    lab.post('x', said, { eventId: 'e-2', reportedAt: '2026-06-02T10:00:00Z', ...fields });

/** What is counted: the month, scope and timepoint of each cell with the patients and answers in it. */
const counted = async (lab: MessagesLab, ...ids: readonly string[]) => {
  await countPatientsWith({ counting: lab.clinic.stores.counting })(['ana', ...ids].map(patientId));
  const { differingCells, uncounted } = await checkDriftWith({
    countingScan: lab.clinic.stores.countingScan,
    cells: lab.clinic.stores.cells,
  })();
  expect([differingCells, uncounted]).toEqual([[], 0]);
  const cells = await lab.clinic.stores.cells.cells('overall');
  return cells.flatMap(({ month, timepoint, counts }) =>
    timepoint === 'enrolled' && (counts.eligible ?? 0) > 0
      ? [`${month}: ${counts.eligible} treated`]
      : (counts.counted ?? 0) > 0
        ? [`${month} ${timepoint}: ${counts.counted} answered`]
        : [],
  );
};

const places = async (lab: MessagesLab, id = 'ana') =>
  (await lab.record(id)).episodes
    .filter(({ status }) => status !== 'cancelled')
    .map(({ serviceDate, family, sources }) => `${serviceDate} ${family} ${sources.toSorted().join('+')}`);

const facet = { codes: [{ system: 'LOCAL', code: 'facet-joint-injection' }] };

describe('a corrected record', () => {
  it.each<readonly [string, Step, string, string]>([
    [
      'its date by a day',
      correction({ performedAt: '2026-05-19' }),
      '2026-05-19 epidural-steroid-injection x',
      '2026-05',
    ],
    [
      'its date by a day back',
      correction({ performedAt: '2026-05-17' }),
      '2026-05-17 epidural-steroid-injection x',
      '2026-05',
    ],
    [
      'its date into another month',
      correction({ performedAt: '2026-04-30' }),
      '2026-04-30 epidural-steroid-injection x',
      '2026-04',
    ],
    [
      'its date by a year',
      correction({ performedAt: '2025-05-18' }),
      '2025-05-18 epidural-steroid-injection x',
      '2025-05',
    ],
    ['its family', correction(facet), '2026-05-18 facet-joint-injection x', '2026-05'],
    [
      'its date and its family',
      correction({ ...facet, performedAt: '2026-05-16' }),
      '2026-05-16 facet-joint-injection x',
      '2026-05',
    ],
    [
      'its date in FHIR',
      (lab) =>
        lab.fhir({
          performedDateTime: '2026-05-19',
          meta: { versionId: '2', lastUpdated: '2026-06-01T10:00:00Z' },
        }),
      '2026-05-19 epidural-steroid-injection x',
      '2026-05',
    ],
    [
      'its date in a file',
      (lab) => lab.csv({ performed: '2026-05-19', reported_at: '2026-06-01T10:00:00Z' }),
      '2026-05-19 epidural-steroid-injection x',
      '2026-05',
    ],
    [
      'its date on the bus',
      (lab) => lab.bus('2026-06-01T10:00:00Z', 'x', { performedAt: '2026-05-19' }, { eventId: 'e-2' }),
      '2026-05-19 epidural-steroid-injection x',
      '2026-05',
    ],
  ])('in %s keeps its episode, its answers and its link', async (_, correct, place, month) => {
    const { lab, token, episodeId } = await answeredPatient();
    expect(await counted(lab)).toEqual(['2026-05 2w: 1 answered', '2026-05: 1 treated']);
    expect(await correct(lab)).toMatchObject({ outcome: 'corrected' });
    expect(await places(lab)).toEqual([place]);
    const { episodes, responses } = await lab.record();
    expect(episodes.map((episode) => episode.episodeId)).toEqual([episodeId]);
    expect(responses).toMatchObject([{ episodeId, timepoint: '2w' }]);
    expect(await counted(lab)).toEqual([`${month} 2w: 1 answered`, `${month}: 1 treated`]);
    expect(await lab.clinic.answer(token, { condition: 'better', improvementPercent: 60 })).toMatchObject({
      outcome: 'repeated',
    });
  });

  it.each<readonly [string, Step]>([
    ['date', correction({ performedAt: '2026-05-19' }, { reportedAt: '2026-05-18T23:00:00Z' })],
    ['family', correction(facet, { reportedAt: '2026-05-18T23:00:00Z' })],
    [
      'zone',
      correction(
        {},
        { reportedAt: '2026-05-18T23:00:00Z', patient: { id: 'ana', timeZone: 'Pacific/Kiritimati' } },
      ),
    ],
  ])('emails the care advice once, whatever becomes of its %s the day after', async (_, correct) => {
    const lab = messagesLab('2026-05-18T22:30:00Z');
    await lab.post('x', {}, { reportedAt: '2026-05-18T20:00:00Z' });
    await lab.sweep();
    lab.clinic.pass(day / 2);
    await correct(lab);
    for (let hours = 0; hours < 96; hours += 6) {
      lab.clinic.pass(6 * 3600);
      await lab.sweep();
    }
    expect(lab.clinic.emails).toHaveLength(1);
  });

  it.each<readonly [string, Step]>([
    [
      'the record names the zone',
      (lab) =>
        lab.post(
          'x',
          { performedAt: '2026-05-19T01:30:00Z' },
          {
            eventId: 'e-2',
            reportedAt: '2026-05-20T10:00:00Z',
            patient: { id: 'ana', timeZone: 'Asia/Tokyo' },
          },
        ),
    ],
    [
      'a message about the patient does',
      (lab) =>
        lab.contact({ reportedAt: '2026-05-20T10:00:00Z', patient: { id: 'ana', timeZone: 'Asia/Tokyo' } }),
    ],
    [
      'a FHIR Patient does',
      (lab) =>
        lab.fhirPatient({
          meta: { lastUpdated: '2026-05-20T10:00:00Z' },
          address: [
            {
              extension: [
                { url: 'http://hl7.org/fhir/StructureDefinition/timezone', valueCode: 'Asia/Tokyo' },
              ],
            },
          ],
        }),
    ],
  ])('is dated anew in the right zone once %s', async (_, correct) => {
    const lab = messagesLab();
    await lab.post('x', { performedAt: '2026-05-19T01:30:00Z' }, { reportedAt: '2026-05-18T20:00:00Z' });
    const [before] = (await lab.record()).episodes;
    expect(before?.serviceDate).toBe('2026-05-18');
    await correct(lab);
    expect((await lab.record()).episodes).toMatchObject([
      { episodeId: before?.episodeId, serviceDate: '2026-05-19', zone: 'Asia/Tokyo' },
    ]);
  });
});

describe('two records', () => {
  const other =
    (on: LocalDate, said = {}, at = '2026-05-19T20:00:00Z'): Step =>
    (lab) =>
      lab.post('y', { performedAt: on, ...said }, { eventId: `y-${at}`, reportedAt: at });

  it.each<readonly [string, readonly Step[], readonly string[]]>([
    ['of one day are one visit', [other('2026-05-18')], ['2026-05-18 epidural-steroid-injection x+y']],
    [
      'of two weeks are two',
      [other('2026-05-25')],
      ['2026-05-18 epidural-steroid-injection x', '2026-05-25 epidural-steroid-injection y'],
    ],
    [
      'of two families on one day are two',
      [other('2026-05-18', facet)],
      ['2026-05-18 epidural-steroid-injection x', '2026-05-18 facet-joint-injection y'],
    ],
    [
      'of which an add-on comes alone are one',
      [other('2026-05-18', { codes: [{ system: 'CPT', code: '64484' }] })],
      ['2026-05-18 epidural-steroid-injection x'],
    ],
    [
      'that turn out to be of one day become one',
      [other('2026-05-25'), correction({ performedAt: '2026-05-25' })],
      ['2026-05-25 epidural-steroid-injection x+y'],
    ],
    [
      'that turn out to be of two days become two',
      [other('2026-05-18'), correction({ performedAt: '2026-05-25' })],
      ['2026-05-18 epidural-steroid-injection y', '2026-05-25 epidural-steroid-injection x'],
    ],
    [
      'of one visit that are both corrected stay one',
      [
        other('2026-05-18'),
        correction({ performedAt: '2026-05-19' }),
        other('2026-05-19', {}, '2026-06-01T10:00:00Z'),
      ],
      ['2026-05-19 epidural-steroid-injection x+y'],
    ],
    [
      'of one visit, one of them retracted, leave it',
      [
        other('2026-05-18'),
        (lab) =>
          lab.post('x', { status: 'not-done' }, { eventId: 'e-4', reportedAt: '2026-06-02T10:00:00Z' }),
      ],
      ['2026-05-18 epidural-steroid-injection y'],
    ],
  ])('%s', async (_, steps, expected) => {
    const { lab, episodeId } = await answeredPatient();
    for (const step of steps) {
      lab.clinic.pass(60);
      await step(lab);
    }
    expect(await places(lab)).toEqual(expected);
    expect(await counted(lab)).toContain(`${expected[0]?.slice(0, 7)}: 1 treated`);
    const { episodes } = await lab.record();
    expect(episodes.find((episode) => episode.episodeId === episodeId)?.status).not.toBe('cancelled');
  });

  it('that become one keep the answers and the links of both', async () => {
    const { lab, episodeId } = await answeredPatient();
    await other('2026-05-25')(lab);
    lab.clinic.pass(8 * day);
    await lab.sweep();
    lab.clinic.pass(day);
    const token = await lab.sweep();
    await correction({ performedAt: '2026-05-25' })(lab);
    expect(await places(lab)).toEqual(['2026-05-25 epidural-steroid-injection x+y']);
    expect(await lab.clinic.answer(token, { condition: 'same' })).toMatchObject({
      outcome: 'stored',
      survey: { response: { episodeId, revision: 2 } },
    });
  });

  it('that become one keep the answers given to the younger', async () => {
    const { lab } = await answeredPatient();
    const early = { eventId: 'z-1', reportedAt: '2026-06-02T09:00:00Z' };
    await lab.post('z', { performedAt: '2026-05-18' }, early);
    await correction({ performedAt: '2026-06-01' })(lab);
    lab.clinic.pass(14 * day);
    const token = await lab.sweep();
    await lab.clinic.answer(token, { condition: 'same' });
    await lab.post(
      'x',
      { performedAt: '2026-05-18' },
      { eventId: 'e-8', reportedAt: '2026-06-15T10:00:00Z' },
    );
    expect(await places(lab)).toEqual(['2026-05-18 epidural-steroid-injection x+z']);
    expect(await counted(lab)).toContain('2026-05: 1 treated');
  });
});

describe('a record that moves to another patient', () => {
  const ben = { patient: { id: 'ben', email: 'ben@example.org' } };
  const moved = { eventId: 'e-2', reportedAt: '2026-06-02T10:00:00Z' };

  it.each<readonly [string, Step]>([
    ['as JSON', (lab) => lab.post('x', {}, { ...moved, ...ben })],
    ['on the bus', (lab) => lab.bus(moved.reportedAt, 'x', {}, { eventId: 'e-2', ...ben })],
    [
      'in FHIR',
      (lab) =>
        lab.fhir({
          subject: { reference: 'Patient/ben' },
          meta: { versionId: '2', lastUpdated: moved.reportedAt },
        }),
    ],
    [
      'in a file',
      (lab) => lab.csv({ patient_id: 'ben', email: 'ben@example.org', reported_at: moved.reportedAt }),
    ],
    ['with another date', (lab) => lab.post('x', { performedAt: '2026-05-20' }, { ...moved, ...ben })],
    ['with another family', (lab) => lab.post('x', facet, { ...moved, ...ben })],
  ])('%s leaves the first without it: not emailed, not counted, answers kept', async (_, move) => {
    const { lab } = await answeredPatient();
    await counted(lab);
    expect(await move(lab)).toMatchObject({ outcome: 'enrolled', reasons: ['was-of-another-patient'] });
    expect(await places(lab)).toEqual([]);
    expect(await places(lab, 'ben')).toHaveLength(1);
    const { responses, episodes } = await lab.record();
    expect(responses).toHaveLength(1);
    expect(episodes.every(({ nextDueAt }) => nextDueAt === undefined)).toBe(true);
    expect(await counted(lab, 'ben')).toEqual(['2026-05: 1 treated']);
  });

  it('leaves the first with what another record stands for', async () => {
    const { lab } = await answeredPatient();
    await lab.post('y', {}, { eventId: 'e-3', reportedAt: '2026-05-19T20:00:00Z' });
    await lab.post('x', {}, { ...moved, ...ben });
    expect(await places(lab)).toEqual(['2026-05-18 epidural-steroid-injection y']);
  });

  it('and back again is what it was, with its answers', async () => {
    const { lab, episodeId } = await answeredPatient();
    await lab.post('x', {}, { ...moved, ...ben });
    await lab.post('x', {}, { eventId: 'e-3', reportedAt: '2026-06-02T11:00:00Z' });
    expect((await lab.record()).episodes).toMatchObject([{ episodeId, status: 'active' }]);
    expect(await places(lab, 'ben')).toEqual([]);
    expect(await counted(lab, 'ben')).toEqual(['2026-05 2w: 1 answered', '2026-05: 1 treated']);
  });

  it('is not moved by an older message, though that one arrives later', async () => {
    const { lab } = await answeredPatient();
    await lab.post('x', {}, { eventId: 'e-0', reportedAt: '2026-05-18T10:00:00Z', ...ben });
    expect(await places(lab)).toHaveLength(1);
    expect(await places(lab, 'ben')).toEqual([]);
  });

  it('and is retracted there is gone for both', async () => {
    const { lab } = await answeredPatient();
    await lab.post('x', { status: 'entered-in-error' }, { ...moved, ...ben });
    expect([await places(lab), await places(lab, 'ben')]).toEqual([[], []]);
    await lab.post('x', {}, { eventId: 'e-0', reportedAt: '2026-05-18T21:00:00Z' });
    expect(await places(lab)).toEqual([]);
  });

  it('while its first patient is reported at the same moment is of one of them', async () => {
    const { lab } = await answeredPatient();
    await Promise.all([
      lab.post('x', {}, { ...moved, ...ben }),
      lab.post('x', { performedAt: '2026-05-19' }, { eventId: 'e-3', reportedAt: '2026-06-02T09:00:00Z' }),
    ]);
    expect([await places(lab), (await places(lab, 'ben')).length]).toEqual([[], 1]);
  });
});
