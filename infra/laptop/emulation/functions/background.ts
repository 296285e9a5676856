import { Worker } from 'node:worker_threads';
import type { PlayedClock } from '../../played-clock.ts';
import { answer, type Call, type ThreadData, type Work } from './background-messages.ts';

/** The thread in which the sender, the counting and the survey's pages run, so that two cores share the work. */
export type Background = {
  readonly invoke: (work: Work) => Promise<unknown>;
  readonly stop: () => Promise<void>;
};

type Waiting = { readonly done: (result: unknown) => void; readonly failed: (error: Error) => void };

/** Starts the thread. A function that throws there rejects here; a thread that dies fails what was under way. */
export const startBackground = (data: ThreadData, clock: PlayedClock): Background => {
  const worker = new Worker(new URL('./background-thread.ts', import.meta.url), {
    workerData: data,
    execArgv: ['--import', 'tsx'],
  });
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  const failAll = (error: Error): void => {
    for (const { failed } of waiting.values()) failed(error);
    waiting.clear();
  };
  worker.on('error', failAll);
  worker.on('exit', () => failAll(new Error('The background thread has ended.')));
  worker.on('message', (message: unknown) => {
    const said = answer.parse(message);
    const one = waiting.get(said.id);
    waiting.delete(said.id);
    if ('error' in said) one?.failed(new Error(said.error));
    else one?.done(said.result);
  });
  return {
    invoke: (work) =>
      new Promise((done, failed) => {
        lastId += 1;
        waiting.set(lastId, { done, failed });
        const asked: Call = {
          id: lastId,
          work,
          clock: { now: clock.now(), ticks: clock.mode() === 'ticking' },
        };
        worker.postMessage(asked);
      }),
    stop: async () => {
      await worker.terminate();
    },
  };
};
