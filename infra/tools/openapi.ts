import * as z from 'zod';
import {
  completedDetail,
  contactDetail,
  retractedDetail,
} from '../../shared/care/intake/formats/procedure-event.ts';
import { notes } from '../../shared/care/intake/formats/rules/contact.ts';
import { publicReleaseSchema } from '../../shared/outcomes/release/release-schema.ts';
import { publicPaths } from './openapi-public.ts';

const component = (schema: z.ZodType): Readonly<Record<string, unknown>> => {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io: 'input' });
  return rest;
};

const outcome = z.object({
  outcome: z.enum(['enrolled', 'already-known', 'ignored', 'retracted', 'unchanged', 'updated']),
  reasons: z.array(z.string()).exactOptional(),
  episodes: z.int().min(0).exactOptional(),
  notes: z.array(z.enum(notes)).exactOptional(),
});

const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).exactOptional(),
});

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const content = (type: string, schema: unknown) => ({ content: { [type]: { schema } } });

const failures = {
  400: 'The body is not UTF-8 or not JSON.',
  413: 'The body is larger than 256 KB, or a Bundle has more than 250 entries.',
  415: 'The content type is not supported, or the body is compressed.',
  422: 'The body does not match the schema; nothing was stored.',
  500: 'Internal error; the request can be retried safely.',
  503: 'Too much arrives at once; nothing was stored. Send the request again after `Retry-After` seconds.',
} as const;

const failuresAs = (type: string, schema: unknown) =>
  Object.fromEntries(
    Object.entries(failures).map(([status, description]) => [
      status,
      { description, ...content(type, schema) },
    ]),
  );

const jsonRoute = (operationId: string, summary: string, body: unknown) => ({
  post: {
    operationId,
    summary,
    requestBody: { required: true, ...content('application/json', body) },
    responses: {
      200: { description: 'Accepted; nothing was started.', ...content('application/json', ref('Outcome')) },
      201: {
        description: 'Accepted; an episode was started.',
        ...content('application/json', ref('Outcome')),
      },
      ...failuresAs('application/problem+json', ref('Problem')),
    },
  },
});

const fhirOperation = (operationId: string, summary: string, resource: string) => ({
  operationId,
  summary,
  requestBody: {
    required: true,
    ...content('application/fhir+json', {
      type: 'object',
      description: `A FHIR R4 ${resource}.`,
      properties: { resourceType: { const: resource } },
      required: ['resourceType'],
    }),
  },
  responses: {
    200: { description: 'Accepted.', ...content('application/fhir+json', ref('FhirResponse')) },
    201: {
      description: 'Accepted; an episode was started.',
      ...content('application/fhir+json', ref('FhirResponse')),
    },
    ...failuresAs('application/fhir+json', ref('FhirResponse')),
  },
});

/** A resource may be posted to its type, or put at its own address; the id in the path is that of the resource. */
const fhirResource = (resource: string, summary: string) => ({
  [`/fhir/${resource}`]: { post: fhirOperation(`receiveFhir${resource}`, summary, resource) },
  [`/fhir/${resource}/{id}`]: {
    parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
    put: fhirOperation(`putFhir${resource}`, summary, resource),
  },
});

/** Returns the OpenAPI 3.1 description of all HTTP routes. */
export const openApi = () => ({
  openapi: '3.1.0',
  info: {
    title: 'Aftercare',
    version: '1',
    description:
      'Receives procedures and contacts, shows and records surveys, publishes statistics. The receiving routes ' +
      'are for the clinic only; the deployment configures who may call them.',
  },
  paths: {
    '/procedures': jsonRoute('receiveProcedure', 'Reports a procedure as completed, corrected or retracted', {
      anyOf: [ref('CompletedProcedure'), ref('RetractedProcedure')],
    }),
    '/contacts': jsonRoute(
      'receiveContact',
      "Reports a change of a patient's contact details, or of whether they may be contacted",
      ref('Contact'),
    ),
    ...fhirResource('Procedure', 'Reports a FHIR R4 Procedure'),
    ...fhirResource('Patient', 'Reports how to reach a patient, or a death, as a FHIR R4 Patient'),
    ...fhirResource('Appointment', 'Is understood and starts nothing yet'),
    '/fhir': {
      post: fhirOperation(
        'receiveFhirBundle',
        'Reports Procedures and Patients in a Bundle or a subscription notification',
        'Bundle',
      ),
    },
    ...publicPaths,
  },
  components: {
    schemas: {
      CompletedProcedure: component(completedDetail),
      RetractedProcedure: component(retractedDetail),
      Contact: component(contactDetail),
      Outcome: component(outcome),
      Problem: component(problem),
      Release: component(publicReleaseSchema),
      FhirResponse: {
        type: 'object',
        description: 'An OperationOutcome, or a Bundle of type batch-response or transaction-response.',
        properties: { resourceType: { enum: ['OperationOutcome', 'Bundle'] } },
        required: ['resourceType'],
      },
    },
  },
});
