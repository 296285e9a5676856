import { createHash } from 'node:crypto';
import type { PutCommandInput, TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import type { CareWrite } from '../care-writes.ts';
import type { PatientId } from '../ids.ts';
import { itemOf } from './care-writes-to-items.ts';
import { erasedKey } from './keys.ts';

type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

type Put = NonNullable<TransactItem['Put']>;

/** A write as DynamoDB is asked for it, and whether it would notice that its patient was erased. */
type ConditionalPut = {
  readonly put: Put;
  readonly patientId: PatientId;
  /**
   * True when the condition requires an item of the patient's partition to exist. An erasure first records itself,
   * then deletes the partition until it is empty, so this condition fails from then on.
   */
  readonly isAnchored: boolean;
};

/** What a commit becomes. `put`: one plain write, at half the price of one in a transaction. */
export type CommitRequest =
  | { readonly kind: 'none' }
  | { readonly kind: 'put'; readonly put: PutCommandInput }
  | { readonly kind: 'transaction'; readonly transaction: Transaction };

export type Transaction = {
  readonly items: TransactItem[];
  /** Positions in `items` of the conditions that fail only for an erased patient. */
  readonly erasureChecks: readonly number[];
};

/**
 * Returns a name that no other commit has: a hash of the revisions it writes, each of which is written only once.
 */
const changeOf = (writes: readonly CareWrite[]): string => {
  const revisions = writes
    .filter(({ kind }) => kind !== 'audit')
    .map((write) => itemOf(write))
    .flatMap(({ Item, revision }) => (revision === undefined ? [] : [[Item.pk, Item.sk, revision]]));
  return createHash('sha256').update(JSON.stringify(revisions)).digest('hex').slice(0, 16);
};

const conditionalPut = (table: string, write: CareWrite, change: string): ConditionalPut => {
  const { patientId } = write.item;
  const { Item, revision, firstCondition = 'attribute_not_exists(pk)' } = itemOf(write, change);
  const put = { TableName: table, Item };
  if (revision === undefined) return { put, patientId, isAnchored: false };
  // Whose a procedure record is stands outside the patient's partition, so an erasure does not take it first.
  const isAnchored = write.kind !== 'owner';
  return revision === 1
    ? { put: { ...put, ConditionExpression: firstCondition }, patientId, isAnchored: false }
    : {
        put: {
          ...put,
          ConditionExpression: 'revision = :before',
          ExpressionAttributeValues: { ':before': revision - 1 },
        },
        patientId,
        isAnchored,
      };
};

const notErased = (table: string, patientId: PatientId): TransactItem => ({
  ConditionCheck: {
    TableName: table,
    Key: erasedKey(patientId),
    ConditionExpression: 'attribute_not_exists(pk)',
  },
});

const transactionOf = (table: string, puts: readonly ConditionalPut[]): Transaction => {
  const anchored = new Set(puts.filter(({ isAnchored }) => isAnchored).map(({ patientId }) => patientId));
  const loose = [...new Set(puts.map(({ patientId }) => patientId))].filter((id) => !anchored.has(id));
  return {
    items: [...puts.map(({ put }) => ({ Put: put })), ...loose.map((id) => notErased(table, id))],
    erasureChecks: loose.map((_, index) => puts.length + index),
  };
};

/**
 * Converts the writes of a commit to one request in which every write fails once its patient is erased. This is the
 * only place that makes writes about patients; a test holds the tree to it.
 */
export const commitRequest = (table: string, writes: readonly CareWrite[]): CommitRequest => {
  const change = changeOf(writes);
  const puts = writes.map((write) => conditionalPut(table, write, change));
  const [only] = puts;
  if (only === undefined) return { kind: 'none' };
  return puts.length === 1 && only.isAnchored
    ? { kind: 'put', put: only.put }
    : { kind: 'transaction', transaction: transactionOf(table, puts) };
};
