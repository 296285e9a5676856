import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { createTableInput } from '../../infra/laptop/emulation/dynamodb/make-tables.ts';
import { countableFilter } from '../../infra/stacks/service/counting.ts';
import { noticeFilter } from '../../infra/stacks/service/telling.ts';
import {
  episodeKey,
  isCountable,
  linkKey,
  noticeKey,
  noticeKindOf,
  profileKey,
  sourceKey,
} from '../../shared/care/patient/aws/keys.ts';
import { patientId, sourceId } from '../../shared/care/patient/ids.ts';
import { hashOfToken } from '../../shared/care/patient/links.ts';
import { noticeKinds } from '../../shared/care/patient/staff-notices.ts';
import { countedKey } from '../../shared/counting/aws/counting-store.ts';
import { careTable, outcomesTable } from '../../shared/platform/tables.ts';
import { stageNames, templates } from './support/templates.ts';

const tablesOf = (stage: string) =>
  Object.values(templates(stage).stateful.findResources('AWS::DynamoDB::GlobalTable'));

const byName = <T extends { readonly AttributeName?: string | undefined }>(attributes: readonly T[] = []) =>
  attributes.toSorted((a, b) => (a.AttributeName ?? '').localeCompare(b.AttributeName ?? ''));

describe('the tables on AWS are those of the laptop', () => {
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

    it(`${stage}: there is no third table`, () => expect(tablesOf(stage)).toHaveLength(2));
  }

  it('streams keys only, so that no dead letter holds a person', () => {
    expect(careTable.stream).toBe('KEYS_ONLY');
  });
});

describe('the filter before the counting function', () => {
  const rules = z
    .object({
      dynamodb: z.object({
        Keys: z.object({
          sk: z.object({ S: z.array(z.union([z.string(), z.object({ prefix: z.string() })])) }),
        }),
      }),
    })
    .parse(JSON.parse(countableFilter['pattern'])).dynamodb.Keys.sk.S;
  const passes = (sk: string): boolean =>
    rules.some((rule) => (typeof rule === 'string' ? sk === rule : sk.startsWith(rule.prefix)));

  const sortKeys = [
    profileKey(patientId('1')).sk,
    countedKey(patientId('1')).sk,
    episodeKey({ patientId: patientId('1'), serviceDate: '2026-01-01', family: 'mild' }).sk,
    'RESPONSE#2026-01-01#mild#3m',
    sourceKey(patientId('1'), sourceId('s')).sk,
    linkKey(hashOfToken('x')).sk,
    'PROFILE#',
    'IGNORED#s',
    'NOTICE#2026',
    '2026-01-01T00:00:00Z#0#stopped',
  ];
  it.each(sortKeys)('says of %s what isCountable says', (sk) => expect(passes(sk)).toBe(isCountable(sk)));
});

describe('the filter before the function that tells staff', () => {
  const { eventName, dynamodb } = z
    .object({
      eventName: z.array(z.string()),
      dynamodb: z.object({
        Keys: z.object({ sk: z.object({ S: z.tuple([z.object({ prefix: z.string() })]) }) }),
      }),
    })
    .parse(JSON.parse(noticeFilter['pattern']));
  const [{ prefix }] = dynamodb.Keys.sk.S;

  it('lets new items through only', () => expect(eventName).toEqual(['INSERT']));

  it.each(noticeKinds)('lets a notice through that says %s, and the function knows it', (kind) => {
    const { sk } = noticeKey({ patientId: patientId('1'), at: '2026-01-01T10:00:00Z', kind });
    expect([sk.startsWith(prefix), noticeKindOf(sk)]).toEqual([true, kind]);
  });

  it.each(['PROFILE', 'RESPONSE#2026-01-01#mild#3m', 'SOURCE#x#call-me'])('keeps %s back', (sk) => {
    expect([sk.startsWith(prefix), noticeKindOf(sk)]).toEqual([false, undefined]);
  });
});
