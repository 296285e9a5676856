import { parentPort, workerData } from 'node:worker_threads';
import type { Clock } from '../../../../shared/platform/ports.ts';
import { instantOfMilliseconds } from '../../../../shared/platform/time.ts';
import { functions } from '../../../functions.ts';
import { millisecondsOf } from '../../played-clock.ts';
import { describeError } from '../events/dead-letters.ts';
import {
  type Completion,
  type Invocation,
  invocation,
  type ShownClock,
  threadData,
} from './background-messages.ts';
import { loadFunctions, namesInBackground } from './laptop-functions.ts';
import { localRuntime } from './laptop-runtime.ts';

/** The thread: it loads its functions once, then serves invocations. Each brings what the clock shows. */
const { variables, logFile } = threadData.parse(workerData);

let shown: ShownClock & { readonly at: number } = { now: '1970-01-01T00:00:00Z', ticks: false, at: 0 };

const clock: Clock = {
  now: () =>
    shown.ticks
      ? instantOfMilliseconds(millisecondsOf(shown.now) + Math.max(0, Date.now() - shown.at))
      : shown.now,
};

const invoke = await loadFunctions(
  functions.filter(({ name }) => namesInBackground.has(name)),
  variables,
  localRuntime(clock, logFile),
);

const complete = async ({ id, name, event }: Invocation): Promise<Completion> => {
  try {
    return { id, result: await invoke(name, event) };
  } catch (error) {
    return { id, error: describeError(error) };
  }
};

parentPort?.on('message', (message: unknown) => {
  const received = invocation.parse(message);
  shown = { ...received.clock, at: Date.now() };
  void complete(received).then((completed) => parentPort?.postMessage(completed));
});
