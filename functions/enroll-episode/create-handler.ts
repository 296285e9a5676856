import middy from '@middy/core';
import {
  acceptContactWith,
  acceptProcedureWith,
  refuseErased,
} from '../../shared/care/intake/accept-procedure.ts';
import { careStoreOn } from '../../shared/care/patient/aws/care-store.ts';
import { erasedPatientsOn } from '../../shared/care/patient/aws/erased-patients.ts';
import { documentClient } from '../../shared/platform/aws/dynamodb.ts';
import { type Environment, readEnvironment } from '../../shared/platform/environment.ts';
import type { Runtime } from '../../shared/platform/runtime.ts';
import { environmentSchema } from './environment.ts';
import { parseEvent } from './parse-event.ts';

/** Makes the handler: an event from the bus becomes an episode, a correction or news about a patient. */
export const createHandler = (environment: Environment, { clock, log, metrics }: Runtime) => {
  const settings = readEnvironment(environmentSchema, environment);
  const client = documentClient();
  const store = careStoreOn(client, settings.CARE_TABLE);
  const defaults = { zone: settings.DEFAULT_ZONE, locale: settings.DEFAULT_LOCALE };
  const { acceptProcedure, acceptContact } = refuseErased(erasedPatientsOn(client, settings.CARE_TABLE), {
    acceptProcedure: acceptProcedureWith(store, clock, defaults),
    acceptContact: acceptContactWith(store, clock, defaults),
  });
  return middy(async (event: unknown) => {
    const said = parseEvent(event, clock.now());
    const accepted =
      said.kind === 'procedure' ? await acceptProcedure(said.report) : await acceptContact(said.report);
    log.info('event.accepted', { kind: said.kind, outcome: accepted.outcome });
    metrics.add(`Event-${accepted.outcome}`, 1);
    return accepted;
  });
};
