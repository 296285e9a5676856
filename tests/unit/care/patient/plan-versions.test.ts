import { afterAll, describe, expect, it, vi } from 'vitest';
import { type PatientId, patientId, sourceId } from '../../../../shared/care/patient/ids.ts';
import { isWindowOpen } from '../../../../shared/care/patient/planned-emails.ts';
import { type Call, callsFor } from '../../../../shared/care/staff/worklist.ts';
import { checkDriftWith, storedCells } from '../../../../shared/counting/check-drift.ts';
import { countPatientsWith } from '../../../../shared/counting/count-patients.ts';
import { dueShardCount } from '../../../../shared/platform/tables.ts';
import type { LocalDate } from '../../../../shared/platform/time.ts';
import type { FamilyId } from '../../../../shared/protocol/families.ts';
import type { Answers } from '../../../../shared/protocol/instrument.ts';
import type * as Plans from '../../../../shared/protocol/plans.ts';
import { planOf, touchpointOf } from '../../../../shared/protocol/plans.ts';
import { memoryClinic } from '../../../support/labs/memory-clinic.ts';
import { aReport, codeFor } from '../../../support/samples/builders.ts';

/** The family whose plan gets a second version, and whether it has it by now. */
const { family, clinicHas } = vi.hoisted(() => {
  // The files of a worker share their modules: this one loads its own, and so does the next one after it.
  vi.resetModules();
  return { family: 'facet-joint-injection' as const, clinicHas: { versionTwo: false } };
});

afterAll(() => {
  vi.doUnmock('../../../../shared/protocol/plans.ts');
  vi.resetModules();
});

/**
 * The product has one version of each plan. Here one gets a second, in which the window at six months stays open until
 * day 300 instead of day 225. The use cases are the real ones and look plans up by themselves, so the table is exchanged
 * under them.
 */
vi.mock('../../../../shared/protocol/plans.ts', async (importOriginal) => {
  const actual = await importOriginal<typeof Plans>();
  const [first = []] = actual.planVersions[family];
  const second = first.map((touchpoint) =>
    touchpoint.id === '6m' ? { ...touchpoint, window: { opensDay: 150, closesDay: 300 } } : touchpoint,
  );
  const both = actual.plansIn({ ...actual.planVersions, [family]: [first, second] });
  const inForce = () => (clinicHas.versionTwo ? both : actual);
  return {
    ...actual,
    planOf: (...of: Parameters<typeof actual.planOf>) => inForce().planOf(...of),
    currentPlanOf: (of: FamilyId) => inForce().currentPlanOf(of),
    allPlansOf: (of: FamilyId) => inForce().allPlansOf(of),
  } satisfies typeof Plans;
});

const daySeconds = 24 * 60 * 60;

const newClinic = () => {
  clinicHas.versionTwo = false;
  const clinic = memoryClinic('2026-03-02T20:00:00Z');
  const enroll = (id: PatientId, day: LocalDate) =>
    clinic.acceptProcedure(
      aReport({
        sourceId: sourceId(`s-${id}`),
        eventId: `e-${id}`,
        patient: { patientId: id, email: `${id}@example.com` },
        codes: [codeFor(family)],
        performed: { kind: 'date', on: day },
      }),
    );
  const tokensOf = async (id: PatientId): Promise<ReadonlyMap<string, string>> => {
    const found = new Map<string, string>();
    for (const { sendId, token } of clinic.emails) {
      const link = clinic.stores.links().find(({ tokenHash }) => tokenHash === sendId);
      if (link?.patientId === id) found.set(link.touchpoint, token);
    }
    return found;
  };
  return { ...clinic, enroll, tokensOf };
};

const answering = patientId('answers');
const late = patientId('late');
const silent = patientId('silent');
const drafting = patientId('drafts');
const skipping = patientId('skips');
const patients = [answering, late, silent, drafting, skipping];

const better = { condition: 'better', improvementPercent: 80, nrsPain: 2 } as const;

/**
 * A year and a half of five patients under version 1, looked at every ten days. `changesOn` is the day on which the
 * clinic gets version 2.
 */
const year = async (changesOn: number | undefined) => {
  const clinic = newClinic();
  const numbers: unknown[] = [];
  for (const id of patients) await clinic.enroll(id, '2026-03-02');
  for (let day = 0; day <= 480; day += 1) {
    if (day === changesOn) clinicHas.versionTwo = true;
    // Between day 150 and day 240 the emails of one patient are not sent: the survey at six months is skipped.
    await clinic.sweep(async ({ to }) =>
      to.startsWith('skips') && day > 150 && day < 290
        ? { outcome: 'refused', scope: 'all-for-now', reason: 'Throttling' }
        : { outcome: 'accepted', messageId: 'm' },
    );
    const results: unknown[] = [];
    const answer = async (id: PatientId, touchpoint: string, answers: Answers = better): Promise<void> => {
      const token = (await clinic.tokensOf(id)).get(touchpoint) ?? '';
      results.push((await clinic.answer(token, answers)).outcome);
    };
    if (day === 20) await answer(answering, '2w');
    if (day === 200) await answer(answering, '6m');
    // After the window of version 1 and before the end of that of version 2: kept, not counted.
    if (day === 240) await answer(late, '6m');
    if (day === 240) await answer(answering, '6m', { condition: 'worse' });
    if (day === 270 || day === 310) {
      const token = (await clinic.tokensOf(drafting)).get('6m') ?? '';
      const draft = { values: { condition: 'same' }, assisted: false };
      results.push((await clinic.saveDraft(token, draft)).outcome);
    }
    if (day % 10 === 0 || results.length > 0) {
      const calls: Call[] = [];
      for await (const record of clinic.stores.scan.patients()) calls.push(...callsFor(record, clinic.now()));
      await countPatientsWith({ counting: clinic.stores.counting })(patients);
      const due = await Promise.all(
        Array.from({ length: dueShardCount }, (_, shard) =>
          clinic.store.due(shard, '9999-12-31T00:00:00Z', 100),
        ),
      );
      const records = await Promise.all(patients.map((id) => clinic.store.load(id)));
      numbers.push({
        day,
        results,
        calls,
        due,
        cells: await storedCells(clinic.stores.cells),
        episodes: records.flatMap(({ episodes }) => episodes),
        responses: records.flatMap(({ responses }) => responses),
      });
    }
    clinic.pass(daySeconds);
  }
  const { stores } = clinic;
  const drift = await checkDriftWith({ countingScan: stores.countingScan, cells: stores.cells })();
  return { clinic, numbers, drift };
};

describe('a clinic that gets a second version of its plan', () => {
  it('goes on with every episode under way as before, in every number', async () => {
    const unchanged = await year(undefined);
    for (const changesOn of [1, 100, 230]) {
      const changed = await year(changesOn);
      expect(changed.numbers).toEqual(unchanged.numbers);
      expect(changed.drift).toEqual({ patients: 5, uncounted: 0, differingCells: [] });
    }
    // What version 2 would have changed did happen: a late answer, refused drafts, a survey that was skipped.
    expect(unchanged.numbers).toContainEqual(
      expect.objectContaining({ day: 240, results: ['stored', 'closed'] }),
    );
    expect(unchanged.numbers).toContainEqual(expect.objectContaining({ day: 270, results: ['closed'] }));
    const [record] = (await unchanged.clinic.store.load(late)).responses;
    expect(record).toMatchObject({ timepoint: '6m', inWindow: false });
    const [episode] = (await unchanged.clinic.store.load(skipping)).episodes;
    expect(episode?.touchpoints['6m']).toMatchObject({ status: 'skipped' });
  }, 60_000);

  it('gives the second version to a new episode, and to no other', async () => {
    const clinic = newClinic();
    await clinic.enroll(answering, '2026-03-02');
    clinicHas.versionTwo = true;
    await clinic.enroll(late, '2026-03-02');
    const [before] = (await clinic.store.load(answering)).episodes;
    const [after] = (await clinic.store.load(late)).episodes;
    expect([before?.planVersion, after?.planVersion]).toEqual([1, 2]);
    const isOpen = (episode: typeof before): boolean | undefined => {
      if (episode === undefined) return undefined;
      const sixMonths = touchpointOf(planOf(family, episode.planVersion), '6m');
      // 240 days after the procedure.
      return sixMonths && isWindowOpen(episode, sixMonths, '2026-10-28');
    };
    expect([isOpen(before), isOpen(after)]).toEqual([false, true]);

    for (let day = 0; day < 240; day += 1) {
      await clinic.sweep();
      clinic.pass(daySeconds);
    }
    for (const id of [answering, late]) {
      await clinic.answer((await clinic.tokensOf(id)).get('6m') ?? '', better);
    }
    const answers = await Promise.all([answering, late].map((id) => clinic.store.load(id)));
    expect(answers.map(({ responses }) => responses[0]?.inWindow)).toEqual([false, true]);
  });

  it('refuses an episode of a version that there is not, by its family and version', async () => {
    const clinic = newClinic();
    clinicHas.versionTwo = true;
    await clinic.enroll(late, '2026-03-02');
    clinicHas.versionTwo = false;
    const record = await clinic.store.load(late);
    expect(() => callsFor(record, clinic.now())).toThrow(`no version 2 of the plan of ${family}`);
  });
});
