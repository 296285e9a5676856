import middy from '@middy/core';
import { careStoreOn } from '../../shared/adapters/dynamodb/care-store.ts';
import { documentClient } from '../../shared/adapters/dynamodb/client.ts';
import { readSesEvent } from '../../shared/adapters/ses/ses-event.ts';
import { type Environment, readEnvironment } from '../../shared/adapters/system/environment.ts';
import type { Runtime } from '../../shared/adapters/system/runtime.ts';
import { recordMailEventWith } from '../../shared/application/record-mail-event.ts';
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
