import { parentPort, workerData } from 'node:worker_threads';
import { compose as rollUpResponses } from '../../functions/roll-up-responses/compose.ts';
import { compose as sendDueMail } from '../../functions/send-due-mail/compose.ts';
import { compose as serveSurvey } from '../../functions/serve-survey/compose.ts';
import type { Clock } from '../../shared/application/ports.ts';
import {
  type Answer,
  type Call,
  call,
  type ShownClock,
  threadData,
  type Work,
} from './background-messages.ts';
import { describeError } from './dead-letters.ts';
import { localContext } from './http-event.ts';
import { localRuntime } from './local-runtime.ts';
import { instantOf, millisecondsOf } from './played-clock.ts';

/** The thread: it makes the functions once, then answers calls. Each call brings what the clock shows. */
const { environment, logFile } = threadData.parse(workerData);

let shown: ShownClock & { readonly at: number } = { now: '1970-01-01T00:00:00Z', ticks: false, at: 0 };
const clock: Clock = {
  now: () =>
    shown.ticks ? instantOf(millisecondsOf(shown.now) + Math.max(0, Date.now() - shown.at)) : shown.now,
};

const runtimeOf = localRuntime(clock, logFile);
const send = sendDueMail(environment, runtimeOf('send-due-mail'));
const rollUp = rollUpResponses(environment, runtimeOf('roll-up-responses'));
const survey = serveSurvey(environment, runtimeOf('serve-survey'));

const run = (work: Work): Promise<unknown> => {
  switch (work.name) {
    case 'send-due-mail':
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
