import fc from 'fast-check';
import { readFhirPatient } from '../../shared/care/intake/formats/fhir-bundle.ts';
import { itemsFor } from '../../shared/protocol/instrument.ts';
import { formFields } from '../../shared/web/survey/survey-form.ts';
import { sesEvent } from '../support/labs/function-lab.ts';
import { busEvent, detail, now, patient, procedure } from '../unit/care/intake/formats/samples.ts';

/** Values that no field accepts. */
const wrong = fc.oneof(
  fc.constantFrom<unknown>(null, true, [], {}, -1, 1.5, '', ' ', '\u0000'),
  fc.array(fc.jsonValue({ maxDepth: 1 }), { maxLength: 3 }),
  fc.double(),
);

type Path = readonly string[];

const replaced = (value: unknown, [key, ...rest]: Path, by: unknown): unknown => {
  if (key === undefined) return by;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, part]) => [
    name,
    name === key ? replaced(part, rest, by) : part,
  ]);
  return Object.fromEntries(entries.filter(([, part]) => part !== undefined));
};

/** A valid sample with the value at one of the paths removed or replaced by a wrong one. */
const spoiled = (sample: unknown, ...paths: readonly Path[]): fc.Arbitrary<unknown> =>
  fc
    .tuple(fc.constantFrom(...paths), fc.oneof(wrong, fc.constant(undefined)))
    .map(([path, by]) => replaced(sample, path, by));

const anyJson = fc.jsonValue({ maxDepth: 4 });

const inDetail: readonly Path[] = [
  ['version'],
  ['eventId'],
  ['patient'],
  ['patient', 'id'],
  ['procedure'],
  ['procedure', 'id'],
  ['procedure', 'codes'],
];

/** Bus events that match no schema. */
export const busEvents: fc.Arbitrary<unknown> = fc.oneof(
  anyJson,
  spoiled(busEvent, ['detail'], ['detail-type'], ...inDetail.map((path) => ['detail', ...path])),
);

/** Malformed SES events. */
export const emailEvents: fc.Arbitrary<unknown> = spoiled(
  sesEvent('Delivery', 'nobody'),
  ['detail'],
  ['detail', 'eventType'],
  ['detail', 'mail'],
);

const isPatient = (body: unknown): boolean => readFhirPatient(body, { now, own: [] }).outcome !== 'rejected';

/** Malformed requests of a clinic's system: not JSON, unrelated JSON, spoiled or truncated samples. */
export const requests: fc.Arbitrary<{
  readonly path: string;
  readonly type: string;
  readonly body: string;
  readonly method?: 'PUT';
}> = fc.oneof(
  fc.record({
    path: fc.constantFrom(
      '/fhir/Procedure/other',
      '/fhir/Patient/other/',
      '/fhir/Appointment/other',
      '/other',
    ),
    type: fc.constantFrom('application/json', 'application/fhir+json'),
    body: fc.oneof(
      anyJson.map((json) => JSON.stringify(json)),
      fc.constantFrom(patient, procedure).map((resource) => JSON.stringify(resource)),
    ),
    method: fc.constant('PUT' as const),
  }),
  spoiled(patient, ['resourceType'], ['telecom'], ['name'], ['meta'])
    .filter((body) => JSON.stringify(body) !== JSON.stringify(patient) && !isPatient(body))
    .map((json) => ({
      path: '/fhir/Patient',
      type: 'application/fhir+json',
      body: JSON.stringify(json),
    })),
  fc.record({
    path: fc.constantFrom('/procedures', '/contacts', '/fhir/Procedure', '/fhir', '/', '/fhir/x'),
    type: fc.constantFrom('application/json', 'application/fhir+json', 'text/plain', ''),
    body: fc.oneof(
      fc.string({ unit: 'binary' }),
      anyJson.map((json) => JSON.stringify(json)),
    ),
  }),
  spoiled(detail, ...inDetail).map((json) => ({
    path: '/procedures',
    type: 'application/json',
    body: JSON.stringify(json),
  })),
  spoiled(procedure, ['resourceType'], ['status'], ['subject']).map((json) => ({
    path: '/fhir/Procedure',
    type: 'application/fhir+json',
    body: JSON.stringify(json),
  })),
  fc.nat(200).map((length) => ({
    path: '/procedures',
    type: 'application/json',
    body: JSON.stringify(detail).slice(0, length),
  })),
);

const names = [
  ...itemsFor('mild').map(({ id }) => id),
  ...Object.values(formFields),
  '__proto__',
  'constructor',
];
const choices: ReadonlySet<string> = new Set(['worse', 'same', 'better']);

/** Survey forms that no page sends: the first question has an unknown answer, or two answers. */
export const forms: fc.Arbitrary<string> = fc
  .tuple(
    fc.array(fc.tuple(fc.oneof(fc.constantFrom(...names), fc.string()), fc.string({ unit: 'binary' }))),
    fc.string({ unit: 'binary', minLength: 1 }).filter((text) => !choices.has(text)),
    fc.boolean(),
  )
  .map(([fields, condition, isTwice]) => {
    const others = fields.filter(
      ([name]) => !['condition', formFields.language, formFields.confirm].includes(name),
    );
    const first = isTwice
      ? [
          ['condition', 'same'],
          ['condition', 'worse'],
        ]
      : [['condition', condition]];
    return new URLSearchParams(
      [...first, ...others].map(([name = '', value = '']) => [name, value.toWellFormed()]),
    ).toString();
  });

const noCell = fc.constantFrom('', 'NULL', '#REF!', '1E+05', 'a b', '"', '\t', '2026-02-30', '64493-KX.');

/** Files that are no CSV, and CSV files of which every row is malformed: its patient is none. */
export const files: fc.Arbitrary<Uint8Array> = fc.oneof(
  fc.uint8Array({ maxLength: 300 }),
  fc.string({ unit: 'binary', maxLength: 300 }).map((text) => Buffer.from(text)),
  fc
    .tuple(
      fc.constantFrom(',', ';', '\t'),
      fc.array(fc.array(noCell, { minLength: 4, maxLength: 5 }), { maxLength: 5 }),
    )
    .map(([separator, rows]) =>
      Buffer.from(
        [['patient_id', 'procedure_id', 'performed', 'codes'], ...rows]
          .map((cells) => cells.join(separator))
          .join('\n'),
      ),
    ),
);

/** Bodies of the unsubscribe and help pages that nobody's button sends: without the tick. */
export const preferences: fc.Arbitrary<{ readonly page: 'u' | 'h'; readonly body: string }> = fc.record({
  page: fc.constantFrom('u', 'h'),
  body: fc.oneof(
    fc.string({ unit: 'binary', maxLength: 100 }).map((text) => text.toWellFormed()),
    fc
      .array(
        fc.tuple(
          fc.constantFrom('action', 'lang', '__proto__', 'List-Unsubscribe'),
          fc.string({ maxLength: 8 }),
        ),
      )
      .map((fields) => new URLSearchParams(fields).toString()),
  ),
});
