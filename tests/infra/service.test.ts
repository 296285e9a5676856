import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { manifest as sendDueEmails } from '../../functions/send-due-emails/function.ts';
import { functions } from '../../infra/functions.ts';
import { stageNames, templates } from './support/templates.ts';

const resources = (template: Template, type: string) => Object.values(template.findResources(type));

describe.each(stageNames)('the service: %s', (stage) => {
  const service = () => templates(stage).service;

  it('runs every function on arm64 and Node 24, with all of its variables and concurrency of its own', () => {
    for (const { name, environment, maxConcurrency } of functions) {
      const found = resources(service(), 'AWS::Lambda::Function').filter(
        ({ Properties }) => Properties.FunctionName === `aftercare-${stage}-${name}`,
      );
      expect(found, name).toHaveLength(1);
      const { Properties } = found[0] ?? {};
      expect(Properties.Architectures).toEqual(['arm64']);
      expect(Properties.Runtime).toBe('nodejs24.x');
      expect(Object.keys(Properties.Environment.Variables).toSorted()).toEqual(
        [...Object.keys(environment.shape), 'METRICS_NAMESPACE'].toSorted(),
      );
      expect(Properties.ReservedConcurrentExecutions).toBe(maxConcurrency);
      expect(maxConcurrency).toBeGreaterThan(0);
      expect(Properties.LoggingConfig).toEqual({
        LogFormat: 'JSON',
        ApplicationLogLevel: 'INFO',
        SystemLogLevel: 'WARN',
        LogGroup: expect.anything(),
      });
    }
  });

  it('sends from one place at a time', () => {
    expect(sendDueEmails.maxConcurrency).toBe(1);
    service().hasResourceProperties('AWS::Lambda::Function', {
      FunctionName: `aftercare-${stage}-send-due-emails`,
      ReservedConcurrentExecutions: 1,
    });
  });

  it('encrypts every log and keeps it for as long as the settings say', () => {
    const groups = resources(service(), 'AWS::Logs::LogGroup');
    expect(groups).toHaveLength(functions.length + 3);
    for (const { Properties } of groups) {
      expect(Properties.KmsKeyId).toBeDefined();
      expect(Properties.RetentionInDays).toBeGreaterThanOrEqual(30);
    }
  });

  it('encrypts dead letters, accepts them over TLS only and keeps them for 14 days', () => {
    const queues = Object.entries(service().findResources('AWS::SQS::Queue'));
    expect(queues).toHaveLength(5);
    for (const [id, { Properties }] of queues) {
      expect(Properties.KmsMasterKeyId).toBeDefined();
      expect(Properties.MessageRetentionPeriod).toBe(14 * 24 * 3600);
      service().hasResourceProperties('AWS::SQS::QueuePolicy', {
        Queues: [{ Ref: id }],
        PolicyDocument: {
          Statement: Match.arrayWith([
            Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
          ]),
        },
      });
    }
  });

  it('gives every asynchronous invocation a failure destination', () => {
    const configs = resources(service(), 'AWS::Lambda::EventInvokeConfig');
    expect(configs).toHaveLength(5);
    for (const { Properties } of configs) {
      expect(Properties.DestinationConfig.OnFailure.Destination).toBeDefined();
      expect(Properties.MaximumEventAgeInSeconds).toBe(6 * 3600);
    }
    for (const { Properties } of resources(service(), 'AWS::Events::Rule')) {
      for (const target of Properties.Targets) {
        expect(target.DeadLetterConfig.Arn).toBeDefined();
        expect(target.RetryPolicy).toBeDefined();
      }
    }
  });

  it('archives events for 30 days, encrypted, and routes the known types to enrollment', () => {
    service().hasResourceProperties('AWS::Events::EventBus', { KmsKeyIdentifier: Match.anyValue() });
    service().hasResourceProperties('AWS::Events::Archive', {
      RetentionDays: 30,
      KmsKeyIdentifier: Match.anyValue(),
      EventPattern: Match.absent(),
    });
    service().hasResourceProperties('AWS::Events::Rule', {
      EventBusName: Match.anyValue(),
      EventPattern: {
        source: ['lakeside.procedures'],
        'detail-type': ['Procedure Completed', 'Procedure Corrected', 'Contact Changed'],
      },
    });
  });

  it('receives what SES reports about its own emails, from the default bus', () => {
    service().hasResourceProperties('AWS::Events::Rule', {
      EventBusName: Match.absent(),
      EventPattern: {
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
    });
  });

  it('runs the sender every five minutes, publishing and the drift check daily', () => {
    const schedules = resources(service(), 'AWS::Events::Rule').flatMap(
      ({ Properties }) => Properties.ScheduleExpression ?? [],
    );
    expect(schedules).toEqual(['rate(5 minutes)', 'cron(0 9 * * ? *)', 'cron(30 9 * * ? *)']);
  });

  it('counts from the stream with bounded retries, bisecting, and a failure destination', () => {
    service().hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      MaximumRetryAttempts: 20,
      MaximumRecordAgeInSeconds: 6 * 3600,
      MaximumBatchingWindowInSeconds: 20,
      StartingPosition: 'TRIM_HORIZON',
      DestinationConfig: { OnFailure: { Destination: Match.anyValue() } },
      FilterCriteria: { Filters: [{ Pattern: Match.stringLikeRegexp('EPISODE#') }] },
    });
  });

  it('emails staff about new notices, and nothing else in the stream, within seconds', () => {
    service().hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      MaximumBatchingWindowInSeconds: 20,
      MaximumRecordAgeInSeconds: 6 * 3600,
      DestinationConfig: { OnFailure: { Destination: Match.anyValue() } },
      FilterCriteria: {
        Filters: [
          {
            Pattern: JSON.stringify({
              eventName: ['INSERT'],
              dynamodb: { Keys: { sk: { S: [{ prefix: 'NOTICE#' }] } } },
            }),
          },
        ],
      },
    });
    service().hasResourceProperties('AWS::Lambda::Function', {
      FunctionName: `aftercare-${stage}-tell-staff`,
      Environment: {
        Variables: Match.objectLike({
          STAFF_ADDRESS: 'care-team@lakeside.example',
          WORKLIST_COMMAND: `npm run ops -- worklist --stage ${stage}`,
        }),
      },
    });
  });

  it('authorizes every request at the intake', () => {
    const routes = resources(service(), 'AWS::ApiGatewayV2::Route').filter(
      ({ Properties }) => !/^\$default$|\/(s|u|h|stats)(\/|$)/.test(Properties.RouteKey),
    );
    expect(routes.map(({ Properties }) => Properties.RouteKey).toSorted()).toEqual([
      'POST /contacts',
      'POST /fhir',
      'POST /fhir/Appointment',
      'POST /fhir/Patient',
      'POST /fhir/Procedure',
      'POST /procedures',
      'POST /{proxy+}',
      'PUT /fhir/Appointment/{id}',
      'PUT /fhir/Patient/{id}',
      'PUT /fhir/Procedure/{id}',
      'PUT /{proxy+}',
    ]);
    const kind = stage === 'production' ? 'JWT' : 'AWS_IAM';
    for (const { Properties } of routes) expect(Properties.AuthorizationType).toBe(kind);
  });

  it('serves the public only through CloudFront: functions check the secret that CloudFront sends', () => {
    service().hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: {
        Origins: [
          Match.objectLike({
            OriginCustomHeaders: [{ HeaderName: 'x-origin-verify', HeaderValue: Match.anyValue() }],
            CustomOriginConfig: Match.objectLike({
              OriginProtocolPolicy: 'https-only',
              OriginSSLProtocols: ['TLSv1.2'],
            }),
          }),
        ],
      },
    });
    const integrations = resources(service(), 'AWS::ApiGatewayV2::Integration');
    expect(integrations).toHaveLength(3);
    for (const name of ['serve-survey', 'serve-stats']) {
      service().hasResourceProperties('AWS::Lambda::Function', {
        FunctionName: `aftercare-${stage}-${name}`,
        Environment: { Variables: Match.objectLike({ ORIGIN_SECRETS: Match.anyValue() }) },
      });
      const source = readFileSync(
        join(import.meta.dirname, `../../functions/${name}/create-handler.ts`),
        'utf8',
      );
      expect(source).toContain('onlyThroughCdn(variables.ORIGIN_SECRETS)');
    }
  });

  it('emails alarms to a person, over an encrypted topic', () => {
    service().hasResourceProperties('AWS::SNS::Topic', { KmsMasterKeyId: Match.anyValue() });
    service().hasResourceProperties('AWS::SNS::Subscription', {
      Protocol: 'email',
      Endpoint: 'operations@lakeside.example',
    });
  });
});

describe('the public address', () => {
  const baseUrl = (stage: string): unknown =>
    Object.values(templates(stage).service.findResources('AWS::Lambda::Function')).find(
      ({ Properties }) => Properties.FunctionName === `aftercare-${stage}-send-due-emails`,
    )?.['Properties'].Environment.Variables.BASE_URL;

  it('is the domain if there is one, with TLS 1.2 and its own certificate', () => {
    expect(baseUrl('production')).toBe('https://aftercare.lakeside.example');
    templates('production').service.hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: {
        Aliases: ['aftercare.lakeside.example'],
        ViewerCertificate: Match.objectLike({
          MinimumProtocolVersion: 'TLSv1.2_2021',
          SslSupportMethod: 'sni-only',
        }),
      },
    });
    templates('production').service.resourceCountIs('AWS::Route53::RecordSet', 2);
  });

  it("is CloudFront's own name otherwise, known to the sender in the same deployment", () => {
    const value = JSON.stringify(baseUrl('dev'));
    expect(value).toMatch(/"https:\/\/",\{"Fn::GetAtt":\["EdgeDistribution\w+","DomainName"\]\}/);
  });
});
