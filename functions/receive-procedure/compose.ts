import { careStoreOn } from '../../shared/adapters/dynamodb/care-store.ts';
import { documentClient } from '../../shared/adapters/dynamodb/client.ts';
import { erasedPatientsOn } from '../../shared/adapters/dynamodb/erasure-store.ts';
import { type Environment, readEnvironment } from '../../shared/adapters/system/environment.ts';
import type { Runtime } from '../../shared/adapters/system/runtime.ts';
import { acceptContactWith } from '../../shared/application/accept-contact.ts';
import { acceptProcedureWith } from '../../shared/application/accept-procedure.ts';
import { refuseErased } from '../../shared/application/refuse-erased.ts';
import { environmentSchema } from './environment.ts';
import { createReceiver } from './receive.ts';

/** Makes the handler of the HTTP API that clinic systems post to: our JSON, and FHIR. */
export const compose = (environment: Environment, { clock, log }: Runtime) => {
  const settings = readEnvironment(environmentSchema, environment);
  const client = documentClient();
  const store = careStoreOn(client, settings.CARE_TABLE);
  const defaults = { zone: settings.DEFAULT_ZONE, locale: settings.DEFAULT_LOCALE };
  const erased = erasedPatientsOn(client, settings.CARE_TABLE);
  const { acceptProcedure, acceptContact } = refuseErased(erased, {
    acceptProcedure: acceptProcedureWith(store, clock, defaults),
    acceptContact: acceptContactWith(store, clock, defaults),
  });
  return createReceiver({
    accept: acceptProcedure,
    acceptContact,
    recordIgnored: async (item) => {
      if (!(await erased.wasErased(item.patientId))) await store.commit([{ write: 'ignored', item }]);
    },
    now: clock.now,
    log,
  });
};
