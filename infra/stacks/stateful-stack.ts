import { Stack, type StackProps, Tags } from 'aws-cdk-lib';
import type { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { careTable, outcomesTable } from '../../shared/platform/tables.ts';
import type { TableAccess } from '../constructs/access.ts';
import { forThisAccount, HouseKey } from '../constructs/house-key.ts';
import { HouseTable } from '../constructs/house-table.ts';
import type { Stage } from '../settings/load-settings.ts';
import { namesOf } from '../settings/names.ts';
import { AuditTrail } from './stateful/audit-trail.ts';
import { SendingIdentity } from './stateful/sending-identity.ts';

export type StatefulStackProps = StackProps & { readonly stage: Stage };

/** What outlives every deployment: the tables and their keys, the identity that email is sent from, the audit trail. */
export class StatefulStack extends Stack {
  readonly care: HouseTable;
  readonly outcomes: HouseTable;
  readonly careAccess: TableAccess;
  readonly outcomesAccess: TableAccess;
  readonly careStreamArn: string;
  readonly logKey: Key;
  readonly email: SendingIdentity;

  constructor(scope: Construct, id: string, { stage, ...props }: StatefulStackProps) {
    super(scope, id, props);
    const names = namesOf(stage.name);
    const careKey = new HouseKey(this, 'CareKey', {
      alias: `${names.prefix}-care`,
      description: 'Encrypts the table of people.',
    }).key;
    const outcomesKey = new HouseKey(this, 'OutcomesKey', {
      alias: `${names.prefix}-outcomes`,
      description:
        'Encrypts the table of counts and releases. Not the key of people: who publishes has no use of that one.',
    }).key;
    this.logKey = this.makeLogKey(names.prefix, names.trail);

    this.care = new HouseTable(this, 'Care', {
      tableName: names.careTable,
      definition: careTable,
      key: careKey,
    });
    this.outcomes = new HouseTable(this, 'Outcomes', {
      tableName: names.outcomesTable,
      definition: outcomesTable,
      key: outcomesKey,
    });
    Tags.of(this.care).add('data', 'patients');
    this.careAccess = { tableArn: this.care.table.tableArn, keyArn: careKey.keyArn };
    this.outcomesAccess = { tableArn: this.outcomes.table.tableArn, keyArn: outcomesKey.keyArn };

    const { tableStreamArn } = this.care.table;
    if (tableStreamArn === undefined)
      throw new Error('The table of people must have a stream to count from.');
    this.careStreamArn = tableStreamArn;

    this.email = new SendingIdentity(this, 'Mail', {
      configurationSetName: names.configurationSet,
      emailFrom: stage.settings.emailFrom,
      ...(stage.settings.domain === undefined ? {} : { domain: stage.settings.domain }),
      reportsTo: stage.settings.alarmAddress,
    });
    new AuditTrail(this, 'Audit', {
      trailName: names.trail,
      prefix: names.prefix,
      key: this.logKey,
      tableArns: [this.care.table.tableArn, this.outcomes.table.tableArn],
    });
  }

  /** One key for the service's logs and the audit trail. */
  private makeLogKey(prefix: string, trail: string): Key {
    const { region, account, partition } = this;
    const logGroups = `arn:${partition}:logs:${region}:${account}:log-group:*`;
    const trails = `arn:${partition}:cloudtrail:${region}:${account}:trail/${trail}`;
    return new HouseKey(this, 'LogKey', {
      alias: `${prefix}-logs`,
      description: 'Encrypts the logs and the audit trail.',
      users: [
        {
          service: `logs.${region}.amazonaws.com`,
          actions: [
            'kms:Encrypt',
            'kms:Decrypt',
            'kms:ReEncrypt*',
            'kms:GenerateDataKey*',
            'kms:DescribeKey',
          ],
          conditions: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': logGroups } },
        },
        {
          service: 'cloudtrail.amazonaws.com',
          actions: ['kms:GenerateDataKey*'],
          conditions: { StringEquals: { 'aws:SourceArn': trails } },
        },
        {
          service: 'cloudtrail.amazonaws.com',
          actions: ['kms:DescribeKey'],
          conditions: forThisAccount(this),
        },
      ],
    }).key;
  }
}
