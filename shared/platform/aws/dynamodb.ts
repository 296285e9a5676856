import { DynamoDBClient, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/** Makes a client whose endpoint, region and credentials come from the SDK's own variables. */
export const documentClient = (): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(new DynamoDBClient({}), {
    marshallOptions: { removeUndefinedValues: true },
  });

/** The cancellation reasons of a write that lost against another write, finished or under way. */
const conflictCodes: ReadonlySet<string> = new Set(['ConditionalCheckFailed', 'TransactionConflict']);

/** True when a conditional write failed only because another write came first. */
export const isConflict = (error: unknown): boolean => {
  if (error instanceof TransactionCanceledException) {
    const codes = (error.CancellationReasons ?? []).map(({ Code }) => Code ?? 'None');
    return codes.every((code) => code === 'None' || conflictCodes.has(code));
  }
  return (
    error instanceof Error &&
    (error.name === 'ConditionalCheckFailedException' || error.name === 'TransactionConflictException')
  );
};
