import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';

const client = new DynamoDBClient({});

/** The smallest possible function with a DynamoDB client: the baseline for cold starts. */
export const handler = async () => {
  const { CARE_TABLE } = process.env;
  const Key = { pk: { S: 'PATIENT#p-1' }, sk: { S: 'PROFILE' } };
  const { Item } = await client.send(new GetItemCommand({ TableName: CARE_TABLE, Key }));
  return { statusCode: Item === undefined ? 404 : 200, body: JSON.stringify(Item) };
};
