import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { localClientConfig } from '../../infra/laptop/emulation/functions/laptop-aws.ts';
import { careStoreOn } from '../../shared/care/patient/aws/care-store.ts';
import { sourceId, sourceTimeOf } from '../../shared/care/patient/ids.ts';
import type { CareStore } from '../../shared/care/patient/ports.ts';
import { type DynamoLab, startLab } from '../support/labs/dynamo-lab.ts';
import { anEpisode, aProfile, aResponse, thePatient } from '../support/samples/builders.ts';

let lab: DynamoLab;

let client: DynamoDBClient;

let store: CareStore;

let consumed = 0;

type Consumed = { readonly CapacityUnits?: number };

beforeAll(async () => {
  lab = await startLab();
  client = new DynamoDBClient(localClientConfig(lab.dynamoEndpoint));
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next({ ...args, input: { ...args.input, ReturnConsumedCapacity: 'TOTAL' } });
      const output = result.output as { readonly ConsumedCapacity?: Consumed | readonly Consumed[] };
      for (const each of [output.ConsumedCapacity ?? []].flat()) consumed += each.CapacityUnits ?? 0;
      return result;
    },
    { step: 'initialize', name: 'countConsumed' },
  );
  store = careStoreOn(DynamoDBDocumentClient.from(client), lab.tables.care);
});

afterAll(async () => {
  client.destroy();
  await lab.stop();
});

const unitsOf = async (run: () => Promise<unknown>): Promise<number> => {
  consumed = 0;
  await run();
  return consumed;
};

it('each step costs what it should, and nothing is stored so large that it costs twice', async () => {
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
  // Three items in a transaction at two units each, and the new entry of the due index.
  expect(enrolled).toBeGreaterThanOrEqual(6);
  expect(enrolled).toBeLessThanOrEqual(8);

  const claimed = await unitsOf(() =>
    store.commit([{ kind: 'episode', item: anEpisode({ revision: 2, nextDueAt: '2026-03-19T14:00:00Z' }) }]),
  );
  // One item, and the index entry taken out and put in elsewhere.
  expect(claimed).toBeGreaterThanOrEqual(2);
  expect(claimed).toBeLessThanOrEqual(3);

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
