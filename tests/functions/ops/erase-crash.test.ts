import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, it } from 'vitest';
import { patientId } from '../../../shared/care/patient/ids.ts';
import { storedCells } from '../../../shared/counting/check-drift.ts';
import { erasureStoreOn } from '../../../shared/operations/aws/erasure-store.ts';
import { type ErasureStore, erasePatientWith } from '../../../shared/operations/erase-patient.ts';
import { digestOf } from '../../../shared/platform/digest.ts';
import { startFunctionLab } from '../../support/labs/function-lab.ts';
import { sharedLab } from '../../support/labs/shared-lab.ts';
import { type Clinic, clinicOfThree } from '../../support/samples/clinic-of-three.ts';

const lab = sharedLab(startFunctionLab);

let clinic: Clinic;

beforeEach(async () => {
  clinic = await clinicOfThree(lab());
});

/** An erasure whose store call number `fatal` (from 1) throws, before or after it took effect. */
const crashing = (fatal: number, when: 'before' | 'after') => {
  const parts = clinic.parts;
  let calls = 0;
  const wrap =
    <In extends readonly unknown[], Out>(call: (...parameters: In) => Promise<Out>) =>
    async (...parameters: In): Promise<Out> => {
      calls += 1;
      if (calls === fatal && when === 'before') throw new Error('crash');
      const result = await call(...parameters);
      if (calls === fatal) throw new Error('crash');
      return result;
    };
  const { erasure, counting } = parts;
  const wrapped: ErasureStore = {
    wasErased: wrap(erasure.wasErased),
    holds: wrap(erasure.holds),
    remember: wrap(erasure.remember),
    close: wrap(erasure.close),
    removeRecord: wrap(erasure.removeRecord),
    removeLinks: wrap(erasure.removeLinks),
    note: wrap(erasure.note),
  };
  const run = erasePatientWith({
    ...parts,
    erasure: wrapped,
    counting: { load: wrap(counting.load), apply: wrap(counting.apply) },
  });
  return { run, calls: () => calls };
};

describe('an erasure that crashes', () => {
  it('can be resumed from any step, with correct counts at every moment', async () => {
    const before = digestOf(await storedCells(clinic.cells));
    const whole = crashing(Number.POSITIVE_INFINITY, 'after');
    await whole.run(patientId('p-1'));
    expect(whole.calls()).toBeGreaterThan(6);
    for (let fatal = 1; fatal <= whole.calls(); fatal += 1) {
      for (const when of ['before', 'after'] as const) {
        clinic = await clinicOfThree(lab());
        await expect(crashing(fatal, when).run(patientId('p-1'))).rejects.toThrow('crash');
        await clinic.count(patientId('p-1'), patientId('p-2'));
        expect((await clinic.compare()).differences, `crash ${when} call ${fatal}`).toEqual([]);
        clinic.world.at('2026-09-02T12:00:00Z');
        const again = await clinic.erase(patientId('p-1'));
        expect(again.outcome).toBe('erased');
        expect(await clinic.everywhere('p-1')).toEqual([]);
        expect(digestOf(await storedCells(clinic.cells))).toBe(before);
        expect(await clinic.compare()).toEqual({ patients: 2, uncounted: [], differences: [] });
        expect(await clinic.everywhere('AUDIT#')).toHaveLength(1);
      }
    }
  });

  it('can be resumed when only some of the items were removed', async () => {
    const { erasure } = clinic.parts;
    const failing = DynamoDBDocumentClient.from(lab().lab.client);
    let deletes = 0;
    failing.middlewareStack.add(
      (next, { commandName }) =>
        async (input) => {
          if (commandName === 'DeleteItemCommand') deletes += 1;
          if (commandName === 'DeleteItemCommand' && deletes === 3) throw new Error('crash');
          return next(input);
        },
      { step: 'initialize', name: 'crash' },
    );
    const broken = { ...clinic.parts, erasure: erasureStoreOn(failing, clinic.world.tables) };
    await expect(erasePatientWith(broken)(patientId('p-1'))).rejects.toThrow('crash');
    failing.middlewareStack.remove('crash');
    expect((await clinic.partition(patientId('p-1'))).map(({ sk }) => sk)).not.toContain('PROFILE');
    expect((await clinic.compare()).differences).toEqual([]);
    expect(await erasePatientWith({ ...clinic.parts, erasure })(patientId('p-1'))).toMatchObject({
      items: 4,
    });
    expect(await clinic.everywhere('p-1')).toEqual([]);
    expect(await clinic.compare()).toEqual({ patients: 2, uncounted: [], differences: [] });
  });

  it('run again, removes what a concurrent writer stored after it', async () => {
    await clinic.erase(patientId('p-1'));
    await clinic.world.document.send(
      new PutCommand({
        TableName: clinic.world.tables.care,
        Item: { pk: 'PATIENT#p-1', sk: 'NOTICE#2026-09-01T12:00:01Z#call-me', patientId: 'p-1' },
      }),
    );
    expect(await clinic.erase(patientId('p-1'))).toMatchObject({ items: 1 });
    expect(await clinic.everywhere('p-1')).toEqual([]);
    expect((await clinic.compare()).differences).toEqual([]);
  });
});
