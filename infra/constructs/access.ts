import { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import type { ItemAction } from '../../shared/platform/function-manifest.ts';

/** A table and its key, as a policy names them. */
export type TableAccess = { readonly tableArn: string; readonly keyArn: string };

const dynamodb = (actions: readonly ItemAction[]) => actions.map((action) => `dynamodb:${action}`);

/**
 * Allows actions on items of some partitions only (`*` stands for any ending). With `attributes`, only items made of
 * those can be written.
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

/** Allows queries of some partitions of an index. */
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

/** Allows a scan that returns no attributes but these. */
export const scanOf = ({ tableArn }: TableAccess, attributes: readonly string[]): PolicyStatement =>
  new PolicyStatement({
    actions: ['dynamodb:Scan'],
    resources: [tableArn],
    conditions: {
      'ForAllValues:StringEquals': { 'dynamodb:Attributes': [...attributes] },
      StringEquals: { 'dynamodb:Select': 'SPECIFIC_ATTRIBUTES' },
    },
  });

const keyActions = {
  read: ['kms:Decrypt', 'kms:DescribeKey'],
  write: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey'],
} as const;

/** Allows the use of a table's key, through DynamoDB only. */
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
