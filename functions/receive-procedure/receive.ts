import middy from '@middy/core';
import httpHeaderNormalizer from '@middy/http-header-normalizer';
import httpRouter, { type Route } from '@middy/http-router';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { readContactDetail, readProcedureDetail } from '../../shared/care/intake/formats/procedure-event.ts';
import { HttpError, type HttpResponse, httpStack } from '../../shared/platform/http/http.ts';
import { readJsonBody } from './read-body.ts';
import { receiveFhirBundle, receiveFhirProcedure } from './receive-fhir.ts';
import type { ReceiverParts } from './receiver-parts.ts';
import { jsonRejection, jsonResponse, renderError } from './responses.ts';

/** The most a request may carry. */
export const maxBodyBytes = 256 * 1024;

const json = ['application/json'];
const fhirJson = ['application/fhir+json', 'application/json'];

type Receive = (body: unknown, parts: ReceiverParts) => Promise<HttpResponse>;

const receiveProcedure: Receive = async (body, { accept, now }) => {
  const parsed = readProcedureDetail(body, { now: now() });
  return parsed.status === 'rejected' ? jsonRejection(parsed) : jsonResponse(await accept(parsed.report));
};

const receiveContact: Receive = async (body, { acceptContact, now }) => {
  const parsed = readContactDetail(body, { now: now() });
  return parsed.status === 'rejected'
    ? jsonRejection(parsed)
    : jsonResponse(await acceptContact(parsed.report));
};

/** The routes, all POST: what each reads and what it does with it. */
const routes: readonly {
  readonly path: string;
  readonly types: readonly string[];
  readonly receive: Receive;
}[] = [
  { path: '/procedures', types: json, receive: receiveProcedure },
  { path: '/contacts', types: json, receive: receiveContact },
  { path: '/fhir/Procedure', types: fhirJson, receive: receiveFhirProcedure },
  { path: '/fhir', types: fhirJson, receive: receiveFhirBundle },
];

const noRoute = ({ path }: { readonly path: string }): never => {
  const known = routes.some((route) => route.path === path.replace(/(?<=.)\/$/, ''));
  throw known
    ? new HttpError(405, 'Only POST is understood here.', { allow: 'POST' })
    : new HttpError(404, 'There is nothing here.');
};

/**
 * Takes the use cases, gives the handler of the receiving HTTP API (payload version 2). Who may call it is the
 * API's authorizer's business. No answer holds anything about a patient.
 */
export const createReceiver = (parts: ReceiverParts) => {
  const router = httpRouter<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>({
    routes: routes.map(
      ({ path, types, receive }): Route<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2> => ({
        method: 'POST',
        path,
        handler: async (event: APIGatewayProxyEventV2) => receive(readJsonBody(event, types), parts),
      }),
    ),
    notFoundResponse: noRoute,
  });
  return middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
    .use(httpStack({ log: parts.log, maxBodyBytes, renderError }))
    .use(httpHeaderNormalizer())
    .handler(router);
};
