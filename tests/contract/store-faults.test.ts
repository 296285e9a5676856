import { patientId } from '../../shared/care/patient/ids.ts';
import 'aws-sdk-client-mock-vitest/extend';
import { DynamoDBClient, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { careStoreOn } from '../../shared/care/patient/aws/care-store.ts';
import { countingStoreOn } from '../../shared/counting/aws/counting-store.ts';
import { anEpisode, aProfile } from '../support/samples/builders.ts';

/** Mocked, because the embedded DynamoDB never throttles or reports a transaction conflict. */
const dynamo = mockClient(DynamoDBDocumentClient);

const client = DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'us-east-1' }));

const store = careStoreOn(client, 'care');

const counting = countingStoreOn(client, { care: 'care', outcomes: 'outcomes' });

const cancelled = (...codes: readonly string[]) =>
  new TransactionCanceledException({
    message: 'cancelled',
    $metadata: {},
    CancellationReasons: codes.map((Code) => ({ Code })),
  });

const named = (name: string): Error => Object.assign(new Error(name), { name });

const two = [
  { kind: 'profile', item: aProfile() },
  { kind: 'episode', item: anEpisode() },
] as const;

const marker = [{ patientId: patientId('p'), expectedRevision: 0, contribution: new Map() }];

beforeEach(() => dynamo.reset());

describe('a write that DynamoDB rejects', () => {
  it.each([
    ['another writer was first', ['ConditionalCheckFailed', 'None']],
    ['another transaction holds the item', ['None', 'TransactionConflict']],
    ['both', ['ConditionalCheckFailed', 'TransactionConflict']],
  ])('is a conflict, to be decided afresh: %s', async (_, codes) => {
    dynamo.on(TransactWriteCommand).rejects(cancelled(...codes));
    expect(await store.commit(two)).toBe('conflict');
    expect(await counting.apply(marker, [])).toBe('conflict');
    expect(dynamo).toHaveReceivedCommandTimes(TransactWriteCommand, 2);
  });

  it.each([
    ['a throttle', ['ThrottlingError', 'None']],
    ['a throttle beside a conflict', ['ConditionalCheckFailed', 'ProvisionedThroughputExceeded']],
    ['an item that is too large', ['ItemCollectionSizeLimitExceeded', 'None']],
  ])('throws, because a new decision would not help: %s', async (_, codes) => {
    dynamo.on(TransactWriteCommand).rejects(cancelled(...codes));
    await expect(store.commit(two)).rejects.toThrow();
    await expect(counting.apply(marker, [])).rejects.toThrow();
  });

  it.each(['ConditionalCheckFailedException', 'TransactionConflictException'])(
    'is a conflict outside a transaction too: %s',
    async (name) => {
      dynamo.on(PutCommand).rejects(named(name));
      expect(await store.commit([{ kind: 'profile', item: aProfile() }])).toBe('conflict');
    },
  );

  it('throws outside a transaction when access is denied', async () => {
    dynamo.on(PutCommand).rejects(named('AccessDeniedException'));
    await expect(store.commit([{ kind: 'profile', item: aProfile() }])).rejects.toThrow('AccessDenied');
  });
});
