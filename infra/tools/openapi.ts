import * as z from 'zod';
import {
  completedDetail,
  contactDetail,
  retractedDetail,
} from '../../shared/care/intake/formats/procedure-event.ts';
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
  413: 'The body has more than 256 KB.',
  415: 'The content type is another, or the body is compressed.',
  422: 'The body was read and does not follow the schema; nothing of it was taken.',
  500: 'Something went wrong here; trying again is safe.',
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
      200: { description: 'Read; nothing was started.', ...content('application/json', ref('Outcome')) },
      201: { description: 'Something was started.', ...content('application/json', ref('Outcome')) },
      ...failuresAs('application/problem+json', ref('Problem')),
    },
  },
});

const fhirRoute = (operationId: string, summary: string, resource: string) => ({
  post: {
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
      200: { description: 'Read.', ...content('application/fhir+json', ref('FhirAnswer')) },
      201: { description: 'Something was started.', ...content('application/fhir+json', ref('FhirAnswer')) },
      ...failuresAs('application/fhir+json', ref('FhirAnswer')),
    },
  },
});

/** Gives the OpenAPI 3.1 description of all HTTP routes. */
export const openApi = () => ({
  openapi: '3.1.0',
  info: {
    title: 'Aftercare',
    version: '1',
    description:
      'Procedures and contacts come in, surveys are answered, statistics are published. The receiving routes ' +
      'are for the clinic only; who may call them is set where the API is deployed.',
  },
  paths: {
    '/procedures': jsonRoute('receiveProcedure', 'A procedure was done, corrected or taken back', {
      anyOf: [ref('CompletedProcedure'), ref('RetractedProcedure')],
    }),
    '/contacts': jsonRoute(
      'receiveContact',
      'How or whether a patient can be reached has changed',
      ref('Contact'),
    ),
    '/fhir/Procedure': fhirRoute('receiveFhirProcedure', 'The same as a FHIR R4 Procedure', 'Procedure'),
    '/fhir': fhirRoute(
      'receiveFhirBundle',
      'Procedures and Patients in a Bundle or a subscription notification',
      'Bundle',
    ),
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
      FhirAnswer: {
        type: 'object',
        description: 'An OperationOutcome, or a Bundle of type batch-response or transaction-response.',
        properties: { resourceType: { enum: ['OperationOutcome', 'Bundle'] } },
        required: ['resourceType'],
      },
    },
  },
});
