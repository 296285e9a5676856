import * as z from 'zod';
import { guardedText } from '../../../../shared/platform/guarded-text.ts';
import { isUtcInstant } from '../../../../shared/platform/time.ts';

/** What the clock shows when a function is called, and whether it goes on from there. */
const shownClock = z.object({ now: guardedText(isUtcInstant), ticks: z.boolean() });
export type ShownClock = z.infer<typeof shownClock>;

/** An invocation of a function in the background thread. */
export const invocation = z.object({
  id: z.int(),
  name: z.string(),
  event: z.unknown(),
  clock: shownClock,
});
export type Invocation = z.infer<typeof invocation>;

/** How an invocation ended. */
export const completion = z.union([
  z.object({ id: z.int(), result: z.unknown() }),
  z.object({ id: z.int(), error: z.string() }),
]);
export type Completion = z.infer<typeof completion>;

/** What the thread is started with. */
export const threadData = z.object({
  variables: z.record(z.string(), z.union([z.string(), z.undefined()])),
  logFile: z.string(),
});
export type ThreadData = Readonly<z.infer<typeof threadData>>;
