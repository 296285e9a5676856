import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, it } from 'vitest';
import { createHandler } from '../../../functions/check-drift/create-handler.ts';
import { createHandler as createCount } from '../../../functions/roll-up-responses/create-handler.ts';
import { countedKey } from '../../../shared/care/patient/aws/keys.ts';
import { patientId } from '../../../shared/care/patient/ids.ts';
import { context, startFunctionLab, streamBatch, type World } from '../../support/labs/function-lab.ts';
import { sharedLab } from '../../support/labs/shared-lab.ts';
import { anEpisode, aProfile, aResponse } from '../../support/samples/builders.ts';

const lab = sharedLab(startFunctionLab);
let world: World;
beforeEach(async () => {
  world = await lab().fresh('2026-09-01T12:00:00Z');
  for (const id of ['p-1', 'p-2', 'p-3'].map(patientId)) {
    await world.store.commit([
      { kind: 'profile', item: aProfile({ patientId: id }) },
      { kind: 'episode', item: anEpisode({ patientId: id }) },
      { kind: 'response', item: aResponse({ patientId: id }) },
    ]);
  }
  const keys = ['p-1', 'p-2', 'p-3'].map((id) => ({ pk: `PATIENT#${id}`, sk: 'PROFILE' }));
  await createCount(world.environment, world.runtime)(streamBatch(keys), context);
});

const check = () => createHandler(world.environment, world.runtime)({}, context);
const tamper = (
  set: string,
  value: unknown,
  key: { readonly pk: string; readonly sk: string },
  table = world.tables.outcomes,
) =>
  world.document.send(
    new UpdateCommand({
      TableName: table,
      Key: key,
      UpdateExpression: 'SET #field = :value',
      ExpressionAttributeNames: { '#field': set },
      ExpressionAttributeValues: { ':value': value },
    }),
  );

describe('the daily proof of the counts', () => {
  it('finds nothing when everything is counted', async () => {
    expect(await check()).toEqual({ patients: 3, uncounted: 0, cells: 0 });
    expect(world.measured.get('DriftingCells')).toBe(0);
    expect(world.said.at(-1)).toMatchObject({ level: 'info', code: 'drift.none' });
  });

  it.each([
    ['one too many', 'improved:x', 4],
    ['one too few', 'answered', 2],
    ['one that nobody is behind', 'delivered', 1],
  ])('finds a cell that was changed by hand: %s', async (_, counter, value) => {
    await tamper(counter, value, { pk: 'CELLS#overall', sk: '2026-03#2w' });
    expect(await check()).toEqual({ patients: 3, uncounted: 0, cells: 1 });
    expect(world.measured.get('DriftingCells')).toBe(1);
    expect(world.said.at(-1)).toMatchObject({ level: 'error', code: 'drift.found' });
  });

  it('finds a cell that nobody is behind', async () => {
    await tamper('eligible', 12, { pk: 'CELLS#mild', sk: '2026-03#enrolled' });
    expect(await check()).toMatchObject({ cells: 1 });
  });

  it('finds a patient whose marker says something else', async () => {
    const key = countedKey(patientId('p-1'));
    await tamper('contribution', { 'overall|2026-03|2w': 1 }, key, world.tables.care);
    expect(await check()).toMatchObject({ uncounted: 1, cells: 0 });
  });

  it('tells a patient not counted yet from a wrong count', async () => {
    await world.store.commit([
      { kind: 'profile', item: aProfile({ patientId: patientId('p-4') }) },
      { kind: 'episode', item: anEpisode({ patientId: patientId('p-4') }) },
    ]);
    expect(await check()).toMatchObject({ patients: 4, uncounted: 1, cells: 2 });
  });
});
