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
import { createReceiver } from './receive.ts';

/** Makes the handler of the HTTP API that clinic systems post to: our JSON, and FHIR. */
export const createHandler = (environment: Environment, { clock, log }: Runtime) => {
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
      if (!(await erased.wasErased(item.patientId))) await store.commit([{ kind: 'ignored', item }]);
    },
    now: clock.now,
    log,
  });
};
