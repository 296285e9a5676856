import * as z from 'zod';
import {
  instantOfMilliseconds,
  isLocalDate,
  type LocalDate,
  type UtcInstant,
} from '../../../platform/time.ts';
import { codeSystems } from '../../../protocol/code-map.ts';
import { type SourceTime, sourceTimeOf } from '../../patient/ids.ts';
import type { Performed } from '../../patient/patient.ts';
import { codeSystemOf, readCode } from './rules/codes.ts';
import { idProblem, officialNumberProblem } from './rules/ids.ts';

const dayInMillis = 24 * 60 * 60 * 1000;

/** Earlier dates are mistakes: nothing that old can still be followed up. */
const minDate: LocalDate = '2000-01-01';

const firstMillis = Date.parse('0000-01-01T00:00:00Z');

const lastMillis = Date.parse('9999-12-31T23:59:59Z');

/** An offset can move a moment out of the years of four digits; `timeProblem` rejects such a moment anyway. */
const toSecond = (millis: number): UtcInstant =>
  instantOfMilliseconds(Math.min(Math.max(millis, firstMillis), lastMillis));

/** A date and time with its UTC offset, as text. */
export const momentText = z.iso.datetime({
  offset: true,
  error: 'must be a date and time with an offset or Z, such as 2026-03-08T10:30:00-05:00',
});

/** A calendar date, as text. */
export const dateText = z.iso.date({ error: 'must be a date, such as 2026-03-08' });

/** Converts a text that `momentText` accepted to UTC, to the second. */
export const instantOf = (moment: string): UtcInstant => toSecond(Date.parse(moment));

/** Converts a source's own time that `momentText` accepted. */
export const sourceTimeIn = (moment: string): SourceTime => sourceTimeOf(instantOf(moment));

/** Converts a text that `dateText` or `momentText` accepted. */
export const performedOf = (text: string): Performed =>
  isLocalDate(text) ? { kind: 'date', on: text } : { kind: 'instant', at: instantOf(text) };

/**
 * Returns why a time cannot be in the past, or undefined. One day of grace covers wrong clocks and time zones that are
 * ahead.
 */
export const timeProblem = (time: UtcInstant | LocalDate, now: UtcInstant): string | undefined => {
  const latest = toSecond(Date.parse(now) + dayInMillis);
  if (time > (time.includes('T') ? latest : latest.slice(0, 10))) return 'must not be in the future';
  return time < minDate ? `must not be before ${minDate}` : undefined;
};

/**
 * Creates the schema of an object with these fields and no others. Its error lists the known fields instead of naming
 * the unknown one, which may be a misplaced name or address.
 */
export const record = <const Shape extends z.ZodRawShape>(shape: Shape) =>
  z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? `has fields other than ${Object.keys(shape).join(', ')}`
        : undefined,
  });

/** Turns a rule that returns why a text is refused into a check. */
const refusedBy =
  (problemOf: (text: string) => string | undefined) =>
  (context: z.core.ParsePayload<string>): void => {
    const message = problemOf(context.value);
    if (message !== undefined) context.issues.push({ code: 'custom', message, input: context.value });
  };

/**
 * An id that only its source can interpret. No `@`: an address is not an id. No white space, `#` or `|`: they separate
 * ids elsewhere.
 */
export const opaqueId = z
  .string()
  .max(128)
  .check(refusedBy(idProblem))
  .regex(/^[A-Za-z0-9][A-Za-z0-9._:/=+~-]*$/, {
    error: 'must be an opaque id of letters, digits and . _ : / = + ~ -',
  });

/** The id of a patient. */
export const patientIdText = opaqueId.check(refusedBy(officialNumberProblem)).brand<'PatientId'>();

/** The id of a procedure record. */
export const sourceIdText = opaqueId.brand<'SourceId'>();

/** One procedure code with its billing modifiers. */
export const procedureCode = record({
  system: z
    .string()
    .max(200)
    .refine((text) => codeSystemOf(text) !== undefined, {
      error: `must name the code system: ${codeSystems.join(', ')}`,
    })
    .describe(`One of ${codeSystems.join(', ')}, or the URI of one in FHIR.`),
  code: z.string().max(64).describe('With any modifiers behind hyphens: 64493-50.'),
  modifiers: z.array(z.string().max(8)).max(8).exactOptional(),
}).transform(({ system, code, modifiers }, context) => {
  const known = codeSystemOf(system);
  const read = known === undefined ? undefined : readCode(known, code, modifiers);
  if (read?.outcome === 'read') return read.code;
  if (read !== undefined) {
    context.issues.push({ code: 'custom', message: read.message, path: [read.part], input: code });
  }
  return z.NEVER;
});

/** PEG is the mean of three whole numbers. More digits say nothing, and very small numbers cannot be stored. */
const twoDigits = (score: number): number => Math.round(score * 100) / 100;

/** Scores before the procedure. */
export const baselineScores = record({
  nrsPain: z.int().min(0).max(10).exactOptional(),
  peg: z.number().min(0).max(10).transform(twoDigits).exactOptional(),
});

/**
 * How a source describes a patient. Unknown values are left out, neither null nor empty. All but the id are read by
 * `rules/contact.ts`: one that cannot be used is left out too, and named in the response.
 */
export const patientFields = record({
  id: patientIdText.describe('Opaque, lasting, the same in every message about this patient.'),
  email: z
    .string()
    .max(1000)
    .describe('An email address; one that cannot be used is left out.')
    .exactOptional(),
  givenName: z.string().max(1000).describe('For the greeting.').exactOptional(),
  locale: z
    .string()
    .max(1000)
    .describe('A language tag, an ISO 639 code or a word: es-US, spa, Spanish.')
    .exactOptional(),
  timeZone: z.string().max(1000).describe('An IANA time zone, such as America/New_York.').exactOptional(),
});
