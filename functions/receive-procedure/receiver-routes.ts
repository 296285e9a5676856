import { noted } from '../../shared/care/intake/formats/problems.ts';
import { readContactDetail, readProcedureDetail } from '../../shared/care/intake/formats/procedure-event.ts';
import type { HttpResponse } from '../../shared/platform/http/http.ts';
import type { Route } from '../../shared/platform/http/router.ts';
import { readJsonBody } from './read-body.ts';
import { receiveFhirBundle, receiveFhirProcedure } from './receive-fhir.ts';
import type { ReceiverParts } from './receiver-parts.ts';
import { jsonRejection, jsonResponse } from './responses.ts';

const json = ['application/json'];
const fhirJson = ['application/fhir+json', 'application/json'];

type Receive = (body: unknown, parts: ReceiverParts) => Promise<HttpResponse>;

const receiveProcedure: Receive = async (body, { accept, now }) => {
  const parsed = readProcedureDetail(body, { now: now() });
  return parsed.outcome === 'rejected'
    ? jsonRejection(parsed)
    : jsonResponse({ ...(await accept(parsed.report)), ...noted(parsed.notes ?? []) });
};

const receiveContact: Receive = async (body, { acceptContact, now }) => {
  const parsed = readContactDetail(body, { now: now() });
  return parsed.outcome === 'rejected'
    ? jsonRejection(parsed)
    : jsonResponse({ ...(await acceptContact(parsed.report)), ...noted(parsed.notes ?? []) });
};

/** The routes of the intake API. No response holds anything about a patient. */
export const receiverRoutes = (parts: ReceiverParts): readonly Route[] => {
  const post = (path: string, types: readonly string[], receive: Receive): Route => ({
    method: 'POST',
    path,
    respond: async (event) => receive(readJsonBody(event, types), parts),
  });
  return [
    post('/procedures', json, receiveProcedure),
    post('/contacts', json, receiveContact),
    post('/fhir/Procedure', fhirJson, receiveFhirProcedure),
    post('/fhir', fhirJson, receiveFhirBundle),
  ];
};
