import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import type { FunctionManifest, Grant, TableName } from '../../../shared/platform/function-manifest.ts';
import { indexPartitions, partitions } from '../../../shared/platform/tables.ts';
import { onIndex, onPartitions, scanOf, type TableAccess, useOfKey } from '../../constructs/access.ts';

/** What the manifests' grants are about. */
export type AccessTargets = {
  readonly care: TableAccess;
  readonly outcomes: TableAccess;
  readonly careStreamArn: string;
  readonly email: {
    readonly identityArn: string;
    readonly configurationSetArn: string;
    readonly from: string;
  };
};

type ItemGrant = Extract<Grant, { readonly kind: 'items' }>;

const partitionKeysOf = (grant: ItemGrant): readonly string[] =>
  grant.table === 'care'
    ? grant.partitions.map((partition) => partitions.care[partition])
    : grant.partitions.map((partition) => partitions.outcomes[partition]);

const emailStatement = (
  action: 'SendRawEmail' | 'GetSendQuota',
  { email }: AccessTargets,
): PolicyStatement =>
  action === 'GetSendQuota'
    ? new PolicyStatement({ actions: ['ses:GetSendQuota'], resources: ['*'] })
    : new PolicyStatement({
        actions: ['ses:SendRawEmail'],
        resources: [email.identityArn, email.configurationSetArn],
        conditions: { StringEquals: { 'ses:FromAddress': email.from } },
      });

const statementsOf = (grant: Grant, targets: AccessTargets): readonly PolicyStatement[] => {
  switch (grant.kind) {
    case 'items':
      return [onPartitions(targets[grant.table], grant.actions, partitionKeysOf(grant), grant.attributes)];
    case 'index':
      return [onIndex(targets[grant.table], grant.index, [indexPartitions[grant.index]])];
    case 'scan':
      return [scanOf(targets[grant.table], grant.attributes)];
    case 'email':
      return grant.actions.map((action) => emailStatement(action, targets));
  }
};

const isWrite = (grant: Grant): boolean =>
  grant.kind === 'items' && grant.actions.some((action) => action === 'PutItem' || action === 'UpdateItem');

/** Reading a table, or its stream, decrypts; writing also encrypts. */
const keyUse = ({ access, trigger }: FunctionManifest, table: TableName): 'read' | 'write' | undefined => {
  const grants = access.filter((grant) => grant.kind !== 'email' && grant.table === table);
  if (grants.some(isWrite)) return 'write';
  return grants.length > 0 || (trigger.kind === 'stream' && table === 'care') ? 'read' : undefined;
};

const streamStatements = ({ careStreamArn }: AccessTargets): readonly PolicyStatement[] => [
  new PolicyStatement({
    actions: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'],
    resources: [careStreamArn],
  }),
  new PolicyStatement({ actions: ['dynamodb:ListStreams'], resources: ['*'] }),
];

/** Everything a function may do by its manifest: its grants, the keys they need, and reading the stream. */
export const accessOf = (
  scope: IConstruct,
  manifest: FunctionManifest,
  targets: AccessTargets,
): readonly PolicyStatement[] => [
  ...manifest.access.flatMap((grant) => statementsOf(grant, targets)),
  ...(['care', 'outcomes'] as const).flatMap((table) => {
    const use = keyUse(manifest, table);
    return use === undefined ? [] : [useOfKey(scope, targets[table], use)];
  }),
  ...(manifest.trigger.kind === 'stream' ? streamStatements(targets) : []),
];
