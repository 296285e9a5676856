import { AsyncLocalStorage } from 'node:async_hooks';
import type { Context } from 'aws-lambda';
import type { Log } from '../ports.ts';
import { errorFields, reasonOf, withoutData } from './errors.ts';
import type { HashedId } from './hashed-id.ts';

/** What an invocation is about, as far as it is known yet. */
export type Subject = {
  readonly route?: string;
  readonly patient?: HashedId;
  readonly episode?: HashedId;
};

type Invocation = { readonly requestId: string; subject: Subject };

const invocations = new AsyncLocalStorage<Invocation>();

/** Notes what the current invocation is about: every line logged from here on carries it. */
export const noteSubject = (subject: Subject): void => {
  const invocation = invocations.getStore();
  if (invocation !== undefined) invocation.subject = { ...invocation.subject, ...subject };
};

/** The fields that the current invocation adds to each line; none outside an invocation. */
export const invocationFields = (): Subject & { readonly requestId?: string } => {
  const invocation = invocations.getStore();
  return invocation === undefined ? {} : { requestId: invocation.requestId, ...invocation.subject };
};

/**
 * Wraps a handler: lines logged while it runs carry the request's id, and what it throws is logged once and passed on
 * to Lambda without its message, which may hold a patient's data.
 */
export const loggedInvocations =
  <Event, Result>(log: Log, handle: (event: Event, context: Context) => Promise<Result>) =>
  (event: Event, context: Context): Promise<Result> =>
    invocations.run({ requestId: context.awsRequestId, subject: {} }, async () => {
      try {
        return await handle(event, context);
      } catch (error) {
        const reason = reasonOf(error);
        log.error('invocation.failed', {
          ...errorFields(error),
          ...(reason === undefined ? {} : { reason }),
        });
        throw withoutData(error);
      }
    });
