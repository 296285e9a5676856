import type { CareWrite } from '../../../shared/care/patient/care-writes.ts';
import { sourceId, sourceTimeOf } from '../../../shared/care/patient/ids.ts';
import { hashOfToken } from '../../../shared/care/patient/links.ts';
import type { Link, SourceNote } from '../../../shared/care/patient/patient.ts';
import type { Draft } from '../../../shared/care/patient/response.ts';
import { anEpisode, aProfile, aResponse, episodeIdFor, thePatient } from '../../support/samples/builders.ts';
import type { AccessPattern, Adapters } from './adapters.ts';

const commit =
  (...writes: readonly CareWrite[]) =>
  ({ careStoreOn }: Adapters) =>
    careStoreOn.commit(writes);

/** Nothing may be stored yet. */
const first = { ConditionExpression: 'attribute_not_exists(pk)' };

/** The item of this revision must be stored. */
const over = (revision: number) => ({
  ConditionExpression: 'revision = :before',
  ExpressionAttributeValues: { ':before': revision },
});

type Put = {
  readonly Item: Readonly<Record<string, unknown>>;
  readonly ConditionExpression?: string;
  readonly ExpressionAttributeValues?: Readonly<Record<string, unknown>>;
};

/** The condition of every write that needs no item of the patient's: nothing is stored of an erased patient. */
const notErased = {
  ConditionCheck: {
    TableName: 'care',
    Key: { pk: 'ERASED#1dee6e3ec67dc8033b3363d93f46f1affea85aa403abe01a03fc6c21cbff1c15', sk: 'ERASED' },
    ConditionExpression: 'attribute_not_exists(pk)',
  },
};

const inTransaction = (...puts: readonly Put[]) => ({
  TransactWriteItems: {
    TransactItems: [...puts.map((put) => ({ Put: { TableName: 'care', ...put } })), notErased],
    ClientRequestToken: 'random',
  },
});

/** The row of a single write over an item that an erasure would have deleted: what is stored, key and condition. */
const putting = (promise: string, write: CareWrite, put: Put): AccessPattern => ({
  promise,
  method: 'careStoreOn.commit',
  run: commit(write),
  sends: [{ PutItem: { TableName: 'care', ...put } }],
});

/** The row of a single write that an erasure would not fail by itself. */
const adding = (promise: string, write: CareWrite, put: Put): AccessPattern => ({
  promise,
  method: 'careStoreOn.commit',
  run: commit(write),
  sends: [inTransaction(put)],
});

/** The time as DynamoDB wants it of an item that it may delete from then on. */
const epoch = (instant: string): number => Date.parse(instant) / 1000;

const profile = aProfile();

const episode = anEpisode();

const response = aResponse();

const link: Link = {
  tokenHash: hashOfToken('a-token'),
  patientId: thePatient,
  episodeId: episodeIdFor('mild', '2026-03-02'),
  family: 'mild',
  serviceDate: '2026-03-02',
  planVersion: 1,
  touchpoint: '2w',
  createdAt: '2026-03-16T14:00:00Z',
  expiresAt: '2026-06-21T04:00:00Z',
};

const draft: Draft = {
  patientId: thePatient,
  episodeId: episodeIdFor('mild', '2026-03-02'),
  timepoint: '2w',
  values: { condition: 'same' },
  assisted: false,
  signs: 'no',
  savedAt: '2026-03-16T15:00:00Z',
};

const note = (overrides: Partial<SourceNote> = {}) =>
  ({
    patientId: thePatient,
    sourceId: sourceId('s-1'),
    revision: 1,
    status: 'completed',
    reportedAt: sourceTimeOf('2026-03-02T20:00:00Z'),
    eventId: 'e-1',
    ...overrides,
  }) as const;

const patient = 'PATIENT#p-1';

const episodeKey = { pk: patient, sk: 'EPISODE#2026-03-02#epidural-steroid-injection' };

const draftKey = { pk: patient, sk: 'DRAFT#2026-03-02#mild#2w' };

const responseKey = { pk: patient, sk: 'RESPONSE#2026-03-02#epidural-steroid-injection#2w' };

const { nextDueAt: _, ...finished } = anEpisode({ revision: 2, status: 'finished' });

const ignored = {
  patientId: thePatient,
  sourceId: sourceId('s-1'),
  at: '2026-03-02T20:00:00Z',
  reason: 'unknown-code',
} as const;

const notice = { patientId: thePatient, kind: 'call-me', at: '2026-03-16T15:04:05Z' } as const;

/** How each kind of item is written. */
export const careWrites: Readonly<Record<CareWrite['kind'], readonly AccessPattern[]>> = {
  profile: [
    adding(
      'a first profile is stored only where there is none',
      { kind: 'profile', item: profile },
      { Item: { pk: patient, sk: 'PROFILE', ...profile }, ...first },
    ),
    putting(
      'a later profile is stored only over the one that was read',
      { kind: 'profile', item: { ...profile, revision: 3 } },
      { Item: { pk: patient, sk: 'PROFILE', ...profile, revision: 3 }, ...over(2) },
    ),
  ],
  episode: [
    adding(
      'a first episode is stored only where there is none, and enters the due index in its shard',
      { kind: 'episode', item: { ...episode, nextDueAt: '2026-03-02T23:00:00Z' } },
      {
        Item: { ...episodeKey, ...episode, nextDueAt: '2026-03-02T23:00:00Z', dueShard: 'DUE#0' },
        ...first,
      },
    ),
    putting(
      'an episode with nothing due leaves the due index, only over the one that was read',
      { kind: 'episode', item: finished },
      { Item: { ...episodeKey, ...finished }, ...over(1) },
    ),
  ],
  response: [
    adding(
      'first answers are stored only where there are none',
      { kind: 'response', item: response },
      { Item: { ...responseKey, ...response }, ...first },
    ),
    putting(
      'of two changes of one answer, only one made from the stored answers is stored',
      { kind: 'response', item: { ...response, revision: 2 } },
      { Item: { ...responseKey, ...response, revision: 2 }, ...over(1) },
    ),
    {
      promise: 'an answer, the end of its reminders and the audit entry are stored together or not at all',
      method: 'careStoreOn.commit',
      run: commit(
        { kind: 'response', item: { ...response, revision: 2 } },
        { kind: 'episode', item: { ...finished, revision: 4 } },
        {
          kind: 'audit',
          item: { patientId: thePatient, action: 'answer-changed', at: '2026-03-16T15:00:00Z' },
        },
      ),
      sends: [
        {
          TransactWriteItems: {
            TransactItems: [
              {
                Put: { TableName: 'care', Item: { ...responseKey, ...response, revision: 2 }, ...over(1) },
              },
              { Put: { TableName: 'care', Item: { ...episodeKey, ...finished, revision: 4 }, ...over(3) } },
              {
                Put: {
                  TableName: 'care',
                  Item: {
                    pk: 'AUDIT#2026-03',
                    sk: '2026-03-16T15:00:00Z#1dee6e3ec67dc803#answer-changed#62434344e229e5ab',
                    at: '2026-03-16T15:00:00Z',
                    action: 'answer-changed',
                  },
                  ...first,
                },
              },
            ],
            ClientRequestToken: 'random',
          },
        },
      ],
    },
  ],
  revision: [
    adding(
      'answers that were replaced are kept under their number, apart from those that count',
      { kind: 'revision', item: { ...response, revision: 7 } },
      {
        Item: {
          ...response,
          pk: patient,
          sk: 'REVISION#2026-03-02#epidural-steroid-injection#2w#007',
          revision: 7,
        },
      },
    ),
  ],
  draft: [
    adding(
      'a first draft is kept for 30 days; one that was saved before drafts had revisions is replaced',
      { kind: 'draft', item: { ...draft, revision: 1 } },
      {
        Item: { ...draftKey, ...draft, revision: 1, expiresOn: epoch('2026-04-15T15:00Z') },
        ConditionExpression: 'attribute_not_exists(revision)',
      },
    ),
    putting(
      'a later draft replaces only the one that was read',
      { kind: 'draft', item: { ...draft, revision: 4 } },
      { Item: { ...draftKey, ...draft, revision: 4, expiresOn: epoch('2026-04-15T15:00Z') }, ...over(3) },
    ),
  ],
  link: [
    adding(
      'a link is stored under its hash and may be deleted once it has expired',
      { kind: 'link', item: link },
      {
        Item: {
          pk: 'LINK#H2B246R7od7QgCX_4G5XryF8FPlAfzP7pQ-ZsccBk4c',
          sk: 'LINK',
          ...link,
          expiresOn: epoch('2026-06-21T04:00Z'),
        },
      },
    ),
  ],
  source: [
    adding(
      'the first report on a procedure is noted only where there is none, and kept',
      { kind: 'source', item: note() },
      { Item: { pk: patient, sk: 'SOURCE#s-1', ...note() }, ...first },
    ),
    putting(
      'a later report is noted only over the one that was read',
      { kind: 'source', item: note({ revision: 2, status: 'retracted' }) },
      { Item: { pk: patient, sk: 'SOURCE#s-1', ...note({ revision: 2, status: 'retracted' }) }, ...over(1) },
    ),
    adding(
      'the note of a procedure that started nothing is kept for 400 days',
      { kind: 'source', item: note({ status: 'ignored' }) },
      {
        Item: {
          pk: patient,
          sk: 'SOURCE#s-1',
          ...note({ status: 'ignored' }),
          expiresOn: epoch('2027-04-06T20:00Z'),
        },
        ...first,
      },
    ),
  ],
  messages: [
    putting(
      'the memory of messages is written only over the one that was read',
      { kind: 'messages', item: { patientId: thePatient, revision: 2, taken: ['abc'] } },
      { Item: { pk: patient, sk: 'MESSAGES', revision: 2, taken: ['abc'] }, ...over(1) },
    ),
  ],
  owner: [
    adding(
      'whose a procedure record is, is noted under the record alone, only over what was read',
      { kind: 'owner', item: { patientId: thePatient, sourceId: sourceId('s-1'), revision: 1 } },
      {
        Item: { pk: 'RECORD#s-1', sk: 'OWNER', patientId: thePatient, sourceId: 's-1', revision: 1 },
        ...first,
      },
    ),
  ],
  ignored: [
    adding(
      'why a procedure started nothing is kept for 400 days',
      { kind: 'ignored', item: ignored },
      { Item: { pk: patient, sk: 'IGNORED#s-1', ...ignored, expiresOn: epoch('2027-04-06T20:00Z') } },
    ),
  ],
  notice: [
    adding(
      'notices of one kind within an hour are one notice',
      { kind: 'notice', item: notice },
      { Item: { pk: patient, sk: 'NOTICE#2026-03-16T15#call-me', ...notice } },
    ),
  ],
  audit: [
    adding(
      'the audit trail names the patient by a hash and holds nothing else about the patient',
      { kind: 'audit', item: { patientId: thePatient, action: 'opted-out', at: '2026-03-16T15:04:05Z' } },
      {
        Item: {
          pk: 'AUDIT#2026-03',
          sk: '2026-03-16T15:04:05Z#1dee6e3ec67dc803#opted-out#4f53cda18c2baa0c',
          at: '2026-03-16T15:04:05Z',
          action: 'opted-out',
        },
        ...first,
      },
    ),
  ],
};
