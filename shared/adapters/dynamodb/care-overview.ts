import { type DynamoDBDocumentClient, paginateQuery, paginateScan } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { StaffNotice } from '../../application/care-writes.ts';
import type { CareOverview, StoredItem, StoredThing } from '../../application/operations-ports.ts';
import { noticeKinds } from '../../domain/staff-notices.ts';
import { countedItem } from './items.ts';
import { auditNameOf, countedKey, dueShardName, patientPartition } from './keys.ts';

const episodeThing = z.object({
  status: z.enum(['active', 'finished', 'stopped', 'cancelled']),
  enrolledAt: z.string(),
  nextDueAt: z.string().exactOptional(),
});
const ignoredThing = z.object({ reason: z.string(), at: z.string() });
const noticeItem = z.object({
  patientId: z.string(),
  kind: z.enum(noticeKinds),
  at: z.string(),
});
const sorted = z.object({ sk: z.string() });

/** A marker is stored as bits; whoever asks what is stored about them gets names. */
const readable = (patientId: string, item: StoredItem): StoredItem => {
  if (item['sk'] !== countedKey(patientId).sk) return item;
  const { contribution } = countedItem.parse(item);
  return {
    ...item,
    contribution: Object.fromEntries([...contribution].map(([cell, counted]) => [cell, [...counted]])),
  };
};

type ScanInput = Parameters<typeof paginateScan>[1];

/** Makes the readings that operations makes on the `care` table. */
export const careOverviewOn = (client: DynamoDBDocumentClient, table: string): CareOverview => {
  const scan = async function* (input: Omit<ScanInput, 'TableName'>): AsyncIterable<StoredItem> {
    for await (const page of paginateScan({ client }, { TableName: table, ...input })) {
      yield* page.Items ?? [];
    }
  };

  const things = async function* (): AsyncIterable<StoredThing> {
    const items = scan({
      ProjectionExpression: 'sk, #status, enrolledAt, nextDueAt, #reason, #at',
      FilterExpression: 'begins_with(sk, :episode) OR begins_with(sk, :ignored)',
      ExpressionAttributeNames: { '#status': 'status', '#reason': 'reason', '#at': 'at' },
      ExpressionAttributeValues: { ':episode': 'EPISODE#', ':ignored': 'IGNORED#' },
    });
    for await (const raw of items) {
      yield sorted.parse(raw).sk.startsWith('EPISODE#')
        ? { kind: 'episode', ...episodeThing.parse(raw) }
        : { kind: 'ignored', ...ignoredThing.parse(raw) };
    }
  };

  const notices = async (since: string): Promise<readonly StaffNotice[]> => {
    const found: StaffNotice[] = [];
    const items = scan({
      FilterExpression: 'begins_with(sk, :notice) AND #at >= :since',
      ExpressionAttributeNames: { '#at': 'at' },
      ExpressionAttributeValues: { ':notice': 'NOTICE#', ':since': since },
    });
    for await (const raw of items) found.push(noticeItem.parse(raw));
    return found.toSorted((a, b) => a.at.localeCompare(b.at));
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

  const itemsAbout = async (patientId: string): Promise<readonly StoredItem[]> => {
    const found: StoredItem[] = [];
    const partition = patientPartition(patientId);
    const own = paginateQuery(
      { client },
      {
        TableName: table,
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': partition },
      },
    );
    for await (const page of own) {
      found.push(...(page.Items ?? []).map((item) => readable(patientId, item)));
    }
    const elsewhere = scan({
      ConsistentRead: true,
      FilterExpression:
        '(patientId = :patient AND pk <> :pk) OR (begins_with(pk, :audit) AND contains(sk, :name))',
      ExpressionAttributeValues: {
        ':patient': patientId,
        ':pk': partition,
        ':audit': 'AUDIT#',
        ':name': `#${auditNameOf(patientId)}#`,
      },
    });
    for await (const item of elsewhere) found.push(item);
    return found;
  };

  return { things, notices, countDue, itemsAbout };
};
