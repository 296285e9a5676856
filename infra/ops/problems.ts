import * as z from 'zod';
import { isStartupProblem, startupProblem } from '../laptop/host/startup-problem.ts';

/** Creates an error whose message is printed as is: what is wrong and how to fix it. */
export const opsProblem = startupProblem;

/** Messages for errors of the AWS SDK, by name. */
const knownErrors: ReadonlyMap<string, string> = new Map([
  [
    'CredentialsProviderError',
    'No AWS credentials found. Sign in (for example with `aws sso login`) or set AWS_PROFILE, then try again.',
  ],
  [
    'ExpiredTokenException',
    'The AWS credentials have expired. Sign in again, for example with `aws sso login`.',
  ],
  [
    'UnrecognizedClientException',
    'AWS does not recognize these credentials. Check AWS_PROFILE and the account you are signed in to.',
  ],
  [
    'AccessDeniedException',
    'The role you are signed in with is not allowed to do this. Use the operations role of the stage.',
  ],
  [
    'ResourceNotFoundException',
    'The table does not exist. Check the stage, the account and the region, or set CARE_TABLE and OUTCOMES_TABLE.',
  ],
]);

/** Returns the line to print for anything caught. */
export const lineFor = (caught: unknown): string => {
  if (isStartupProblem(caught)) return caught.message;
  if (caught instanceof z.ZodError) {
    return caught.issues
      .map(({ path, message }) => (path.length > 0 ? `${path.join('.')}: ${message}` : message))
      .join('; ');
  }
  if (!(caught instanceof Error)) return 'Unknown error. Try again.';
  if (/ECONNREFUSED|fetch failed/.test(`${caught.message} ${String(caught.cause)}`)) {
    return 'Cannot connect. Check that the system is running, then try again.';
  }
  return knownErrors.get(caught.name) ?? `${caught.name}: ${caught.message.split('\n')[0] ?? ''}`;
};
