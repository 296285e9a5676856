import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { manifest as rollUpResponses } from '../../functions/roll-up-responses/function.ts';
import { manifest as tellStaff } from '../../functions/tell-staff/function.ts';
import { filterPattern } from '../../infra/constructs/stream-mapping.ts';
import { createTableInput } from '../../infra/laptop/emulation/dynamodb/make-tables.ts';
import { passes } from '../../infra/laptop/emulation/functions/triggers.ts';
import {
  auditKey,
  countedKey,
  dueShardOf,
  episodeKey,
  erasedKey,
  isCountable,
  linkKey,
  noticeKey,
  noticeKindOf,
  ownerKey,
  pauseKey,
  profileKey,
  sourceKey,
} from '../../shared/care/patient/aws/keys.ts';
import { episodeId, patientId, sourceId } from '../../shared/care/patient/ids.ts';
import { hashOfToken } from '../../shared/care/patient/links.ts';
import { noticeKinds } from '../../shared/care/staff/staff-notices.ts';
import { cellPartition, residuePartition } from '../../shared/outcomes/cells/aws/cell-store.ts';
import type { StreamFilter } from '../../shared/platform/function-manifest.ts';
import { careTable, indexPartitions, outcomesTable, partitions } from '../../shared/platform/tables.ts';
import { stageNames, templates } from './support/templates.ts';

const tablesOf = (stage: string) =>
  Object.values(templates(stage).stateful.findResources('AWS::DynamoDB::GlobalTable'));

const byName = <T extends { readonly AttributeName?: string | undefined }>(attributes: readonly T[] = []) =>
  attributes.toSorted((a, b) => (a.AttributeName ?? '').localeCompare(b.AttributeName ?? ''));

const patternOf = (filter: StreamFilter): unknown =>
  JSON.parse(z.string().parse(filterPattern(filter)['pattern']));

const streamed = (sk: string, eventName: 'INSERT' | 'MODIFY' = 'INSERT') => ({
  eventName,
  dynamodb: { Keys: { sk: { S: sk } } },
});

describe('the tables on AWS equal those of the laptop', () => {
  for (const stage of stageNames) {
    for (const [kind, definition] of Object.entries({ care: careTable, outcomes: outcomesTable })) {
      it(`${stage}: ${kind} has the same keys, indexes, stream and expiry`, () => {
        const name = `aftercare-${stage}-${kind}`;
        const laptop = createTableInput(name, definition);
        const aws = tablesOf(stage).find(({ Properties }) => Properties.TableName === name)?.['Properties'];
        expect(byName(aws.AttributeDefinitions)).toEqual(byName(laptop.AttributeDefinitions));
        expect(aws.KeySchema).toEqual(laptop.KeySchema);
        expect(aws.GlobalSecondaryIndexes).toEqual(laptop.GlobalSecondaryIndexes);
        expect(aws.LocalSecondaryIndexes).toBeUndefined();
        expect(aws.BillingMode).toBe(laptop.BillingMode);
        expect(aws.StreamSpecification?.StreamViewType).toBe(laptop.StreamSpecification?.StreamViewType);
        expect(aws.TimeToLiveSpecification).toEqual(
          'timeToLive' in definition ? { AttributeName: definition.timeToLive, Enabled: true } : undefined,
        );
      });
    }

    it(`${stage}: has no third table`, () => expect(tablesOf(stage)).toHaveLength(2));
  }

  it('streams keys only, so that no dead letter holds a person', () => {
    expect(careTable.stream).toBe('KEYS_ONLY');
  });
});

describe('the filter of the counting function', () => {
  const rules = z
    .object({
      dynamodb: z.object({
        Keys: z.object({
          sk: z.object({ S: z.array(z.union([z.string(), z.object({ prefix: z.string() })])) }),
        }),
      }),
    })
    .parse(patternOf(rollUpResponses.trigger.filter)).dynamodb.Keys.sk.S;
  const passesOnAws = (sk: string): boolean =>
    rules.some((rule) => (typeof rule === 'string' ? sk === rule : sk.startsWith(rule.prefix)));

  const sortKeys = [
    profileKey(patientId('1')).sk,
    countedKey(patientId('1')).sk,
    episodeKey({ patientId: patientId('1'), episodeId: episodeId('2026-01-01#mild') }).sk,
    'RESPONSE#2026-01-01#mild#3m',
    sourceKey(patientId('1'), sourceId('s')).sk,
    linkKey(hashOfToken('x')).sk,
    'PROFILE#',
    'IGNORED#s',
    'NOTICE#2026',
    '2026-01-01T00:00:00Z#0#stopped',
  ];
  it.each(sortKeys)('treats %s as isCountable does, on AWS and on the laptop', (sk) => {
    expect(passesOnAws(sk)).toBe(isCountable(sk));
    expect(passes(rollUpResponses.trigger.filter, streamed(sk))).toBe(isCountable(sk));
  });
});

describe('the filter of the function that emails staff', () => {
  const { eventName, dynamodb } = z
    .object({
      eventName: z.array(z.string()),
      dynamodb: z.object({
        Keys: z.object({ sk: z.object({ S: z.tuple([z.object({ prefix: z.string() })]) }) }),
      }),
    })
    .parse(patternOf(tellStaff.trigger.filter));
  const [{ prefix }] = dynamodb.Keys.sk.S;

  it('lets only new items through, on AWS and on the laptop', () => {
    const notice = 'NOTICE#2026-01-01T10#call-me';
    expect(eventName).toEqual(['INSERT']);
    expect(passes(tellStaff.trigger.filter, streamed(notice))).toBe(true);
    expect(passes(tellStaff.trigger.filter, streamed(notice, 'MODIFY'))).toBe(false);
  });

  it.each(noticeKinds)('lets a notice about %s through, which the function recognises', (kind) => {
    const { sk } = noticeKey({ patientId: patientId('1'), at: '2026-01-01T10:00:00Z', kind });
    expect([sk.startsWith(prefix), noticeKindOf(sk)]).toEqual([true, kind]);
  });

  it.each(['PROFILE', 'RESPONSE#2026-01-01#mild#3m', 'SOURCE#x#call-me'])('drops %s', (sk) => {
    expect([sk.startsWith(prefix), noticeKindOf(sk)]).toEqual([false, undefined]);
  });
});

describe('the partitions that access is granted by', () => {
  const covers = (pattern: string, key: string): boolean =>
    pattern.endsWith('*') ? key.startsWith(pattern.slice(0, -1)) : key === pattern;
  const at = '2026-01-01T10:00:00Z';
  const keys: Readonly<Record<keyof typeof partitions.care, string>> = {
    patients: profileKey(patientId('1')).pk,
    links: linkKey(hashOfToken('token')).pk,
    records: ownerKey(sourceId('s')).pk,
    audit: auditKey({ patientId: patientId('1'), at, action: 'erased' }).pk,
    erased: erasedKey(patientId('1')).pk,
    counted: countedKey(patientId('1')).pk,
    clinic: pauseKey.pk,
  };

  it.each(Object.entries(keys))('of care cover the keys of: %s', (name, key) => {
    const covering = Object.entries(partitions.care).filter(([, pattern]) => covers(pattern, key));
    expect(covering.map(([partition]) => partition)).toEqual([name]);
  });

  it('of outcomes cover the keys of cells and of the residue', () => {
    expect(covers(partitions.outcomes.cells, cellPartition('overall'))).toBe(true);
    expect(covers(partitions.outcomes.residue, residuePartition('overall'))).toBe(true);
  });

  it('of the due index cover its shards', () => {
    expect(covers(indexPartitions.due, dueShardOf(patientId('1')))).toBe(true);
    expect(careTable.indexes.map(({ name }) => name)).toEqual(Object.keys(indexPartitions));
  });
});
