import { readSesEvent } from '../../shared/care/emailing/aws/ses-event.ts';
import { recordEmailEventWith } from '../../shared/care/emailing/record-email-event.ts';
import { careStoreOn } from '../../shared/care/patient/aws/care-store.ts';
import { documentClient } from '../../shared/platform/aws/dynamodb.ts';
import { type Environment, readEnvironment } from '../../shared/platform/environment.ts';
import { failure } from '../../shared/platform/logging/errors.ts';
import { loggedInvocations } from '../../shared/platform/logging/invocation.ts';
import type { Runtime } from '../../shared/platform/logging/runtime.ts';
import { environmentSchema } from './environment.ts';

/** Creates the handler that records SES events and stops email to a patient where it must. */
export const createHandler = (environment: Environment, { clock, log, metrics }: Runtime) => {
  const settings = readEnvironment(environmentSchema, environment);
  const recordEmailEvent = recordEmailEventWith(careStoreOn(documentClient(), settings.CARE_TABLE), clock);
  return loggedInvocations(log, async (event: unknown) => {
    const read = readSesEvent(event);
    if (read.outcome === 'malformed') throw failure(`email event rejected: ${read.paths.join(', ')}`);
    if (read.outcome === 'not-ours') return 'not-ours';
    const outcome = await recordEmailEvent(read.event);
    if (outcome === 'not-yet') throw failure('the link of an email that is minutes old was not found');
    log.info('email.event', { kind: read.event.kind, outcome });
    metrics.add(`Email-${read.event.kind}`, 1);
    return outcome;
  });
};
