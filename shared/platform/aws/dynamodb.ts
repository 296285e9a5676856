import { DynamoDBClient, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/** Makes a client whose endpoint, region and credentials come from the SDK's own variables. */
export const documentClient = (): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(new DynamoDBClient({}), {
    marshallOptions: { removeUndefinedValues: true },
  });

/** The cancellation reasons of a write that lost against another write, finished or under way. */
const conflictCodes: ReadonlySet<string> = new Set(['ConditionalCheckFailed', 'TransactionConflict']);

/** The cancellation reasons of a write that came while the table had no capacity left. */
const busyCodes: ReadonlySet<string> = new Set(['ThrottlingError', 'ProvisionedThroughputExceeded']);

const busyErrors: ReadonlySet<string> = new Set([
  'ThrottlingException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
]);

/** Why each write of a cancelled transaction failed, in the order of the writes; `None` for those that did not. */
export const cancellationCodes = (error: unknown): readonly string[] =>
  error instanceof TransactionCanceledException
    ? (error.CancellationReasons ?? []).map(({ Code }) => Code ?? 'None')
    : [];

/** True when a conditional write failed only because another write came first. */
export const isConflict = (error: unknown): boolean => {
  if (error instanceof TransactionCanceledException) {
    const reasons = cancellationCodes(error).filter((code) => code !== 'None');
    return reasons.length > 0 && reasons.every((code) => conflictCodes.has(code));
  }
  return (
    error instanceof Error &&
    (error.name === 'ConditionalCheckFailedException' || error.name === 'TransactionConflictException')
  );
};

/** True when nothing was written because DynamoDB has too much to do, whatever else was in the way. */
export const isThrottle = (error: unknown): boolean => {
  const reasons = cancellationCodes(error).filter((code) => code !== 'None');
  return (
    (reasons.some((code) => busyCodes.has(code)) &&
      reasons.every((code) => busyCodes.has(code) || conflictCodes.has(code))) ||
    (error instanceof Error && busyErrors.has(error.name))
  );
};
