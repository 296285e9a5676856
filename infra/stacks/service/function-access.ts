import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { PolicyStatement as Statement } from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import { onIndex, onPartitions, scanOfKeys, type TableAccess, useOfKey } from '../../constructs/access.ts';
import type { FunctionName } from './function-list.ts';

type QueueTarget = { readonly queueArn: string; readonly keyArn: string };

/** What access is given to. */
export type AccessTargets = {
  readonly scope: IConstruct;
  readonly care: TableAccess;
  readonly outcomes: TableAccess;
  readonly careStreamArn: string;
  readonly email: {
    readonly identityArn: string;
    readonly configurationSetArn: string;
    readonly from: string;
  };
  /** Where records of the stream go that could not be counted, and that staff could not be told of. */
  readonly uncounted: QueueTarget;
  readonly untold: QueueTarget;
};

/** The partitions of both tables, by what is in them; `shared/care/patient/aws/keys.ts` names them. */
const patients = 'PATIENT#*';
const links = 'LINK#*';
const audit = 'AUDIT#*';
const erased = 'ERASED#*';
const clinic = 'CLINIC';
const cells = 'CELLS#*';
const residue = 'RESIDUE#*';
const releases = 'RELEASES';
const basis = 'BASIS';
const candidate = 'CANDIDATE';

/** The attributes that the marker of a counted patient is made of: counting can write nothing else. */
const markerAttributes = ['pk', 'sk', 'revision', 'contribution'];
/** The attributes that a delivery is noted in. */
const deliveryAttributes = ['pk', 'sk', 'revision', 'touchpoints'];

const sendEmail = ({ email }: AccessTargets): PolicyStatement =>
  new Statement({
    actions: ['ses:SendRawEmail'],
    resources: [email.identityArn, email.configurationSetArn],
    conditions: { StringEquals: { 'ses:FromAddress': email.from } },
  });

const readStream = (careStreamArn: string, failed: QueueTarget): readonly PolicyStatement[] => [
  new Statement({
    actions: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'],
    resources: [careStreamArn],
  }),
  new Statement({ actions: ['dynamodb:ListStreams'], resources: ['*'] }),
  new Statement({ actions: ['sqs:SendMessage'], resources: [failed.queueArn] }),
  new Statement({ actions: ['kms:Decrypt', 'kms:GenerateDataKey'], resources: [failed.keyArn] }),
];

/** Takes the targets, gives all that each function may do, by its access pattern and no more. */
export const accessOf = (
  targets: AccessTargets,
): Readonly<Record<FunctionName, readonly PolicyStatement[]>> => {
  const { scope, care, outcomes } = targets;
  const writeCare = useOfKey(scope, care, 'write');
  const takeReports = [
    onPartitions(care, ['Query', 'PutItem'], [patients]),
    onPartitions(care, ['PutItem'], [audit]),
    writeCare,
  ];
  const followLinks = [onPartitions(care, ['GetItem'], [links]), ...takeReports];
  const takeNews = [onPartitions(care, ['GetItem'], [erased]), ...takeReports];
  return {
    'enroll-episode': takeNews,
    'receive-procedure': takeNews,
    'send-due-emails': [
      onIndex(care, 'due', ['DUE#*']),
      onPartitions(care, ['Query', 'PutItem'], [patients]),
      onPartitions(care, ['PutItem'], [links]),
      onPartitions(care, ['GetItem'], [clinic]),
      writeCare,
      sendEmail(targets),
      new Statement({ actions: ['ses:GetSendQuota'], resources: ['*'] }),
    ],
    'record-email-event': [
      ...followLinks,
      onPartitions(care, ['UpdateItem'], [patients], deliveryAttributes),
    ],
    'serve-survey': [onPartitions(care, ['GetItem'], [clinic]), ...followLinks],
    'roll-up-responses': [
      onPartitions(care, ['Query'], [patients]),
      onPartitions(care, ['PutItem'], [patients], markerAttributes),
      onPartitions(outcomes, ['UpdateItem'], [cells]),
      writeCare,
      useOfKey(scope, outcomes, 'write'),
      ...readStream(targets.careStreamArn, targets.uncounted),
    ],
    'publish-release': [
      onPartitions(outcomes, ['Query'], [cells, releases]),
      onPartitions(outcomes, ['GetItem', 'PutItem'], [releases, basis, candidate]),
      useOfKey(scope, outcomes, 'write'),
    ],
    'serve-stats': [
      onPartitions(outcomes, ['GetItem', 'Query'], [releases]),
      useOfKey(scope, outcomes, 'read'),
    ],
    'tell-staff': [
      useOfKey(scope, care, 'read'),
      ...readStream(targets.careStreamArn, targets.untold),
      sendEmail(targets),
    ],
    'check-drift': [
      scanOfKeys(care, ['pk', 'sk']),
      onPartitions(care, ['Query'], [patients]),
      onPartitions(outcomes, ['Query'], [cells, residue]),
      useOfKey(scope, care, 'read'),
      useOfKey(scope, outcomes, 'read'),
    ],
  };
};
