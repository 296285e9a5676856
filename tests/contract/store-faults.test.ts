import { patientId } from '../../shared/care/patient/ids.ts';
import 'aws-sdk-client-mock-vitest/extend';
import { DynamoDBClient, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { careStoreOn } from '../../shared/care/patient/aws/care-store.ts';
import { countingStoreOn } from '../../shared/counting/aws/counting-store.ts';
import { isBusy } from '../../shared/platform/contention.ts';
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

/** A change of one item, which is a plain write. */
const rewritten = { kind: 'profile', item: aProfile({ revision: 2 }) } as const;

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
    ['a throttle of every write', ['ThrottlingError', 'ThrottlingError']],
    ['a throttle beside a transaction under way', ['TransactionConflict', 'ThrottlingError']],
  ])('throws busy, because a new decision would not help but the same write may: %s', async (_, codes) => {
    dynamo.on(TransactWriteCommand).rejects(cancelled(...codes));
    await expect(store.commit(two)).rejects.toSatisfy(isBusy);
    await expect(counting.apply(marker, [])).rejects.toSatisfy(isBusy);
  });

  it.each([
    ['an item that is too large', ['ItemCollectionSizeLimitExceeded', 'None']],
    ['a write that is not valid', ['ValidationError', 'None']],
    ['a write that is not valid beside a throttle', ['ValidationError', 'ThrottlingError']],
    ['no reason for any write', ['None', 'None']],
    ['no reasons at all', []],
  ])('throws as it is, because nothing of it helps: %s', async (_, codes) => {
    const error = cancelled(...codes);
    dynamo.on(TransactWriteCommand).rejects(error);
    await expect(store.commit(two)).rejects.toBe(error);
    await expect(counting.apply(marker, [])).rejects.toBe(error);
  });

  it('says that the patient was erased when that is what one of the conditions says', async () => {
    dynamo.on(TransactWriteCommand).rejects(cancelled('None', 'None', 'ConditionalCheckFailed'));
    expect(await store.commit(two)).toBe('erased');
    dynamo.on(TransactWriteCommand).rejects(cancelled('ConditionalCheckFailed', 'None', 'None'));
    expect(await store.commit(two)).toBe('conflict');
  });

  it.each(['ThrottlingException', 'ProvisionedThroughputExceededException', 'RequestLimitExceeded'])(
    'throws busy outside a transaction too: %s',
    async (name) => {
      dynamo.on(PutCommand).rejects(named(name));
      await expect(store.commit([rewritten])).rejects.toSatisfy(isBusy);
    },
  );

  it.each(['ConditionalCheckFailedException', 'TransactionConflictException'])(
    'is a conflict outside a transaction too: %s',
    async (name) => {
      dynamo.on(PutCommand).rejects(named(name));
      expect(await store.commit([rewritten])).toBe('conflict');
    },
  );

  it('throws outside a transaction when access is denied', async () => {
    dynamo.on(PutCommand).rejects(named('AccessDeniedException'));
    await expect(store.commit([rewritten])).rejects.toThrow('AccessDenied');
  });
});
