import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { stageNames, templates } from './support/templates.ts';

describe.each(stageNames)('what outlives a deployment: %s', (stage) => {
  const stateful = () => templates(stage).stateful;

  it('keeps both tables encrypted with keys of their own, restorable, and hard to delete', () => {
    const tables = Object.entries(stateful().findResources('AWS::DynamoDB::GlobalTable'));
    const keys = new Set<string>();
    for (const [, { Properties, DeletionPolicy, UpdateReplacePolicy }] of tables) {
      const [replica] = Properties.Replicas;
      expect(Properties.Replicas).toHaveLength(1);
      expect(replica.PointInTimeRecoverySpecification).toEqual({
        PointInTimeRecoveryEnabled: true,
        RecoveryPeriodInDays: 35,
      });
      expect(replica.DeletionProtectionEnabled).toBe(true);
      expect(Properties.SSESpecification).toEqual({ SSEEnabled: true, SSEType: 'KMS' });
      keys.add(JSON.stringify(replica.SSESpecification.KMSMasterKeyId['Fn::GetAtt']));
      expect([DeletionPolicy, UpdateReplacePolicy]).toEqual(['Retain', 'Retain']);
    }
    expect(keys.size).toBe(2);
  });

  it('rotates every key, and retains it when its stack is deleted', () => {
    for (const template of [stateful(), templates(stage).service]) {
      for (const key of Object.values(template.findResources('AWS::KMS::Key'))) {
        expect(key['Properties'].EnableKeyRotation).toBe(true);
        expect([key['DeletionPolicy'], key['UpdateReplacePolicy']]).toEqual(['Retain', 'Retain']);
      }
    }
  });

  it('restricts each key to the account, and to named services under a condition', () => {
    for (const template of [stateful(), templates(stage).service]) {
      for (const { Properties } of Object.values(template.findResources('AWS::KMS::Key'))) {
        for (const { Principal, Condition } of Properties.KeyPolicy.Statement) {
          if (Principal.AWS !== undefined) expect(JSON.stringify(Principal.AWS)).toContain(':root');
          else expect(Condition, JSON.stringify(Principal)).toBeDefined();
        }
      }
    }
  });

  it('sends email over TLS only, suppresses bounced and complaining addresses, and tracks no one', () => {
    stateful().hasResourceProperties('AWS::SES::ConfigurationSet', {
      DeliveryOptions: { TlsPolicy: 'REQUIRE' },
      SuppressionOptions: { SuppressedReasons: ['BOUNCE', 'COMPLAINT'] },
      TrackingOptions: Match.absent(),
      VdmOptions: Match.absent(),
    });
    stateful().hasResourceProperties('AWS::SES::ConfigurationSetEventDestination', {
      EventDestination: {
        Enabled: true,
        MatchingEventTypes: [
          'send',
          'delivery',
          'bounce',
          'complaint',
          'reject',
          'deliveryDelay',
          'renderingFailure',
        ],
        EventBridgeDestination: { EventBusArn: Match.anyValue() },
      },
    });
    stateful().hasResourceProperties('AWS::SES::EmailIdentity', {
      ConfigurationSetAttributes: Match.anyValue(),
      FeedbackAttributes: { EmailForwardingEnabled: false },
    });
  });

  it('records who accessed the tables, under a lock', () => {
    stateful().hasResourceProperties('AWS::CloudTrail::Trail', {
      IsLogging: true,
      EnableLogFileValidation: true,
      KMSKeyId: Match.anyValue(),
      AdvancedEventSelectors: Match.arrayWith([
        Match.objectLike({
          FieldSelectors: Match.arrayWith([
            { Field: 'eventCategory', Equals: ['Data'] },
            { Field: 'resources.type', Equals: ['AWS::DynamoDB::Table'] },
            { Field: 'resources.ARN', StartsWith: [Match.anyValue(), Match.anyValue()] },
          ]),
        }),
      ]),
    });
    stateful().hasResource('AWS::S3::Bucket', {
      Properties: {
        ObjectLockEnabled: true,
        ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 365 } } },
        VersioningConfiguration: { Status: 'Enabled' },
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [
            { ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: Match.anyValue() } },
          ],
        },
      },
      DeletionPolicy: 'Retain',
    });
    for (const { Properties } of Object.values(stateful().findResources('AWS::S3::Bucket'))) {
      expect(Object.values(Properties.PublicAccessBlockConfiguration)).toEqual([true, true, true, true]);
    }
  });
});

describe('with a domain', () => {
  const withDomain = () => templates('production').stateful;

  it('signs with DKIM, has its own MAIL FROM domain and a DMARC policy', () => {
    withDomain().hasResourceProperties('AWS::SES::EmailIdentity', {
      EmailIdentity: 'aftercare.lakeside.example',
      DkimAttributes: { SigningEnabled: true },
      MailFromAttributes: {
        MailFromDomain: 'bounce.aftercare.lakeside.example',
        BehaviorOnMxFailure: 'REJECT_MESSAGE',
      },
    });
    const records = Object.values(withDomain().findResources('AWS::Route53::RecordSet'));
    const types = records.map(({ Properties }) => Properties.Type).toSorted();
    expect(types).toEqual(['CNAME', 'CNAME', 'CNAME', 'MX', 'TXT', 'TXT']);
    withDomain().hasResourceProperties('AWS::Route53::RecordSet', {
      Name: '_dmarc.aftercare.lakeside.example.',
      ResourceRecords: [Match.stringLikeRegexp('v=DMARC1; p=quarantine; adkim=s')],
    });
  });
});

describe('without a domain', () => {
  it('sends from one verified address and needs no zone', () => {
    const { stateful, service } = templates('dev');
    stateful.hasResourceProperties('AWS::SES::EmailIdentity', { EmailIdentity: 'care@lakeside.example' });
    for (const template of [stateful, service]) template.resourceCountIs('AWS::Route53::RecordSet', 0);
    service.resourceCountIs('AWS::CertificateManager::Certificate', 0);
  });
});
