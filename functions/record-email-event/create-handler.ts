import middy from '@middy/core';
import { readSesEvent } from '../../shared/care/emailing/aws/ses-event.ts';
import { recordMailEventWith } from '../../shared/care/emailing/record-email-event.ts';
import { careStoreOn } from '../../shared/care/patient/aws/care-store.ts';
import { documentClient } from '../../shared/platform/aws/dynamodb.ts';
import { type Environment, readEnvironment } from '../../shared/platform/environment.ts';
import type { Runtime } from '../../shared/platform/runtime.ts';
import { environmentSchema } from './environment.ts';

/** Makes the handler: what SES tells of a mail is recorded, and ends the mail where it must. */
export const compose = (environment: Environment, { clock, log, metrics }: Runtime) => {
  const settings = readEnvironment(environmentSchema, environment);
  const recordMailEvent = recordMailEventWith(careStoreOn(documentClient(), settings.CARE_TABLE), clock);
  return middy(async (event: unknown) => {
    const read = readSesEvent(event);
    if (read.status === 'malformed') throw new Error(`mail event rejected: ${read.paths.join(', ')}`);
    if (read.status === 'not-ours') return 'not-ours';
    const outcome = await recordMailEvent(read.event);
    log.info('mail.event', { kind: read.event.kind, outcome });
    metrics.add(`Mail-${read.event.kind}`, 1);
    return outcome;
  });
};
