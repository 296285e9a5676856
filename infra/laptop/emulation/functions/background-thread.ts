import { parentPort, workerData } from 'node:worker_threads';
import { createHandler as rollUpResponses } from '../../../../functions/roll-up-responses/create-handler.ts';
import { createHandler as sendDueEmail } from '../../../../functions/send-due-emails/create-handler.ts';
import { createHandler as serveSurvey } from '../../../../functions/serve-survey/create-handler.ts';
import type { Clock } from '../../../../shared/platform/ports.ts';
import { instantOfMilliseconds } from '../../../../shared/platform/time.ts';
import { millisecondsOf } from '../../played-clock.ts';
import { describeError } from '../events/dead-letters.ts';
import { localContext } from '../http/http-event.ts';
import {
  type Answer,
  type Call,
  call,
  type ShownClock,
  threadData,
  type Work,
} from './background-messages.ts';
import { localRuntime } from './laptop-runtime.ts';

/** The thread: it makes the functions once, then answers calls. Each call brings what the clock shows. */
const { environment, logFile } = threadData.parse(workerData);

let shown: ShownClock & { readonly at: number } = { now: '1970-01-01T00:00:00Z', ticks: false, at: 0 };

const clock: Clock = {
  now: () =>
    shown.ticks
      ? instantOfMilliseconds(millisecondsOf(shown.now) + Math.max(0, Date.now() - shown.at))
      : shown.now,
};

const runtimeOf = localRuntime(clock, logFile);

const send = sendDueEmail(environment, runtimeOf('send-due-emails'));

const rollUp = rollUpResponses(environment, runtimeOf('roll-up-responses'));

const survey = serveSurvey(environment, runtimeOf('serve-survey'));

const run = (work: Work): Promise<unknown> => {
  switch (work.name) {
    case 'send-due-emails':
      return send({}, localContext(work.name));
    case 'roll-up-responses':
      return rollUp(work.event, localContext(work.name));
    case 'serve-survey':
      return survey(work.event, localContext(work.name));
  }
};

const answerTo = async (asked: Call): Promise<Answer> => {
  try {
    return { id: asked.id, result: await run(asked.work) };
  } catch (error) {
    return { id: asked.id, error: describeError(error) };
  }
};

parentPort?.on('message', (message: unknown) => {
  const asked = call.parse(message);
  shown = { ...asked.clock, at: Date.now() };
  void answerTo(asked).then((said) => parentPort?.postMessage(said));
});
