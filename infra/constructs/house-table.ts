import { RemovalPolicy } from 'aws-cdk-lib';
import {
  AttributeType,
  Billing,
  ProjectionType,
  StreamViewType,
  TableEncryptionV2,
  TableV2,
} from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { TableDefinition } from '../../shared/platform/tables.ts';

export type HouseTableProps = {
  readonly tableName: string;
  readonly definition: TableDefinition;
  readonly key: IKey;
};

const text = (name: string) => ({ name, type: AttributeType.STRING });

/** A table as `shared/platform/tables.ts` describes it, with the backups and locks that patients' data needs. */
export class HouseTable extends Construct {
  readonly table: TableV2;

  constructor(scope: Construct, id: string, { tableName, definition, key }: HouseTableProps) {
    super(scope, id);
    this.table = new TableV2(this, 'Table', {
      tableName,
      partitionKey: text(definition.partitionKey),
      sortKey: text(definition.sortKey),
      billing: Billing.onDemand(),
      encryption: TableEncryptionV2.customerManagedKey(key),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: 35 },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
      globalSecondaryIndexes: definition.indexes.map((index) => ({
        indexName: index.name,
        partitionKey: text(index.partitionKey),
        sortKey: text(index.sortKey),
        projectionType: ProjectionType[index.projection],
      })),
      ...(definition.timeToLive === undefined ? {} : { timeToLiveAttribute: definition.timeToLive }),
      ...(definition.stream === undefined ? {} : { dynamoStream: StreamViewType[definition.stream] }),
    });
  }
}
