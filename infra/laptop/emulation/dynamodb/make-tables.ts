import {
  type AttributeDefinition,
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  type DynamoDBClient,
  ResourceInUseException,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { careTable, outcomesTable, type TableDefinition } from '../../../../shared/platform/tables.ts';

export type TableNames = { readonly care: string; readonly outcomes: string };

const keySchema = (keys: { readonly partitionKey: string; readonly sortKey: string }) => [
  { AttributeName: keys.partitionKey, KeyType: 'HASH' as const },
  { AttributeName: keys.sortKey, KeyType: 'RANGE' as const },
];

/** Returns the CreateTable request for a table definition. */
export const createTableInput = (name: string, table: TableDefinition): CreateTableCommandInput => {
  const keyNames = new Set([table, ...table.indexes].flatMap((keys) => [keys.partitionKey, keys.sortKey]));
  const attributes: AttributeDefinition[] = [...keyNames].map((AttributeName) => ({
    AttributeName,
    AttributeType: 'S',
  }));
  return {
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: attributes,
    KeySchema: keySchema(table),
    ...(table.indexes.length > 0 && {
      GlobalSecondaryIndexes: table.indexes.map((index) => ({
        IndexName: index.name,
        KeySchema: keySchema(index),
        Projection: { ProjectionType: index.projection },
      })),
    }),
    ...(table.stream !== undefined && {
      StreamSpecification: { StreamEnabled: true, StreamViewType: table.stream },
    }),
  };
};

const ensureTable = async (client: DynamoDBClient, name: string, table: TableDefinition) => {
  try {
    const { TableDescription } = await client.send(new CreateTableCommand(createTableInput(name, table)));
    if (table.timeToLive !== undefined) {
      const TimeToLiveSpecification = { AttributeName: table.timeToLive, Enabled: true };
      await client.send(new UpdateTimeToLiveCommand({ TableName: name, TimeToLiveSpecification }));
    }
    return TableDescription;
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error;
    return (await client.send(new DescribeTableCommand({ TableName: name }))).Table;
  }
};

/**
 * Creates whichever of the two tables is missing, from the definitions that the CDK stack uses. Returns the ARN
 * of the `care` table's stream.
 */
export const makeTables = async (
  client: DynamoDBClient,
  names: TableNames,
): Promise<{ readonly streamArn: string }> => {
  const [care] = await Promise.all([
    ensureTable(client, names.care, careTable),
    ensureTable(client, names.outcomes, outcomesTable),
  ]);
  const streamArn = care?.LatestStreamArn;
  if (streamArn === undefined) throw new Error(`The table ${names.care} has no stream.`);
  return { streamArn };
};
