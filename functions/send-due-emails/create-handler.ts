import { setTimeout as sleep } from 'node:timers/promises';
import { pauseStoreOn } from '../../shared/care/emailing/aws/pause-store.ts';
import { sesClient, sesMailerOn } from '../../shared/care/emailing/aws/ses-mailer.ts';
import { type SweepLimits, sendDueEmailWith } from '../../shared/care/emailing/send-due-emails.ts';
import { careStoreOn } from '../../shared/care/patient/aws/care-store.ts';
import { documentClient } from '../../shared/platform/aws/dynamodb.ts';
import { type Environment, readEnvironment } from '../../shared/platform/environment.ts';
import { loggedInvocations } from '../../shared/platform/logging/invocation.ts';
import { type Runtime, randomTokens } from '../../shared/platform/logging/runtime.ts';
import { dueShardCount } from '../../shared/platform/tables.ts';
import { composeWith } from './compose-email.ts';
import { environmentSchema } from './environment.ts';

/** The function times out after five minutes; a sweep starts nothing new in the last one. Milliseconds. */
const limits: SweepLimits = {
  shards: dueShardCount,
  pageSize: 100,
  parallel: 4,
  shareOfRate: 0.8,
  timeBudget: 240_000,
};

/** Creates the handler that reserves, sends and settles every email that is due. */
export const createHandler = (environment: Environment, { clock, log, metrics }: Runtime) => {
  const settings = readEnvironment(environmentSchema, environment);
  const client = documentClient();
  const store = careStoreOn(client, settings.CARE_TABLE);
  const mailer = sesMailerOn(sesClient(), settings.CONFIGURATION_SET || undefined);
  const sendDueEmail = sendDueEmailWith(
    {
      store,
      pauses: pauseStoreOn(client, settings.CARE_TABLE),
      mailer,
      compose: composeWith(settings),
      tokens: randomTokens,
      clock,
      log,
      metrics,
      wait: (milliseconds) => sleep(milliseconds),
      stopwatch: () => performance.now(),
    },
    limits,
  );
  return loggedInvocations(log, () => sendDueEmail());
};
