import { Aws, Duration, RemovalPolicy } from 'aws-cdk-lib';
import { CfnTrail } from 'aws-cdk-lib/aws-cloudtrail';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  ObjectLockRetention,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { acknowledge } from '../../constructs/acknowledge.ts';

export type AuditTrailProps = {
  readonly trailName: string;
  /** The prefix of the functions' roles. Their accesses are left out: the tables have audit items of their own. */
  readonly prefix: string;
  readonly key: IKey;
  readonly tableArns: readonly string[];
};

const replication =
  'The trail can be rebuilt by nobody but need not survive the loss of a region: the tables it is about are in the same one.';
const ownLogs =
  'This bucket receives the access logs of the trail; logging its own accesses into itself would never end.';
const logKey = 'S3 writes access logs only to a bucket whose default encryption is SSE-S3.';

/**
 * Records who accessed the tables other than the functions, and every change of the account's configuration. Records
 * are kept for six years (45 CFR 164.316(b)(2)(i)) and locked for one.
 */
export class AuditTrail extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, props: AuditTrailProps) {
    super(scope, id);
    const common = {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      versioned: true,
      removalPolicy: RemovalPolicy.RETAIN,
    };
    const accessLogs = new Bucket(this, 'AccessLogs', {
      ...common,
      encryption: BucketEncryption.S3_MANAGED,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      lifecycleRules: [{ expiration: Duration.days(400), noncurrentVersionExpiration: Duration.days(30) }],
    });
    this.bucket = new Bucket(this, 'Records', {
      ...common,
      encryption: BucketEncryption.KMS,
      encryptionKey: props.key,
      bucketKeyEnabled: true,
      objectLockEnabled: true,
      objectLockDefaultRetention: ObjectLockRetention.governance(Duration.days(365)),
      serverAccessLogsBucket: Bucket.fromBucketName(this, 'AccessLogsByName', accessLogs.bucketName),
      lifecycleRules: [
        { expiration: Duration.days(6 * 366), noncurrentVersionExpiration: Duration.days(30) },
      ],
    });
    const trailArn = `arn:${Aws.PARTITION}:cloudtrail:${Aws.REGION}:${Aws.ACCOUNT_ID}:trail/${props.trailName}`;
    const writer = { principals: [new ServicePrincipal('cloudtrail.amazonaws.com')] };
    const fromTrail = { StringEquals: { 'aws:SourceArn': trailArn } };
    accessLogs.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('logging.s3.amazonaws.com')],
        actions: ['s3:PutObject'],
        resources: [accessLogs.arnForObjects('*')],
        conditions: { ArnLike: { 'aws:SourceArn': this.bucket.bucketArn } },
      }),
    );
    this.bucket.addToResourcePolicy(
      new PolicyStatement({
        ...writer,
        actions: ['s3:GetBucketAcl'],
        resources: [this.bucket.bucketArn],
        conditions: fromTrail,
      }),
    );
    this.bucket.addToResourcePolicy(
      new PolicyStatement({
        ...writer,
        actions: ['s3:PutObject'],
        resources: [this.bucket.arnForObjects(`AWSLogs/${Aws.ACCOUNT_ID}/*`)],
        conditions: fromTrail,
      }),
    );
    const trail = this.makeTrail(props);
    if (this.bucket.policy !== undefined) trail.node.addDependency(this.bucket.policy);
    acknowledge(this.bucket, {
      'Annotation::@aws-cdk/aws-s3:accessLogsPolicyNotAdded':
        'The policy is written out here, for this bucket as the only source.',
      'HIPAA.Security-S3BucketReplicationEnabled': replication,
      'NIST.800.53.R5-S3BucketReplicationEnabled': replication,
    });
    acknowledge(accessLogs, {
      'HIPAA.Security-S3BucketReplicationEnabled': replication,
      'NIST.800.53.R5-S3BucketReplicationEnabled': replication,
      'AwsSolutions-S1': ownLogs,
      'HIPAA.Security-S3BucketLoggingEnabled': ownLogs,
      'NIST.800.53.R5-S3BucketLoggingEnabled': ownLogs,
      'HIPAA.Security-S3DefaultEncryptionKMS': logKey,
      'NIST.800.53.R5-S3DefaultEncryptionKMS': logKey,
    });
  }

  private makeTrail({ trailName, prefix, key, tableArns }: AuditTrailProps): CfnTrail {
    const functions = `arn:${Aws.PARTITION}:sts::${Aws.ACCOUNT_ID}:assumed-role/${prefix}-`;
    const trail = new CfnTrail(this, 'Trail', {
      trailName,
      isLogging: true,
      s3BucketName: this.bucket.bucketName,
      kmsKeyId: key.keyArn,
      enableLogFileValidation: true,
      includeGlobalServiceEvents: true,
      isMultiRegionTrail: true,
      advancedEventSelectors: [
        {
          name: 'Every access to the tables but those of the functions',
          fieldSelectors: [
            { field: 'eventCategory', equalTo: ['Data'] },
            { field: 'resources.type', equalTo: ['AWS::DynamoDB::Table'] },
            { field: 'resources.ARN', startsWith: [...tableArns] },
            { field: 'userIdentity.arn', notStartsWith: [functions] },
          ],
        },
        {
          name: 'Every change of the set-up',
          fieldSelectors: [
            { field: 'eventCategory', equalTo: ['Management'] },
            { field: 'readOnly', equalTo: ['false'] },
          ],
        },
      ],
    });
    const logs =
      'The records are for inquiries and are read from the bucket; what needs an answer at once has an alarm on a metric.';
    acknowledge(trail, {
      'HIPAA.Security-CloudTrailCloudWatchLogsEnabled': logs,
      'NIST.800.53.R5-CloudTrailCloudWatchLogsEnabled': logs,
    });
    return trail;
  }
}
