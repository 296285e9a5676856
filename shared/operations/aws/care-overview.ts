import { type DynamoDBDocumentClient, paginateQuery, paginateScan } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { readPartition } from '../../care/patient/aws/care-store.ts';
import {
  auditNameOf,
  countedKey,
  dueShardName,
  kindOfKey,
  patientPartition,
} from '../../care/patient/aws/keys.ts';
import type { PatientId } from '../../care/patient/ids.ts';
import type { StoredItem } from '../../care/patient/ports.ts';
import { markerOf } from '../../counting/aws/counting-store.ts';
import { guardedText } from '../../platform/guarded-text.ts';
import { isUtcInstant } from '../../platform/time.ts';
import type { CareOverview, CountedItem, ItemAboutPatient } from '../clinic-status.ts';

const episodeFields = z.object({
  status: z.enum(['active', 'finished', 'stopped', 'cancelled']),
  enrolledAt: guardedText(isUtcInstant),
  nextDueAt: z.exactOptional(guardedText(isUtcInstant)),
});

const ignoredFields = z.object({
  reason: z.string(),
  at: guardedText(isUtcInstant),
  codes: z.exactOptional(z.array(z.string())),
});

const sorted = z.object({ sk: z.string() });

const keyed = z.object({ pk: z.string(), sk: z.string() });

/** A marker is stored as bits; an export shows names. */
const readable = (item: StoredItem): StoredItem => {
  const marker = markerOf(item);
  return marker === undefined
    ? item
    : {
        ...item,
        contribution: Object.fromEntries([...marker.contribution].map(([cell, names]) => [cell, [...names]])),
      };
};

type ScanInput = Parameters<typeof paginateScan>[1];

/** Creates the readings of the `care` table for operations. */
export const careOverviewOn = (client: DynamoDBDocumentClient, table: string): CareOverview => {
  const scan = async function* (input: Omit<ScanInput, 'TableName'>): AsyncIterable<StoredItem> {
    for await (const page of paginateScan({ client }, { TableName: table, ...input })) {
      yield* page.Items ?? [];
    }
  };

  const countedItems = async function* (): AsyncIterable<CountedItem> {
    const items = scan({
      ProjectionExpression: 'sk, #status, enrolledAt, nextDueAt, #reason, #at, codes',
      FilterExpression: 'begins_with(sk, :episode) OR begins_with(sk, :ignored)',
      ExpressionAttributeNames: { '#status': 'status', '#reason': 'reason', '#at': 'at' },
      ExpressionAttributeValues: { ':episode': 'EPISODE#', ':ignored': 'IGNORED#' },
    });
    for await (const raw of items) {
      yield sorted.parse(raw).sk.startsWith('EPISODE#')
        ? { kind: 'episode', ...episodeFields.parse(raw) }
        : { kind: 'ignored', ...ignoredFields.parse(raw) };
    }
  };

  const countDue = async (shard: number, until: string): Promise<number> => {
    let due = 0;
    const pages = paginateQuery(
      { client },
      {
        TableName: table,
        IndexName: 'due',
        Select: 'COUNT',
        KeyConditionExpression: 'dueShard = :shard AND nextDueAt <= :until',
        ExpressionAttributeValues: { ':shard': dueShardName(shard), ':until': until },
      },
    );
    for await (const page of pages) due += page.Count ?? 0;
    return due;
  };

  const itemsAbout = async (patientId: PatientId): Promise<readonly ItemAboutPatient[]> => {
    const partition = patientPartition(patientId);
    const found = (await readPartition(client, table, patientId)).map(readable);
    const elsewhere = scan({
      ConsistentRead: true,
      FilterExpression:
        '(patientId = :patient AND pk <> :pk) OR pk = :counted OR (begins_with(pk, :audit) AND contains(sk, :name))',
      ExpressionAttributeValues: {
        ':patient': patientId,
        ':pk': partition,
        ':counted': countedKey(patientId).pk,
        ':audit': 'AUDIT#',
        ':name': `#${auditNameOf(patientId)}#`,
      },
    });
    for await (const item of elsewhere) found.push(readable(item));
    return found.map((item) => ({ kind: kindOfKey(keyed.parse(item)), item }));
  };

  return { countedItems, countDue, itemsAbout };
};
