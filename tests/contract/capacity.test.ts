import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { expect, it } from 'vitest';
import { localClientConfig } from '../../infra/laptop/emulation/functions/laptop-aws.ts';
import { careStoreOn } from '../../shared/care/patient/aws/care-store.ts';
import { sourceId, sourceTimeOf } from '../../shared/care/patient/ids.ts';
import { startLab } from '../support/labs/dynamo-lab.ts';
import { sharedLab } from '../support/labs/shared-lab.ts';
import { anEpisode, aProfile, aResponse, thePatient } from '../support/samples/builders.ts';

let consumed = 0;

type Consumed = { readonly CapacityUnits?: number };

/** A lab with a store whose client adds up the capacity units it consumes. */
const startMeteredLab = async () => {
  const lab = await startLab();
  const client = new DynamoDBClient(localClientConfig(lab.dynamoEndpoint));
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next({ ...args, input: { ...args.input, ReturnConsumedCapacity: 'TOTAL' } });
      const output = result.output as { readonly ConsumedCapacity?: Consumed | readonly Consumed[] };
      for (const { CapacityUnits } of [output.ConsumedCapacity ?? []].flat()) consumed += CapacityUnits ?? 0;
      return result;
    },
    { step: 'initialize', name: 'countConsumed' },
  );
  return {
    store: careStoreOn(DynamoDBDocumentClient.from(client), lab.tables.care),
    stop: async () => {
      client.destroy();
      await lab.stop();
    },
  };
};

const lab = sharedLab(startMeteredLab);

const unitsOf = async (run: () => Promise<unknown>): Promise<number> => {
  consumed = 0;
  await run();
  return consumed;
};

it('each step stays within its capacity units, and no item is large enough to cost double', async () => {
  const { store } = lab();
  const enrolled = await unitsOf(() =>
    store.commit([
      { kind: 'profile', item: aProfile() },
      { kind: 'episode', item: anEpisode() },
      {
        kind: 'source',
        item: {
          patientId: thePatient,
          sourceId: sourceId('s-1'),
          revision: 1,
          status: 'completed',
          reportedAt: sourceTimeOf('2026-03-02T20:00:00Z'),
          eventId: 'e-1',
        },
      },
    ]),
  );
  // Three items and the check of an erasure in a transaction at two units each, and a new entry in the due index.
  expect(enrolled).toBeGreaterThanOrEqual(8);
  expect(enrolled).toBeLessThanOrEqual(9);

  const reserved = await unitsOf(() =>
    store.commit([{ kind: 'episode', item: anEpisode({ revision: 2, nextDueAt: '2026-03-19T14:00:00Z' }) }]),
  );
  // One item, and its index entry deleted and written elsewhere.
  expect(reserved).toBeGreaterThanOrEqual(2);
  expect(reserved).toBeLessThanOrEqual(3);

  const answered = await unitsOf(() =>
    store.commit([
      { kind: 'response', item: aResponse() },
      { kind: 'episode', item: anEpisode({ revision: 3, nextDueAt: '2026-04-02T14:00:00Z' }) },
    ]),
  );
  expect(answered).toBeLessThanOrEqual(6);

  const read = await unitsOf(() => store.load(thePatient));
  expect(read).toBeGreaterThan(0);
  expect(read).toBeLessThanOrEqual(1);
});
