import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod';
import { noted } from '../../shared/care/intake/formats/problems.ts';
import { readContactDetail, readProcedureDetail } from '../../shared/care/intake/formats/procedure-event.ts';
import { HttpError, type HttpResponse } from '../../shared/platform/http/http.ts';
import type { Route } from '../../shared/platform/http/router.ts';
import { readJsonBody } from './read-body.ts';
import {
  receiveFhirAppointment,
  receiveFhirBundle,
  receiveFhirPatient,
  receiveFhirProcedure,
} from './receive-fhir.ts';
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

const withId = z.looseObject({ id: z.string() });

/** A resource is put at its own address: another one would be stored under the wrong id. */
const checkId = (body: unknown, id: string | undefined): void => {
  if (withId.safeParse(body).data?.id !== id) {
    throw new HttpError(400, 'The id in the path must be the id of the resource.');
  }
};

/** The routes of the intake API. No response holds anything about a patient. */
export const receiverRoutes = (parts: ReceiverParts): readonly Route[] => {
  const post = (path: string, types: readonly string[], receive: Receive): Route => ({
    method: 'POST',
    path,
    respond: async (event) => receive(readJsonBody(event, types), parts),
  });
  const resource = (type: string, receive: Receive): readonly Route[] => [
    post(`/fhir/${type}`, fhirJson, receive),
    {
      method: 'PUT',
      path: `/fhir/${type}/{id}`,
      respond: async (event, { id }) => {
        const body = readJsonBody(event, fhirJson);
        checkId(body, id);
        return receive(body, parts);
      },
    },
  ];
  return [
    post('/procedures', json, receiveProcedure),
    post('/contacts', json, receiveContact),
    post('/fhir', fhirJson, receiveFhirBundle),
    ...resource('Procedure', receiveFhirProcedure),
    ...resource('Patient', receiveFhirPatient),
    ...resource('Appointment', receiveFhirAppointment),
  ];
};

/** The handler for paths with and without slashes at the end, which mean the same. */
export const withoutEndSlashes =
  <Result>(handle: (event: APIGatewayProxyEventV2) => Promise<Result>) =>
  (event: APIGatewayProxyEventV2): Promise<Result> =>
    handle({ ...event, rawPath: event.rawPath.replace(/(?<=[^/])\/{1,8}$/, '') });
