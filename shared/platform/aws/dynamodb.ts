import { DynamoDBClient, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/** Makes a client whose endpoint, region and credentials come from the SDK's own variables. */
export const documentClient = (): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(new DynamoDBClient({}), {
    marshallOptions: { removeUndefinedValues: true },
  });

/** What DynamoDB gives for a write that somebody else's write, done or under way, stands against. */
const conflictCodes: ReadonlySet<string> = new Set(['ConditionalCheckFailed', 'TransactionConflict']);

/** Takes an error of a conditional write, says whether it only means that somebody else was first. */
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
