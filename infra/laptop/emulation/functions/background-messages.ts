import type {
  APIGatewayProxyEventV2,
  APIGatewayProxyStructuredResultV2,
  DynamoDBStreamEvent,
} from 'aws-lambda';
import * as z from 'zod';
import { guardedText } from '../../../../shared/platform/guarded-text.ts';
import { isUtcInstant } from '../../../../shared/platform/time.ts';

/** The functions with the most to do run beside the others, in a thread of their own; each with its event. */
export const work = z.discriminatedUnion('name', [
  z.object({ name: z.literal('send-due-emails') }),
  z.object({ name: z.literal('roll-up-responses'), event: z.custom<DynamoDBStreamEvent>() }),
  z.object({ name: z.literal('serve-survey'), event: z.custom<APIGatewayProxyEventV2>() }),
]);
export type Work = z.infer<typeof work>;

/** What comes back for a page. */
export const pageResult = z.custom<APIGatewayProxyStructuredResultV2>(
  (value) => typeof value === 'object' && value !== null && 'statusCode' in value,
);

/** What the clock showed when a function was called, and whether it goes on from there. */
const shownClock = z.object({ now: guardedText(isUtcInstant), ticks: z.boolean() });
export type ShownClock = z.infer<typeof shownClock>;

/** A call of a function in the background thread. */
export const call = z.object({ id: z.int(), work, clock: shownClock });
export type Call = z.infer<typeof call>;

/** What a call came to. */
export const answer = z.union([
  z.object({ id: z.int(), result: z.unknown() }),
  z.object({ id: z.int(), error: z.string() }),
]);
export type Answer = z.infer<typeof answer>;

/** What the thread is started with. */
export const threadData = z.object({
  environment: z.record(z.string(), z.string()),
  logFile: z.string(),
});
export type ThreadData = z.infer<typeof threadData>;
