import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { stageNames } from '../support/templates.ts';
import { nameIn, resourcesOf } from './resources.ts';

const target = z.object({
  Arn: z.unknown(),
  DeadLetterConfig: z.object({ Arn: z.unknown() }),
  RetryPolicy: z.object({ MaximumEventAgeInSeconds: z.number(), MaximumRetryAttempts: z.number() }),
});
const rule = z.object({
  Name: z.string(),
  State: z.literal('ENABLED'),
  ScheduleExpression: z.string().optional(),
  EventPattern: z.unknown().optional(),
  Targets: z.tuple([target]),
});

/** A day of retries: the longest that EventBridge offers. A tick is not retried: the next one makes up for it. */
const day = { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 };
const tick = { MaximumEventAgeInSeconds: 300, MaximumRetryAttempts: 0 };

/** Every rule, written down a second time on purpose. */
const tableOf = (stage: string) => ({
  procedures: {
    to: 'enroll-episode',
    ends: 'events-not-enrolled',
    retry: day,
    pattern: {
      source: [stage === 'production' ? 'lakeside.procedures' : expect.any(String)],
      'detail-type': ['Procedure Completed', 'Procedure Corrected', 'Contact Changed'],
    },
  },
  'email-events': {
    to: 'record-email-event',
    ends: 'email-events-not-recorded',
    retry: day,
    pattern: {
      source: ['aws.ses'],
      'detail-type': [
        'Email Sent',
        'Email Delivered',
        'Email Bounced',
        'Email Complaint Received',
        'Email Rejected',
        'Email Rendering Failed',
        'Email Delivery Delayed',
      ],
      detail: { mail: { tags: { 'ses:configuration-set': [`aftercare-${stage}`] } } },
    },
  },
  'send-due-emails': { to: 'send-due-emails', ends: 'ticks-not-run', retry: tick, at: 'rate(5 minutes)' },
  'publish-release': { to: 'publish-release', ends: 'ticks-not-run', retry: tick, at: 'cron(0 9 * * ? *)' },
  'check-drift': { to: 'check-drift', ends: 'ticks-not-run', retry: tick, at: 'cron(30 9 * * ? *)' },
});

const rulesOf = (stage: string) =>
  Object.fromEntries(
    [...resourcesOf(stage, 'AWS::Events::Rule').values()].map((raw) => {
      const { Name, ScheduleExpression, EventPattern, Targets } = rule.parse(raw);
      const [{ Arn, DeadLetterConfig, RetryPolicy }] = Targets;
      return [
        nameIn(stage, Name),
        {
          to: nameIn(stage, Arn),
          ends: nameIn(stage, DeadLetterConfig.Arn),
          retry: RetryPolicy,
          ...(ScheduleExpression === undefined ? {} : { at: ScheduleExpression }),
          ...(EventPattern === undefined ? {} : { pattern: EventPattern }),
        },
      ];
    }),
  );

const queue = z.object({ MessageRetentionPeriod: z.literal(1_209_600), KmsMasterKeyId: z.unknown() });

describe.each(stageNames)('the events of %s', (stage) => {
  it('go where the table says, are retried as often as it says, and end in its queue', () => {
    expect(rulesOf(stage)).toEqual(tableOf(stage));
  });

  it('wait in five queues for 14 days, encrypted', () => {
    const queues = [...resourcesOf(stage, 'AWS::SQS::Queue').values()];
    expect(queues).toHaveLength(5);
    for (const raw of queues) expect(queue.parse(raw).KmsMasterKeyId).toBeDefined();
  });

  it('can be replayed for 30 days', () => {
    const archives = [...resourcesOf(stage, 'AWS::Events::Archive').values()];
    expect(archives).toMatchObject([{ RetentionDays: 30, ArchiveName: `aftercare-${stage}` }]);
  });
});
