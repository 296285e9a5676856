import type { Locale } from '../../../../platform/locale.ts';
import type { ZoneId } from '../../../../platform/time.ts';
import type { PatientId } from '../../../patient/ids.ts';
import type { ReportedPatient } from '../../../patient/profiles.ts';
import { isPlaceholderAddress, isUsableAddress } from './addresses.ts';
import { localeOfLanguage } from './languages.ts';
import { zoneFrom } from './zones.ts';

/** What a report said and could not be used. The report counts without it, and the response names it. */
export const notes = [
  'email-not-usable',
  'email-placeholder',
  'given-name-not-usable',
  'language-not-used',
  'time-zone-not-usable',
] as const;

export type Note = (typeof notes)[number];

/**
 * What a source says about a patient, in its own words: for each fact the candidates, best first. The first one that
 * can be used counts. A fact without candidates was not stated.
 */
export type StatedContact = {
  readonly emails: readonly string[];
  readonly givenNames: readonly string[];
  readonly languages: readonly string[];
  readonly zones: readonly string[];
};

/** A patient as stated, and what of it could not be used. */
export type ReadContact = { readonly patient: ReportedPatient; readonly notes: readonly Note[] };

/** Any script, but no control, line or direction characters, no unpaired surrogates, no replacement character. */
const plainText = /^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069\ufffd]{1,80}$/u;

const noNames = new Set(['null', 'undefined', 'none', 'n/a', 'unknown', 'unk', '[object object]', 'test']);

/** A name for the greeting: with a letter, and not a program's word for nothing. `Na` and `Nan` are names. */
const givenNameFrom = (text: string): string | undefined =>
  plainText.test(text) && /\p{L}/u.test(text) && !noNames.has(text.toLowerCase()) && text !== 'NaN'
    ? text
    : undefined;

const addressFrom = (text: string): string | undefined => {
  const bare = text.replace(/^mailto:/i, '');
  return isUsableAddress(bare) && !isPlaceholderAddress(bare) ? bare : undefined;
};

const firstOf = <Value>(
  candidates: readonly string[],
  read: (text: string) => Value | undefined,
): Value | undefined => candidates.map(read).find((value) => value !== undefined);

const emailNote = (emails: readonly string[]): Note =>
  emails.some((text) => isUsableAddress(text.replace(/^mailto:/i, '')))
    ? 'email-placeholder'
    : 'email-not-usable';

const noteOn = (candidates: readonly string[], value: unknown, note: Note): readonly Note[] =>
  candidates.length > 0 && value === undefined ? [note] : [];

/**
 * Reads a patient's contact data by the one rule for every way in. Nothing here keeps a procedure from being counted:
 * what cannot be used is left out and noted.
 */
export const readContact = (
  patientId: PatientId,
  { emails, givenNames, languages, zones }: StatedContact,
): ReadContact => {
  const email = firstOf(emails, addressFrom);
  const givenName = firstOf(givenNames, givenNameFrom);
  const locale: Locale | undefined = firstOf(languages, localeOfLanguage);
  const zone: ZoneId | undefined = firstOf(zones, zoneFrom);
  return {
    patient: {
      patientId,
      ...(email === undefined ? {} : { email }),
      ...(givenName === undefined ? {} : { givenName }),
      ...(locale === undefined ? {} : { locale }),
      ...(zone === undefined ? {} : { zone }),
    },
    notes: [
      ...noteOn(emails, email, emailNote(emails)),
      ...noteOn(givenNames, givenName, 'given-name-not-usable'),
      ...noteOn(languages, locale, 'language-not-used'),
      ...noteOn(zones, zone, 'time-zone-not-usable'),
    ],
  };
};
