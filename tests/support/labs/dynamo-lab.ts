import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { startDynamo } from '../../../infra/laptop/emulation/dynamodb/dynoxide.ts';
import { makeTables, type TableNames } from '../../../infra/laptop/emulation/dynamodb/make-tables.ts';
import { localClientConfig } from '../../../infra/laptop/emulation/functions/laptop-aws.ts';

/** An embedded DynamoDB with both tables, in memory. */
export type DynamoLab = {
  readonly dynamoEndpoint: string;
  readonly tables: TableNames;
  readonly streamArn: string;
  readonly client: DynamoDBClient;
  /** Creates two more empty tables in the same process: cheaper than another lab. */
  readonly freshTables: () => Promise<{ readonly tables: TableNames; readonly streamArn: string }>;
  readonly stop: () => Promise<void>;
};

/** Starts a lab. Tests call it through `sharedLab`, which stops it too. */
export const startLab = async (): Promise<DynamoLab> => {
  const dynamo = await startDynamo({ environment: {} });
  const client = new DynamoDBClient(localClientConfig(dynamo.endpoint));
  let made = 0;
  const freshTables: DynamoLab['freshTables'] = async () => {
    made += 1;
    const tables = { care: `care-${made}`, outcomes: `outcomes-${made}` };
    return { tables, ...(await makeTables(client, tables)) };
  };
  const first = await freshTables();
  return {
    dynamoEndpoint: dynamo.endpoint,
    ...first,
    client,
    freshTables,
    stop: async () => {
      client.destroy();
      await dynamo.stop();
    },
  };
};
