import { setTimeout as sleep } from 'node:timers/promises';
import middy from '@middy/core';
import { careStoreOn } from '../../shared/adapters/dynamodb/care-store.ts';
import { documentClient } from '../../shared/adapters/dynamodb/client.ts';
import { pauseStoreOn } from '../../shared/adapters/dynamodb/pause-store.ts';
import { sesClient, sesMailerOn } from '../../shared/adapters/ses/ses-mailer.ts';
import { type Environment, readEnvironment } from '../../shared/adapters/system/environment.ts';
import type { Runtime } from '../../shared/adapters/system/runtime.ts';
import { randomTokens } from '../../shared/adapters/system/tokens.ts';
import { type SweepLimits, sendDueMailWith } from '../../shared/application/send-due-mail.ts';
import { dueShardCount } from '../../shared/tables.ts';
import { composeWith } from './compose-mail.ts';
import { environmentSchema } from './environment.ts';

/** The function's time-out is five minutes; a sweep begins nothing new in the last one. */
const limits: SweepLimits = {
  shards: dueShardCount,
  pageSize: 100,
  parallel: 4,
  shareOfRate: 0.8,
  timeBudget: 240_000,
};

/** Makes the handler: whatever is due is claimed, sent and moved on to its next contact. */
export const compose = (environment: Environment, { clock, log, metrics }: Runtime) => {
  const settings = readEnvironment(environmentSchema, environment);
  const client = documentClient();
  const store = careStoreOn(client, settings.CARE_TABLE);
  const mailer = sesMailerOn(sesClient(), settings.CONFIGURATION_SET || undefined);
  const sendDueMail = sendDueMailWith(
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
  return middy(() => sendDueMail());
};
