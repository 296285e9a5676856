import middy from '@middy/core';
import httpHeaderNormalizer from '@middy/http-header-normalizer';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { acceptContactWith } from '../../shared/care/intake/accept-contact.ts';
import { acceptProcedureWith } from '../../shared/care/intake/accept-procedure.ts';
import { careStoreOn } from '../../shared/care/patient/aws/care-store.ts';
import { documentClient } from '../../shared/platform/aws/dynamodb.ts';
import { type Environment, readEnvironment } from '../../shared/platform/environment.ts';
import { compressUncached } from '../../shared/platform/http/compress.ts';
import { bodyLimit, renderErrors, securityHeaders } from '../../shared/platform/http/middleware.ts';
import { router } from '../../shared/platform/http/router.ts';
import { hashedId } from '../../shared/platform/logging/hashed-id.ts';
import { loggedInvocations, noteSubject } from '../../shared/platform/logging/invocation.ts';
import type { Runtime } from '../../shared/platform/logging/runtime.ts';
import { environmentSchema } from './environment.ts';
import type { ReceiverParts } from './receiver-parts.ts';
import { receiverRoutes, withoutEndSlashes } from './receiver-routes.ts';
import { renderError } from './responses.ts';

/** A Bundle of as many resources as one may hold. */
const maxBodyBytes = 256 * 1024;

/** Creates the handler from the use cases. The API's authorizer decides who may call it. */
export const createReceiver = (parts: ReceiverParts) => {
  const handler = middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
    .use(compressUncached())
    .use(securityHeaders())
    .use(renderErrors(parts.log, parts.metrics, renderError))
    .use(httpHeaderNormalizer())
    .use(bodyLimit(maxBodyBytes))
    .handler(withoutEndSlashes(router(receiverRoutes(parts))));
  return loggedInvocations(parts.log, handler);
};

/** Creates the handler of the HTTP API that clinic systems post to: our JSON and FHIR. */
export const createHandler = (environment: Environment, { clock, log, metrics }: Runtime) => {
  const settings = readEnvironment(environmentSchema, environment);
  const store = careStoreOn(documentClient(), settings.CARE_TABLE);
  const defaults = { zone: settings.DEFAULT_ZONE, locale: settings.DEFAULT_LOCALE };
  const acceptProcedure = acceptProcedureWith(store, clock, defaults);
  const acceptContact = acceptContactWith(store, clock, defaults);
  return createReceiver({
    accept: (report) => {
      noteSubject({ patient: hashedId(report.patient.patientId) });
      return acceptProcedure(report);
    },
    acceptContact: (report) => {
      noteSubject({ patient: hashedId(report.patientId) });
      return acceptContact(report);
    },
    ownSystems: settings.PATIENT_SYSTEMS.split(',').filter((system) => system !== ''),
    now: clock.now,
    log,
    metrics,
  });
};
