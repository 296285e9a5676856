import * as z from 'zod';
import { momentText } from './fields.ts';

/**
 * The parts of FHIR R4 resources that are used; everything else is allowed and ignored. Primitive arrays may hold null
 * where a value has only extensions.
 */
const id = z
  .string()
  .regex(/^[A-Za-z0-9.-]{1,64}$/, { error: 'must be a FHIR id of letters, digits, hyphens and dots' });

const text = z.string().max(4000);

const period = z.looseObject({ start: text.exactOptional(), end: text.exactOptional() });

const coding = z.looseObject({
  system: text.exactOptional(),
  code: text.exactOptional(),
  display: text.exactOptional(),
});

const concept = z.looseObject({
  coding: z.array(coding).max(50).exactOptional(),
  text: text.exactOptional(),
});

const identifier = z.looseObject({
  use: text.exactOptional(),
  type: concept.exactOptional(),
  system: text.exactOptional(),
  value: text.exactOptional(),
});

const meta = z.looseObject({ versionId: id.exactOptional(), lastUpdated: momentText.exactOptional() });

const reference = z.looseObject({ reference: text.exactOptional(), identifier: identifier.exactOptional() });

const extension = z.looseObject({
  url: text,
  valueCode: text.exactOptional(),
  valueString: text.exactOptional(),
});

/** Any resource: enough to tell its type. */
export const anyResource = z.looseObject({ resourceType: z.string().max(64), id: id.exactOptional() });

/** What every Procedure needs. */
export const procedureHead = z.looseObject({
  resourceType: z.literal('Procedure'),
  id: id.exactOptional(),
  meta: meta.exactOptional(),
  identifier: z.array(identifier).max(50).exactOptional(),
  status: z.enum([
    'preparation',
    'in-progress',
    'not-done',
    'on-hold',
    'stopped',
    'completed',
    'entered-in-error',
    'unknown',
  ]),
  subject: reference,
  contained: z.array(anyResource).max(50).exactOptional(),
});

/** The elements a completed Procedure needs. */
export const completedProcedure = procedureHead.extend({
  category: concept.exactOptional(),
  code: concept.exactOptional(),
  performedDateTime: text.exactOptional(),
  performedPeriod: period.exactOptional(),
  modifierExtension: z
    .array(z.unknown())
    .max(0, { error: 'changes the meaning in a way that is not supported' })
    .exactOptional(),
});

export const patientResource = z.looseObject({
  resourceType: z.literal('Patient'),
  id: id.exactOptional(),
  meta: meta.exactOptional(),
  identifier: z.array(identifier).max(50).exactOptional(),
  name: z
    .array(
      z.looseObject({
        use: text.exactOptional(),
        given: z.array(text.nullable()).max(20).exactOptional(),
        period: period.exactOptional(),
      }),
    )
    .max(50)
    .exactOptional(),
  telecom: z
    .array(
      z.looseObject({
        system: text.exactOptional(),
        value: text.exactOptional(),
        use: text.exactOptional(),
        rank: z.number().exactOptional(),
        period: period.exactOptional(),
      }),
    )
    .max(50)
    .exactOptional(),
  communication: z
    .array(z.looseObject({ language: concept.exactOptional(), preferred: z.boolean().exactOptional() }))
    .max(50)
    .exactOptional(),
  address: z
    .array(z.looseObject({ extension: z.array(extension).max(50).exactOptional() }))
    .max(50)
    .exactOptional(),
  extension: z.array(extension).max(100).exactOptional(),
  deceasedBoolean: z.boolean().exactOptional(),
  deceasedDateTime: text.exactOptional(),
  modifierExtension: z
    .array(z.unknown())
    .max(0, { error: 'changes the meaning in a way that is not supported' })
    .exactOptional(),
});

/** The types of Bundle that report something. A response or a document does not. */
export const bundleTypes = [
  'transaction',
  'batch',
  'collection',
  'history',
  'searchset',
  'message',
  'subscription-notification',
] as const;

export const bundleResource = z.looseObject({
  resourceType: z.literal('Bundle'),
  type: z.enum(bundleTypes),
  entry: z
    .array(
      z.looseObject({
        fullUrl: text.exactOptional(),
        resource: anyResource.exactOptional(),
        request: z.looseObject({ method: text.exactOptional() }).exactOptional(),
      }),
    )
    .exactOptional(),
});

export type ProcedureHead = z.infer<typeof procedureHead>;

export type CompletedProcedure = z.infer<typeof completedProcedure>;

export type PatientResource = z.infer<typeof patientResource>;

export type BundleResource = z.infer<typeof bundleResource>;

export type FhirIdentifier = z.infer<typeof identifier>;
