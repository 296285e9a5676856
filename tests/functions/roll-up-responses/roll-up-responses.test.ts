import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { beforeEach, describe, expect, it } from 'vitest';
import { createHandler as createCheck } from '../../../functions/check-drift/create-handler.ts';
import { createHandler } from '../../../functions/roll-up-responses/create-handler.ts';
import { type PatientId, patientId } from '../../../shared/care/patient/ids.ts';
import { countingStoreOn } from '../../../shared/counting/aws/counting-store.ts';
import { timepoints } from '../../../shared/platform/time.ts';
import { familyIds } from '../../../shared/protocol/families.ts';
import { context, startFunctionLab, streamBatch, type World } from '../../support/labs/function-lab.ts';
import { sharedLab } from '../../support/labs/shared-lab.ts';
import { anEpisode, aProfile, aResponse } from '../../support/samples/builders.ts';

const lab = sharedLab(startFunctionLab);
let world: World;
beforeEach(async () => {
  world = await lab().fresh('2026-09-01T12:00:00Z');
});

const count = (event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> =>
  createHandler(world.environment, world.runtime)(event, context);
const drift = () => createCheck(world.environment, world.runtime)({}, context);

const answered = async (
  patientId: PatientId,
  timepoint: (typeof timepoints)[number] = '3m',
): Promise<void> => {
  await world.store.commit([
    { kind: 'profile', item: aProfile({ patientId }) },
    {
      kind: 'episode',
      item: anEpisode({ patientId, touchpoints: { [timepoint]: { status: 'answered', emails: 1 } } }),
    },
    { kind: 'response', item: aResponse({ patientId, timepoint }) },
  ]);
};

/** The keys of every item of people, as the stream would have carried them. */
const changes = async () =>
  (await world.everything())
    .filter(({ pk }) => String(pk).startsWith('PATIENT#'))
    .map(({ pk, sk }) => ({ pk, sk }));

const cells = async () => (await world.everything()).filter(({ pk }) => String(pk).startsWith('CELLS#'));

describe('a batch of the stream', () => {
  it('counts each patient once, whatever it names of them', async () => {
    await answered(patientId('p-1'));
    await answered(patientId('p-2'));
    expect(await count(streamBatch(await changes()))).toEqual({ batchItemFailures: [] });
    expect(await cells()).toContainEqual(
      expect.objectContaining({
        pk: 'CELLS#overall',
        sk: '2026-03#3m',
        answered: 2,
        'improved-over-half:x': 2,
      }),
    );
    expect(await drift()).toEqual({ patients: 2, uncounted: 0, cells: 0 });
  });

  it('that comes twice, reversed, in part or late comes to the same bytes', async () => {
    await answered(patientId('p-1'));
    const early = await changes();
    await answered(patientId('p-2'));
    await answered(patientId('p-3'), '1m');
    const all = await changes();
    await count(streamBatch(all));
    const once = await world.everything();
    for (const keys of [all, all.toReversed(), early, all.slice(1, 4), [...all, ...all]]) {
      expect(await count(streamBatch(keys))).toEqual({ batchItemFailures: [] });
      expect(await world.everything()).toEqual(once);
    }
  });

  it('that several counters take at once is counted once', async () => {
    for (const id of ['p-1', 'p-2', 'p-3', 'p-4']) await answered(patientId(id));
    const keys = await changes();
    const batches = [keys, keys.toReversed(), keys.slice(3), keys.slice(0, 7)];
    const answers = await Promise.all(batches.map((each) => count(streamBatch(each))));
    expect(answers.every(({ batchItemFailures }) => batchItemFailures.length === 0)).toBe(true);
    expect(await drift()).toEqual({ patients: 4, uncounted: 0, cells: 0 });
  });

  it('after a change counts what is true now, and nothing of what was', async () => {
    await answered(patientId('p-1'));
    await count(streamBatch(await changes()));
    await world.store.commit([
      {
        kind: 'response',
        item: aResponse({ timepoint: '3m', revision: 2, answers: { condition: 'worse' } }),
      },
    ]);
    await count(streamBatch(await changes()));
    const overall = (await cells()).find(({ pk, sk }) => pk === 'CELLS#overall' && sk === '2026-03#3m');
    expect(overall).toMatchObject({ answered: 1, 'improved:n': 1, 'improved:x': 0 });
    expect(await drift()).toEqual({ patients: 1, uncounted: 0, cells: 0 });
  });

  it('of three procedures counts one patient overall, whatever is answered, changed or taken back later', async () => {
    const days = { 'facet-joint-injection': '2026-03-02', mild: '2026-04-06' } as const;
    const facet = { family: 'facet-joint-injection', serviceDate: days['facet-joint-injection'] } as const;
    const mild = { family: 'mild', serviceDate: days.mild } as const;
    const epidural = { family: 'epidural-steroid-injection', serviceDate: '2026-05-04' } as const;
    await world.store.commit([
      { kind: 'profile', item: aProfile() },
      ...[facet, mild, epidural].map((own) => ({ kind: 'episode' as const, item: anEpisode(own) })),
    ]);
    const counted = async () => {
      await count(streamBatch(await changes()));
      expect(await drift()).toEqual({ patients: 1, uncounted: 0, cells: 0 });
      const found = (await cells()).flatMap(({ pk, sk, eligible, answered, ...rest }) =>
        String(sk).endsWith('#enrolled') && Number(eligible ?? 0) > 0
          ? [`${pk} ${sk}: ${eligible} treated`]
          : Number(answered ?? 0) > 0
            ? [`${pk} ${sk}: ${answered} answered, ${rest['improved:x'] ?? 0} improved`]
            : [],
      );
      return found.filter((line) => line.startsWith('CELLS#overall')).sort();
    };
    expect(await counted()).toEqual(['CELLS#overall 2026-03#enrolled: 1 treated']);

    const answer = (own: Parameters<typeof aResponse>[0]) =>
      world.store.commit([{ kind: 'response', item: aResponse({ timepoint: '3m', ...own }) }]);
    for (const own of [epidural, mild]) await answer(own);
    expect(await counted()).toEqual(['CELLS#overall 2026-03#enrolled: 1 treated']);
    await answer(facet);
    const first = [
      'CELLS#overall 2026-03#3m: 1 answered, 1 improved',
      'CELLS#overall 2026-03#enrolled: 1 treated',
    ];
    expect(await counted()).toEqual(first);

    await answer({ ...facet, revision: 2, answers: { condition: 'worse' } });
    expect(await counted()).toEqual([first[0]?.replace('1 improved', '0 improved'), first[1]]);

    await world.store.commit([
      { kind: 'episode', item: anEpisode({ ...facet, revision: 2, status: 'cancelled' }) },
    ]);
    expect(await counted()).toEqual(first.map((line) => line.replace('2026-03', '2026-04')));
  });

  it('of markers, links and notices changes nothing', async () => {
    await answered(patientId('p-1'));
    const before = await world.everything();
    await count(
      streamBatch([
        { pk: 'PATIENT#p-1', sk: 'COUNTED' },
        { pk: 'LINK#x', sk: 'LINK' },
        { pk: 'PATIENT#p-1', sk: 'NOTICE#2026#call-me' },
        { pk: 'PATIENT#p-1', sk: 'SOURCE#s-1' },
      ]),
    );
    expect(await world.everything()).toEqual(before);
  });

  it('of a patient with a longer history than one transaction holds is counted all the same', async () => {
    await world.store.commit([{ kind: 'profile', item: aProfile() }]);
    for (let year = 2010; year < 2026; year += 1) {
      await world.store.commit(
        familyIds.map((family) => ({
          kind: 'episode' as const,
          item: anEpisode({
            family,
            serviceDate: `${year}-03-02`,
            status: 'finished',
            nextDueAt: '2026-03-02T23:00:00Z',
          }),
        })),
      );
      await world.store.commit(
        familyIds.flatMap((family) =>
          timepoints.map((timepoint) => ({
            kind: 'response' as const,
            item: aResponse({ family, timepoint, serviceDate: `${year}-03-02` }),
          })),
        ),
      );
    }
    expect(await count(streamBatch([{ pk: 'PATIENT#p-1', sk: 'PROFILE' }]))).toEqual({
      batchItemFailures: [],
    });
    expect((await cells()).length).toBe(16 * 5 * 6);
    expect(await drift()).toEqual({ patients: 1, uncounted: 0, cells: 0 });
  });

  it('with a record that cannot be read counts all others, and comes again from there on', async () => {
    await answered(patientId('p-1'));
    await answered(patientId('p-2'));
    await answered(patientId('p-3'));
    const keys = await changes();
    const broken = { pk: 'PATIENT#p-2', sk: 'PROFILE', revision: 'maria@example.com' };
    await world.document.send(new PutCommand({ TableName: world.tables.care, Item: broken }));
    const { batchItemFailures } = await count(streamBatch(keys));
    const first = keys.findIndex(({ pk }) => pk === 'PATIENT#p-2');
    expect(batchItemFailures).toEqual([{ itemIdentifier: String(1000 + first) }]);
    expect(
      (await countingStoreOn(world.document, world.tables).load(patientId('p-1'))).marker?.revision,
    ).toBe(1);
    expect(
      (await countingStoreOn(world.document, world.tables).load(patientId('p-3'))).marker?.revision,
    ).toBe(1);
    expect(JSON.stringify(world.said)).toContain('count.not-done');
    expect(JSON.stringify(world.said)).not.toContain('maria');
  });
});
