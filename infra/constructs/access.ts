import { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';

/** A table and its key, as a policy names them. */
export type TableAccess = { readonly tableArn: string; readonly keyArn: string };

/** What the functions do with items. A transaction needs the action of each of its writes and no other. */
export type ItemAction = 'Query' | 'GetItem' | 'PutItem' | 'UpdateItem';

const dynamodb = (actions: readonly ItemAction[]) => actions.map((action) => `dynamodb:${action}`);

/**
 * Takes a table, actions and partition keys (`*` stands for any ending), gives the statement that allows them on
 * items of those partitions only. With `attributes`, only items made of those can be written.
 */
export const onPartitions = (
  { tableArn }: TableAccess,
  actions: readonly ItemAction[],
  partitions: readonly string[],
  attributes?: readonly string[],
): PolicyStatement =>
  new PolicyStatement({
    actions: dynamodb(actions),
    resources: [tableArn],
    conditions: {
      'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [...partitions] },
      ...(attributes === undefined
        ? {}
        : { 'ForAllValues:StringEquals': { 'dynamodb:Attributes': [...attributes] } }),
    },
  });

/** Takes a table, an index and partition keys, gives the statement that allows to query those of the index. */
export const onIndex = (
  { tableArn }: TableAccess,
  index: string,
  partitions: readonly string[],
): PolicyStatement =>
  new PolicyStatement({
    actions: dynamodb(['Query']),
    resources: [`${tableArn}/index/${index}`],
    conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [...partitions] } },
  });

/** Takes a table and its key attributes, gives the statement that allows a scan which returns no more than those. */
export const scanOfKeys = ({ tableArn }: TableAccess, keys: readonly string[]): PolicyStatement =>
  new PolicyStatement({
    actions: ['dynamodb:Scan'],
    resources: [tableArn],
    conditions: {
      'ForAllValues:StringEquals': { 'dynamodb:Attributes': [...keys] },
      StringEquals: { 'dynamodb:Select': 'SPECIFIC_ATTRIBUTES' },
    },
  });

const keyActions = {
  read: ['kms:Decrypt', 'kms:DescribeKey'],
  write: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey'],
} as const;

/** Takes a table and what is done with it, gives the use of its key, through DynamoDB only. */
export const useOfKey = (
  scope: IConstruct,
  { keyArn }: TableAccess,
  use: keyof typeof keyActions,
): PolicyStatement =>
  new PolicyStatement({
    actions: [...keyActions[use]],
    resources: [keyArn],
    conditions: { StringEquals: { 'kms:ViaService': `dynamodb.${Stack.of(scope).region}.amazonaws.com` } },
  });
