import { describe, expect, it } from 'vitest';
import { isRepeated } from '../../../../shared/care/intake/intake-writes.ts';
import { stopOf } from '../../../../shared/care/patient/stop-facts.ts';
import { type MessagesLab, messagesLab } from '../../../support/labs/messages-lab.ts';

type Step = (lab: MessagesLab) => Promise<unknown>;

const retract: Step = (lab) =>
  lab.post('x', { status: 'entered-in-error' }, { eventId: 'r-1', reportedAt: '2026-05-19T10:00:00Z' });

const undatedRetract: Step = (lab) => lab.post('x', { status: 'entered-in-error' }, { eventId: 'r-1' });

const newAddress: Step = (lab) =>
  lab.contact({
    eventId: 'c-9',
    reportedAt: '2026-05-19T11:00:00Z',
    patient: { id: 'ana', email: 'new@example.org' },
  });

const undatedAddress: Step = (lab) =>
  lab.contact({ eventId: 'c-9', patient: { id: 'ana', email: 'new@example.org' } });

const stop: Step = async (lab) => lab.clinic.changePreference(await lab.sweep(), 'stop');

const notMe: Step = async (lab) => lab.clinic.changePreference(await lab.sweep(), 'not-me');

const redate: Step = (lab) =>
  lab.post('x', { performedAt: '2026-05-17' }, { eventId: 'e-5', reportedAt: '2026-05-19T10:00:00Z' });

const moveToBen: Step = (lab) =>
  lab.post(
    'x',
    {},
    { eventId: 'e-6', reportedAt: '2026-05-19T10:00:00Z', patient: { id: 'ben', email: 'ben@example.org' } },
  );

const optIn: Step = (lab) => lab.contact({ eventId: 'c-2', optedOut: false });

const optOut: Step = (lab) =>
  lab.contact({ eventId: 'c-3', optedOut: true, reportedAt: '2026-05-19T11:00:00Z' });

const dated = { reportedAt: '2026-05-18T20:00:00Z' };

/** A message, what came after it, and the message once more. */
const repetitions: readonly (readonly [string, Step, readonly Step[]])[] = [
  ['a file that is imported again after a retraction', (lab) => lab.csv({}), [undatedRetract]],
  ['a file that is imported again after a new address', (lab) => lab.csv({}), [undatedAddress]],
  ['a file that is imported again after a dated correction', (lab) => lab.csv({}), [redate]],
  ['a file that is imported again after the record moved', (lab) => lab.csv({}), [moveToBen]],
  ['a file that is imported again after "this is not me"', (lab) => lab.csv({}), [notMe]],
  ['JSON posted again after a retraction', (lab) => lab.post('x'), [retract]],
  ['JSON posted again after a stop', (lab) => lab.post('x'), [stop]],
  ['JSON posted again after a new address and a stop', (lab) => lab.post('x'), [newAddress, stop]],
  ['dated JSON posted again after a retraction', (lab) => lab.post('x', {}, dated), [retract]],
  ['FHIR without meta after a retraction', (lab) => lab.fhir(), [undatedRetract]],
  ['FHIR without meta after a correction', (lab) => lab.fhir(), [redate]],
  [
    'a version of a FHIR resource',
    (lab) => lab.fhir({ meta: { versionId: '1', lastUpdated: '2026-05-18T20:00:00Z' } }),
    [redate, retract],
  ],
  [
    'a FHIR Patient without meta after a new address',
    async (lab) => {
      await lab.fhir();
      return lab.fhirPatient({ telecom: [{ system: 'email', value: 'ana@example.org' }] });
    },
    [undatedAddress],
  ],
  [
    'a wish for email without a time after a stop',
    async (lab) => {
      await lab.post('x');
      return optIn(lab);
    },
    [stop],
  ],
];

describe('a message that was taken before', () => {
  it.each(repetitions)('%s changes nothing, and the response says so', async (_, message, between) => {
    const lab = messagesLab();
    await message(lab);
    for (const step of between) await step(lab);
    const before = [await lab.record(), await lab.record('ben')];
    lab.clinic.pass(3600);
    expect(await message(lab)).toMatchObject({
      outcome: expect.stringMatching(/^already-taken$/),
    });
    expect([await lab.record(), await lab.record('ben')]).toEqual(before);
  });

  it('is known by its name on the bus, whenever it is put there again', async () => {
    const lab = messagesLab();
    await lab.bus('2026-05-18T20:00:00Z', 'x');
    await retract(lab);
    expect(await lab.bus('2026-05-20T14:00:00Z', 'x')).toEqual({ outcome: 'already-taken' });
    expect((await lab.record()).episodes).toMatchObject([{ status: 'cancelled' }]);
  });

  it('is remembered for one patient, not for all', async () => {
    const lab = messagesLab();
    await lab.post('x');
    const { messages } = await lab.record();
    const record = {
      patientId: (await lab.record('ben')).patientId,
      episodes: [],
      responses: [],
      sources: [],
    };
    expect(isRepeated(record, messages?.taken ?? [])).toBe(false);
    expect(await lab.post('y', {}, { patient: { id: 'ben' } })).toMatchObject({ outcome: 'enrolled' });
  });

  it('that started nothing may be sent again, for the clinic may know its code by then', async () => {
    const lab = messagesLab();
    const said = { codes: [{ system: 'CPT', code: '99213' }] };
    const reason = { outcome: 'ignored', reasons: ['unknown-code'] };
    expect(await lab.post('x', said)).toEqual(reason);
    expect(await lab.post('x', said)).toEqual(reason);
  });
});

const emailOf = async (lab: MessagesLab) => (await lab.record()).profile?.email;

const statusOf = async (lab: MessagesLab) => (await lab.record()).episodes.map(({ status }) => status);

const stopKindOf = async (lab: MessagesLab) => stopOf((await lab.record()).profile ?? {})?.kind;

const known: Step = (lab) => lab.post('x', {}, { ...dated });

describe('a message without a time', () => {
  it.each<readonly [string, readonly Step[], (lab: MessagesLab) => Promise<unknown>, unknown]>([
    [
      'does not undo a retraction',
      [known, retract, (lab) => lab.post('x', {}, { eventId: 'e-7' })],
      statusOf,
      ['cancelled'],
    ],
    [
      'does not undo a retraction without a time either',
      [(lab) => lab.csv({}), undatedRetract, (lab) => lab.post('x', {}, { eventId: 'e-7' })],
      statusOf,
      ['cancelled'],
    ],
    [
      'does not override a date that was told with a time',
      [known, (lab) => lab.csv({ performed: '2026-05-01' })],
      async (lab) => (await lab.record()).episodes[0]?.serviceDate,
      '2026-05-18',
    ],
    [
      'does not move a record that was told of with a time to another patient',
      [known, (lab) => lab.csv({ patient_id: 'ben', email: 'ben@example.org' })],
      statusOf,
      ['active'],
    ],
    [
      'does not replace an address that was told with a time',
      [known, newAddress, (lab) => lab.contact({ patient: { id: 'ana', email: 'third@example.org' } })],
      emailOf,
      'new@example.org',
    ],
    [
      'does not bring back an older address, in whatever message it comes',
      [
        (lab) => lab.csv({}),
        undatedAddress,
        (lab) => lab.csv({ procedure_id: 'y', performed: '2026-05-19', email: 'Ana@example.org' }),
      ],
      emailOf,
      'new@example.org',
    ],
    [
      'does not bring back an older zone',
      [
        (lab) => lab.csv({ time_zone: 'America/New_York' }),
        (lab) => lab.contact({ patient: { id: 'ana', timeZone: 'America/Denver' } }),
        (lab) => lab.csv({ procedure_id: 'y', performed: '2026-05-19', time_zone: 'America/New_York' }),
      ],
      async (lab) => (await lab.record()).profile?.zone,
      'America/Denver',
    ],
    ['does not lift a stop of the patient', [known, stop, optIn], stopKindOf, 'opted-out'],
    ['does not lift an opt-out that was told with a time', [known, optOut, optIn], stopKindOf, 'opted-out'],
    [
      'does not lift "this is not me" by an address',
      [(lab) => lab.csv({}), notMe, undatedAddress],
      stopKindOf,
      'wrong-person',
    ],
    [
      'still asks for silence',
      [known, (lab) => lab.contact({ eventId: 'c-4', optedOut: true })],
      stopKindOf,
      'opted-out',
    ],
    [
      'still gives an address where there was none',
      [(lab) => lab.post('x', {}, { patient: { id: 'ana' } }), (lab) => lab.csv({})],
      async (lab) => [await emailOf(lab), await stopKindOf(lab)],
      ['ana@example.org', undefined],
    ],
    [
      'still adds a baseline',
      [(lab) => lab.csv({}), (lab) => lab.csv({ nrs_pain: '7' })],
      async (lab) => (await lab.record()).episodes[0]?.baseline,
      { nrsPain: 7 },
    ],
  ])('%s', async (_, steps, read, expected) => {
    const lab = messagesLab();
    for (const step of steps) await step(lab);
    expect(await read(lab)).toEqual(expected);
  });

  it('is told why when it could not be placed, and may be sent again with a time', async () => {
    const lab = messagesLab();
    await known(lab);
    expect(await undatedRetract(lab)).toEqual({ outcome: 'ignored', reasons: ['not-dated'] });
    expect(await retract(lab)).toEqual({ outcome: 'retracted' });
    const correction = { performedAt: '2026-05-17' };
    await lab.post('y', {}, { ...dated, eventId: 'e-8' });
    expect(await lab.post('y', correction, { eventId: 'e-9' })).toEqual({
      outcome: 'already-known',
      reasons: ['not-dated'],
    });
    expect(
      await lab.post('y', correction, { eventId: 'e-9', reportedAt: '2026-05-19T10:00:00Z' }),
    ).toMatchObject({ outcome: 'corrected' });
  });
});

describe('a message that adds a baseline to a known procedure', () => {
  const withBaseline: Step = (lab) =>
    lab.post('x', {}, { eventId: 'b-1', reportedAt: '2026-05-18T21:00:00Z', baseline: { nrsPain: 7 } });
  const corrected: Step = (lab) =>
    lab.post('x', { performedAt: '2026-05-17' }, { eventId: 'b-2', reportedAt: '2026-05-19T10:00:00Z' });

  it.each<readonly [string, readonly Step[]]>([
    ['is taken', [known, withBaseline]],
    ['is taken when a newer report without one came before it', [known, corrected, withBaseline]],
    ['is kept by a newer report without one', [withBaseline, corrected]],
  ])('%s', async (_, steps) => {
    const lab = messagesLab();
    for (const step of steps) await step(lab);
    expect((await lab.record()).episodes).toMatchObject([{ baseline: { nrsPain: 7 } }]);
  });
});
