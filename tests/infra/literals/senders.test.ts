import { describe, expect, it } from 'vitest';
import { stageNames } from '../support/templates.ts';
import { linesOf, nameIn, plain, resourcesOf } from './resources.ts';

/** Who may put something where, written down a second time on purpose. */
const secure = 'if aws:SecureTransport Bool false';
const fromRule = (rule: string) =>
  `events.amazonaws.com: sqs:SendMessage if aws:SourceArn ArnEquals ${rule}.Arn`;

const queues = {
  'events-not-enrolled': [fromRule('RulesProcedures')],
  'email-events-not-recorded': [fromRule('RulesEmailEvents')],
  'ticks-not-run': [
    fromRule('Rulessenddueemails'),
    fromRule('Rulespublishrelease'),
    fromRule('Rulescheckdrift'),
  ],
  'changes-not-counted': [],
  'staff-not-told': [],
};

/** Who invokes each function, apart from Lambda itself, which reads the stream with the function's own role. */
const callers = {
  'enroll-episode': ['events.amazonaws.com RulesProcedures.Arn'],
  'receive-procedure': [
    'apigateway.amazonaws.com IntakeApi/*/*/procedures',
    'apigateway.amazonaws.com IntakeApi/*/*/contacts',
    'apigateway.amazonaws.com IntakeApi/*/*/fhir',
    'apigateway.amazonaws.com IntakeApi/*/*/fhir/Procedure',
    'apigateway.amazonaws.com IntakeApi/*/*/fhir/Procedure/{id}',
    'apigateway.amazonaws.com IntakeApi/*/*/fhir/Patient',
    'apigateway.amazonaws.com IntakeApi/*/*/fhir/Patient/{id}',
    'apigateway.amazonaws.com IntakeApi/*/*/fhir/Appointment',
    'apigateway.amazonaws.com IntakeApi/*/*/fhir/Appointment/{id}',
    'apigateway.amazonaws.com IntakeApi/*/*/{proxy+}',
  ],
  'send-due-emails': ['events.amazonaws.com Rulessenddueemails.Arn'],
  'record-email-event': ['events.amazonaws.com RulesEmailEvents.Arn'],
  'serve-survey': ['/s/{token}', '/u/{token}', '/h/{token}', ''].map(
    (page) => `apigateway.amazonaws.com PagesApi/*/*${page}`,
  ),
  'publish-release': ['events.amazonaws.com Rulespublishrelease.Arn'],
  'serve-stats': [
    'apigateway.amazonaws.com PagesApi/*/*/stats',
    'apigateway.amazonaws.com PagesApi/*/*/stats/{proxy+}',
  ],
  'check-drift': ['events.amazonaws.com Rulescheckdrift.Arn'],
};

const policiesOf = (stage: string, type: string, stack: 'service' | 'stateful', of: string) =>
  Object.fromEntries(
    [...resourcesOf(stage, type, stack).values()].map((one) => [
      String([plain(one[of])].flat()[0]),
      linesOf(one['PolicyDocument']),
    ]),
  );

describe.each(stageNames)('in %s', (stage) => {
  it('the alarms of this account may publish to the topic, over TLS', () => {
    expect(policiesOf(stage, 'AWS::SNS::TopicPolicy', 'service', 'Topics')).toEqual({
      Operations: [
        `never *: sns:Publish ${secure}`,
        'cloudwatch.amazonaws.com: sns:Publish if aws:SourceAccount StringEquals {AccountId}',
      ],
    });
  });

  it('a rule may put what it could not deliver into its own queue', () => {
    const found = [...resourcesOf(stage, 'AWS::SQS::QueuePolicy').values()].map(
      ({ Queues, PolicyDocument }) => [nameIn(stage, [Queues].flat()[0]), linesOf(PolicyDocument)] as const,
    );
    expect(Object.fromEntries(found)).toEqual(
      Object.fromEntries(
        Object.entries(queues).map(([name, lines]) => [name, [`never *: sqs:* ${secure}`, ...lines]]),
      ),
    );
  });

  it('CloudTrail may write to the bucket of its trail, and S3 the log of who reads that', () => {
    const trail = `arn:{Partition}:cloudtrail:{Region}:{AccountId}:trail/aftercare-${stage}`;
    const closed = [`never *: s3:* ${secure}`, 'never *: s3:* if s3:TlsVersion NumericLessThan 1.2'];
    expect(policiesOf(stage, 'AWS::S3::BucketPolicy', 'stateful', 'Bucket')).toEqual({
      AuditAccessLogs: [
        ...closed,
        'logging.s3.amazonaws.com: s3:PutObject if aws:SourceArn ArnLike AuditRecords.Arn',
      ],
      AuditRecords: [
        ...closed,
        `cloudtrail.amazonaws.com: s3:GetBucketAcl if aws:SourceArn StringEquals ${trail}`,
        `cloudtrail.amazonaws.com: s3:PutObject if aws:SourceArn StringEquals ${trail}`,
      ],
    });
  });

  it('each function is called by its own rule or API only', () => {
    const found = [...resourcesOf(stage, 'AWS::Lambda::Permission').values()].map((one) => {
      const source = String(plain(one['SourceArn'])).replace(/^arn:.*:(?=\w+Api\/)/, '');
      return { name: nameIn(stage, one['FunctionName']), line: `${one['Principal']} ${source}` };
    });
    const byName = Object.entries(Object.groupBy(found, ({ name }) => name));
    expect(
      Object.fromEntries(byName.map(([name, all = []]) => [name, [...new Set(all.map(({ line }) => line))]])),
    ).toEqual(callers);
  });
});
