import { pauseStoreOn } from '../../shared/care/emailing/aws/pause-store.ts';
import { sesClient, sesMailerOn } from '../../shared/care/emailing/aws/ses-mailer.ts';
import { sendDueEmailWith } from '../../shared/care/emailing/send-due-emails.ts';
import { careStoreOn } from '../../shared/care/patient/aws/care-store.ts';
import { documentClient } from '../../shared/platform/aws/dynamodb.ts';
import { type Environment, readEnvironment } from '../../shared/platform/environment.ts';
import { loggedInvocations } from '../../shared/platform/logging/invocation.ts';
import { type Runtime, randomTokens } from '../../shared/platform/logging/runtime.ts';
import { machineTimer, type Timer } from '../../shared/platform/timer.ts';
import { composeWith } from './compose-email.ts';
import { environmentSchema } from './environment.ts';
import { sweepLimits } from './limits.ts';

/** Creates the handler that reserves, sends and settles every email that is due. Tests have a timer of their own. */
export const createHandler = (
  environment: Environment,
  { clock, log, metrics }: Runtime,
  timer: Timer = machineTimer,
) => {
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
      ...timer,
    },
    sweepLimits,
  );
  return loggedInvocations(log, () => sendDueEmail());
};
