import * as z from 'zod';
import { isZone } from '../../../platform/calendar.ts';
import {
  instantOfMilliseconds,
  isLocalDate,
  type LocalDate,
  type UtcInstant,
  type ZoneId,
} from '../../../platform/time.ts';
import { type CodeSystem, codeSystems, type ProcedureCode } from '../../../protocol/code-map.ts';
import { type SourceTime, sourceTimeOf } from '../../patient/ids.ts';
import type { Performed } from '../procedure-report.ts';

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

const billing: readonly CodeSystem[] = ['CPT', 'HCPCS'];

/**
 * Splits a code from the modifiers behind its hyphens (`64493-KX-50`). Only billing codes have modifiers; elsewhere a
 * hyphen is part of the code.
 */
export const codeWithModifiers = (system: CodeSystem, text: string): ProcedureCode => {
  const [code = '', ...modifiers] = text.split('-');
  return billing.includes(system)
    ? { system, code, modifiers: modifiers.filter((modifier) => /^[A-Za-z0-9]{2}$/.test(modifier)) }
    : { system, code: text, modifiers: [] };
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

/**
 * An id that only its source can interpret. No `@`: an address is not an id. No white space, `#` or `|`: they separate
 * ids elsewhere.
 */
export const opaqueId = z
  .string()
  .max(128)
  .regex(/^[A-Za-z0-9][A-Za-z0-9._:/=+~-]*$/, {
    error: 'must be an opaque id of letters, digits and . _ : / = + ~ -',
  });

/** The id of a patient. */
export const patientIdText = opaqueId.brand<'PatientId'>();

/** The id of a procedure record. */
export const sourceIdText = opaqueId.brand<'SourceId'>();

/** Any script, but no control, line or direction characters and no unpaired surrogates. */
const plainText = /^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]*$/u;

/** A given name, for the greeting. */
export const givenNameText = z
  .string()
  .min(1)
  .max(80)
  .regex(plainText, { error: 'must not hold control characters' })
  .regex(/\S/u, { error: 'must not be blank' });

/** An address that SES accepts: ASCII, at most 254 characters, at most 64 before the `@`. */
export const emailText = z
  .email({ error: 'must be an email address' })
  .max(254)
  .regex(/^(?![^@]{65})/, { error: 'must have at most 64 characters before the @' });

/** A BCP 47 language tag. An unsupported language is accepted and treated as absent. */
export const languageTag = z
  .string()
  .max(35)
  .regex(/^[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8})*$/, { error: 'must be a language tag, such as en or es-MX' });

const zoneName = /^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+)*$/;

/**
 * Returns the canonical name of an IANA zone (`us/eastern` is `America/New_York`), or undefined for any other text. A
 * bare offset is no zone: it has no daylight saving time.
 */
export const zoneFrom = (text: string): ZoneId | undefined => {
  if (text.length > 64 || !zoneName.test(text)) return undefined;
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions();
    return isZone(timeZone) ? timeZone : undefined;
  } catch {
    return undefined;
  }
};

/** An IANA time zone name. */
export const zoneText = z
  .string()
  .max(64)
  .refine((text) => zoneFrom(text) !== undefined, {
    error: 'must be an IANA time zone, such as America/New_York',
  })
  .describe('An IANA time zone, such as America/New_York.');

/** A code as its code system spells it. */
export const codeText = z
  .string()
  .max(64)
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, { error: 'must be a code of letters, digits and . _ -' });

/** One procedure code with its billing modifiers. */
export const procedureCode = record({
  system: z.enum(codeSystems),
  code: codeText,
  modifiers: z
    .array(z.string().regex(/^[A-Za-z0-9]{2}$/, { error: 'must be two letters or digits' }))
    .max(8)
    .exactOptional(),
});

/** Scores before the procedure. */
export const baselineScores = record({
  nrsPain: z.int().min(0).max(10).exactOptional(),
  peg: z.number().min(0).max(10).exactOptional(),
});

/** How a source describes a patient. Unknown values are left out, neither null nor empty. */
export const patientFields = record({
  id: patientIdText.describe('Opaque, lasting, the same in every message about this patient.'),
  email: emailText.exactOptional(),
  givenName: givenNameText.exactOptional(),
  locale: languageTag.exactOptional(),
  timeZone: zoneText.exactOptional(),
});
