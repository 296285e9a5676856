import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { patientId } from '../../../../shared/care/patient/ids.ts';
import { stopOf } from '../../../../shared/care/patient/stop-facts.ts';
import { checkDriftWith } from '../../../../shared/counting/check-drift.ts';
import { countPatientsWith } from '../../../../shared/counting/count-patients.ts';
import { memoryClinic } from '../../../support/labs/memory-clinic.ts';
import { knownOf, type Told } from '../../../support/oracles/told-clinic.ts';
import { knownIn, messageOf } from '../../../support/samples/told-messages.ts';

const patients = ['ana', 'ben'] as const;

const draft = fc.record({
  kind: fc.constantFrom('done', 'done', 'done', 'taken-back', 'contact'),
  patient: fc.constantFrom('ana', 'ana', 'ana', 'ben'),
  id: fc.constantFrom('r-1', 'r-2', 'r-3'),
  family: fc.constantFrom('epidural-steroid-injection', 'epidural-steroid-injection', 'mild'),
  when: fc.constantFrom(
    { on: '2026-03-02' },
    { on: '2026-03-03' },
    { on: '2026-04-30' },
    { moment: '2026-03-03T04:30:00Z' },
  ),
  email: fc.option(fc.constantFrom('a@example.org', 'b@example.org'), { nil: undefined }),
  zone: fc.option(fc.constantFrom('America/New_York', 'Asia/Tokyo', 'Pacific/Honolulu'), { nil: undefined }),
});

type Draft = typeof draft extends fc.Arbitrary<infer T> ? T : never;

/** The time of a message is its place in the list. */
const told = (drafts: readonly Draft[]): readonly Told[] =>
  drafts.map(({ kind, patient, id, family, when, email, zone }, index) => {
    const at = `2026-05-01T10:${String(index).padStart(2, '0')}:00Z`;
    const about = {
      at,
      patient,
      ...(email === undefined || kind === 'taken-back' ? {} : { email }),
      ...(zone === undefined || kind === 'taken-back' ? {} : { zone }),
    };
    if (kind === 'contact') return about;
    return { ...about, record: kind === 'done' ? { id, done: { family, ...when } } : { id } };
  });

/** What happens between two deliveries. */
const between = fc.constantFrom('nothing', 'nothing', 'day', 'sweep', 'answer', 'stop', 'resume');

type Delivery = {
  readonly index: number;
  readonly undated: boolean;
  readonly next: typeof between extends fc.Arbitrary<infer T> ? T : never;
};

const plan = fc
  .array(draft, { minLength: 1, maxLength: 8 })
  .map(told)
  .chain((messages) =>
    fc.record({
      messages: fc.constant(messages),
      order: fc.shuffledSubarray([...messages.keys()], { minLength: messages.length }),
      again: fc.array(
        fc.record({ index: fc.nat(messages.length - 1), undated: fc.boolean(), next: between }),
        { maxLength: 6 },
      ),
      thens: fc.array(between, { minLength: messages.length, maxLength: messages.length }),
    }),
  )
  .map(({ messages, order, again, thens }) => ({
    messages,
    deliveries: [
      ...order.map((index, place): Delivery => ({ index, undated: false, next: thens[place] ?? 'nothing' })),
      ...again,
    ],
  }))
  .chain(({ messages, deliveries }) =>
    fc.record({
      messages: fc.constant(messages),
      deliveries: fc.shuffledSubarray(deliveries, { minLength: deliveries.length }),
    }),
  );

const play = async (messages: readonly Told[], deliveries: readonly Delivery[]) => {
  const clinic = memoryClinic('2026-05-02T15:00:00Z');
  const answered: string[] = [];
  for (const { index, undated, next } of deliveries) {
    const message = messages[index];
    if (message === undefined) continue;
    const sent = messageOf(message, undated ? 'undated' : 'dated');
    if (sent.kind === 'procedure') await clinic.acceptProcedure(sent.report);
    else await clinic.acceptContact(sent.report);
    const token = clinic.emails.at(-1)?.token;
    if (next === 'day') clinic.pass(24 * 3600);
    if (next === 'sweep') await clinic.sweep();
    if (token === undefined) continue;
    if (next === 'stop' || next === 'resume') await clinic.changePreference(token, next);
    if (next === 'answer' && (await clinic.answer(token, { condition: 'same' })).outcome === 'stored') {
      answered.push(token);
    }
  }
  return { clinic, answered };
};

describe('messages that come late, repeated, in any order and of any patient', () => {
  it('come to what they come to when each comes once, in the order of its own time', async () => {
    let treatments = 0;
    let moved = 0;
    await fc.assert(
      fc.asyncProperty(plan, async ({ messages, deliveries }) => {
        const { clinic, answered } = await play(messages, deliveries);
        const links = new Set(clinic.stores.links().map(({ tokenHash }) => tokenHash));
        expect(links.size).toBe(clinic.emails.length);
        for (const patient of patients) {
          const record = await clinic.store.load(patientId(patient));
          const expected = knownOf(messages, patient, 'America/New_York');
          expect(knownIn(record)).toEqual(expected);
          treatments += expected.treatments.length;
          moved += record.sources.filter(({ status }) => status === 'moved').length;
          const isStopped = record.profile !== undefined && stopOf(record.profile) !== undefined;
          const pending = record.episodes.filter(({ nextDueAt }) => nextDueAt !== undefined);
          expect(isStopped ? pending : []).toEqual([]);
        }
        const all = await Promise.all(patients.map((patient) => clinic.store.load(patientId(patient))));
        expect(all.flatMap(({ responses }) => responses).length).toBeGreaterThanOrEqual(
          answered.length > 0 ? 1 : 0,
        );
        await countPatientsWith({ counting: clinic.stores.counting })(patients.map(patientId));
        const drift = await checkDriftWith({
          countingScan: clinic.stores.countingScan,
          cells: clinic.stores.cells,
        })();
        expect([drift.differingCells, drift.uncounted]).toEqual([[], 0]);
      }),
      { numRuns: 300 },
    );
    expect(treatments).toBeGreaterThan(200);
    expect(moved).toBeGreaterThan(30);
  });
});
