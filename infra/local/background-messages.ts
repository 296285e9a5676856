import type { DynamoDBStreamEvent } from 'aws-lambda';
import * as z from 'zod';

/** The functions that run beside the others, in a thread of their own: nobody waits for their answer. */
export const backgroundNames = ['send-due-mail', 'roll-up-responses'] as const;
export type BackgroundName = (typeof backgroundNames)[number];

/** What the clock showed when a function was called, and whether it goes on from there. */
const shownClock = z.object({ now: z.string(), ticks: z.boolean() });
export type ShownClock = z.infer<typeof shownClock>;

/** A call of a function in the background thread. */
export const call = z.object({
  id: z.int(),
  name: z.enum(backgroundNames),
  event: z.custom<DynamoDBStreamEvent>(),
  clock: shownClock,
});
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
