import { describe, expect, it } from 'vitest';
import { stageNames, templates } from '../support/templates.ts';
import { plain, resourcesOf } from './resources.ts';

describe.each(stageNames)('the audit trail of %s', (stage) => {
  it('records every access to both tables but those of the functions, and every change of the set-up', () => {
    const [trail, ...more] = [...resourcesOf(stage, 'AWS::CloudTrail::Trail', 'stateful').values()];
    expect(more).toEqual([]);
    expect(plain(trail)).toEqual({
      TrailName: `aftercare-${stage}`,
      IsLogging: true,
      IsMultiRegionTrail: true,
      IncludeGlobalServiceEvents: true,
      EnableLogFileValidation: true,
      KMSKeyId: 'LogKey.Arn',
      S3BucketName: 'AuditRecords',
      AdvancedEventSelectors: [
        {
          Name: expect.any(String),
          FieldSelectors: [
            { Field: 'eventCategory', Equals: ['Data'] },
            { Field: 'resources.type', Equals: ['AWS::DynamoDB::Table'] },
            { Field: 'resources.ARN', StartsWith: ['CareTable.Arn', 'OutcomesTable.Arn'] },
            {
              Field: 'userIdentity.arn',
              NotStartsWith: [`arn:{Partition}:sts::{AccountId}:assumed-role/aftercare-${stage}-`],
            },
          ],
        },
        {
          Name: expect.any(String),
          FieldSelectors: [
            { Field: 'eventCategory', Equals: ['Management'] },
            { Field: 'readOnly', Equals: ['false'] },
          ],
        },
      ],
      Tags: expect.any(Array),
    });
  });

  it('names both tables that there are, and roles that only functions have', () => {
    const tables = [...resourcesOf(stage, 'AWS::DynamoDB::GlobalTable', 'stateful').keys()];
    expect(tables.map((id) => plain({ Ref: id }))).toEqual(['CareTable', 'OutcomesTable']);
    const roles = [...resourcesOf(stage, 'AWS::IAM::Role').values()].map(({ RoleName }) => String(RoleName));
    for (const name of roles) expect(name.startsWith(`aftercare-${stage}-`)).toBe(true);
    expect(resourcesOf(stage, 'AWS::IAM::Role', 'stateful').size).toBe(0);
  });

  it('is written once its bucket lets it, kept six years and locked for one', () => {
    const [trail] = Object.values(templates(stage).stateful.findResources('AWS::CloudTrail::Trail'));
    expect(plain(trail?.['DependsOn'])).toEqual([expect.stringMatching(/^AuditRecordsPolicy/)]);
    const buckets = resourcesOf(stage, 'AWS::S3::Bucket', 'stateful');
    const records = [...buckets].find(([id]) => id.startsWith('AuditRecords'))?.[1];
    expect(plain(records)).toMatchObject({
      ObjectLockEnabled: true,
      ObjectLockConfiguration: {
        ObjectLockEnabled: 'Enabled',
        Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 365 } },
      },
      LifecycleConfiguration: {
        Rules: [
          {
            ExpirationInDays: 2196,
            NoncurrentVersionExpiration: { NoncurrentDays: 30 },
            Status: 'Enabled',
          },
        ],
      },
      LoggingConfiguration: { DestinationBucketName: 'AuditAccessLogs' },
      VersioningConfiguration: { Status: 'Enabled' },
    });
  });
});
