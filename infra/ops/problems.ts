import * as z from 'zod';
import { isStartupProblem, startupProblem } from '../laptop/host/startup-problem.ts';

/** Takes the line to show, gives the error to throw: what is wrong and the way out. */
export const opsProblem = startupProblem;

/** What errors of the SDK mean to the person at the terminal. */
const knownErrors: ReadonlyMap<string, string> = new Map([
  [
    'CredentialsProviderError',
    'There are no AWS credentials here. Sign in (for example `aws sso login`) or set AWS_PROFILE, then try again.',
  ],
  [
    'ExpiredTokenException',
    'The AWS credentials have expired. Sign in again, for example with `aws sso login`.',
  ],
  [
    'UnrecognizedClientException',
    'AWS does not know these credentials. Check AWS_PROFILE and the account you are signed in to.',
  ],
  [
    'AccessDeniedException',
    'AWS refuses this to the role you are signed in with. Use the operations role of the stage.',
  ],
  [
    'ResourceNotFoundException',
    'There is no such table. Check the stage, the account and the region, or set CARE_TABLE and OUTCOMES_TABLE.',
  ],
]);

/** Takes anything caught, gives one line for the person at the terminal. */
export const lineFor = (caught: unknown): string => {
  if (isStartupProblem(caught)) return caught.message;
  if (caught instanceof z.ZodError) {
    return caught.issues
      .map(({ path, message }) => (path.length > 0 ? `${path.join('.')}: ${message}` : message))
      .join('; ');
  }
  if (!(caught instanceof Error)) return 'Something went wrong that has no name. Try again.';
  if (/ECONNREFUSED|fetch failed/.test(`${caught.message} ${String(caught.cause)}`)) {
    return 'Nothing answers there. Check that it runs, then try again.';
  }
  return knownErrors.get(caught.name) ?? `${caught.name}: ${caught.message.split('\n')[0] ?? ''}`;
};
