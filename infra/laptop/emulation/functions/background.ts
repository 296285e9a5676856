import { Worker } from 'node:worker_threads';
import type { PlayedClock } from '../../played-clock.ts';
import { completion, type Invocation, type ThreadData } from './background-messages.ts';
import type { Invoke } from './laptop-functions.ts';

/** The thread in which the busiest functions run. */
export type Background = {
  readonly invoke: Invoke;
  readonly stop: () => Promise<void>;
};

type Pending = {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
};

/** Starts the thread. What a function throws there rejects here; if the thread dies, all pending calls reject. */
export const startBackground = (data: ThreadData, clock: PlayedClock): Background => {
  const worker = new Worker(new URL('./background-thread.ts', import.meta.url), {
    workerData: data,
    execArgv: ['--import', 'tsx'],
  });
  const pending = new Map<number, Pending>();
  let lastId = 0;
  const rejectAll = (error: Error): void => {
    for (const { reject } of pending.values()) reject(error);
    pending.clear();
  };
  worker.on('error', rejectAll);
  worker.on('exit', () => rejectAll(new Error('The background thread has ended.')));
  worker.on('message', (message: unknown) => {
    const completed = completion.parse(message);
    const call = pending.get(completed.id);
    pending.delete(completed.id);
    if ('error' in completed) call?.reject(new Error(completed.error));
    else call?.resolve(completed.result);
  });
  return {
    invoke: (name, event) =>
      new Promise((resolve, reject) => {
        lastId += 1;
        pending.set(lastId, { resolve, reject });
        const invocation: Invocation = {
          id: lastId,
          name,
          event,
          clock: { now: clock.now(), ticks: clock.mode() === 'ticking' },
        };
        worker.postMessage(invocation);
      }),
    stop: async () => {
      await worker.terminate();
    },
  };
};
