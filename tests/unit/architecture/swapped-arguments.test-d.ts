import { linkKey, patientPartition } from '../../../shared/care/patient/aws/keys.ts';
import {
  momentOf,
  type PatientId,
  patientId,
  type SourceId,
  type SourceTime,
  sourceId,
  sourceTimeOf,
  type TokenHash,
} from '../../../shared/care/patient/ids.ts';
import { hashOfToken } from '../../../shared/care/patient/links.ts';
import { contactChange, profileAfter } from '../../../shared/care/patient/profiles.ts';
import { addDays, addSeconds, daysBetween, localDateOf, zoneId } from '../../../shared/platform/calendar.ts';
import {
  type CohortMonth,
  cohortMonthOf,
  type LocalDate,
  type UtcInstant,
  type ZoneId,
} from '../../../shared/platform/time.ts';
import { aContactReport, aRecord, defaults } from '../../support/samples/builders.ts';

/**
 * Arguments that must not be exchanged. Nothing here runs: `tsc` checks it. Each `@ts-expect-error` says that the line
 * below does not compile, and is an error itself once it does. It belongs in this file and in no other: elsewhere it
 * would hide a fault, here the fault is what is asserted.
 */
const at: UtcInstant = '2026-03-08T15:00:00Z';
const on: LocalDate = '2026-03-08';
const month: CohortMonth = '2026-03';
const zone: ZoneId = zoneId('America/New_York');
const patient: PatientId = patientId('p-1');
const source: SourceId = sourceId('s-1');
const hash: TokenHash = hashOfToken('token');
const reportedAt: SourceTime = sourceTimeOf(at);
const record = aRecord();
const reported = { patientId: patient };

/** What compiles, so that the lines below fail for the exchange and for nothing else. */
export const accepted = [
  addDays(on, 1),
  addSeconds(at, 1),
  daysBetween(on, on),
  cohortMonthOf(on),
  localDateOf(at, zone),
  patientPartition(patient),
  linkKey(hash),
  momentOf(reportedAt),
  profileAfter({ record, reported, reportedAt, defaults, now: at }),
  contactChange({ record, report: aContactReport({ reportedAt }), defaults, now: at }),
] as const;

export const refused = [
  // @ts-expect-error an instant where a date is due
  addDays(at, 1),
  // @ts-expect-error a date where an instant is due
  addSeconds(on, 1),
  // @ts-expect-error a month where a date is due
  cohortMonthOf(month),
  // @ts-expect-error an instant where a date is due, as the second argument
  daysBetween(on, at),
  // @ts-expect-error the zone and the moment exchanged
  localDateOf(zone, at),
  // @ts-expect-error a patient where a zone is due
  localDateOf(at, patient),
  // @ts-expect-error any text where a zone is due
  localDateOf(at, 'America/New_York'),
  // @ts-expect-error a zone where a patient is due
  patientPartition(zone),
  // @ts-expect-error the hash of a token where a patient is due
  patientPartition(hash),
  // @ts-expect-error a procedure record where a patient is due
  patientPartition(source),
  // @ts-expect-error any text where a patient is due
  patientPartition('p-1'),
  // @ts-expect-error a token where its hash is due
  linkKey('token'),
  // @ts-expect-error a patient where the hash of a token is due
  linkKey(patient),
  // @ts-expect-error our own time where the source's is due
  profileAfter({ record, reported, reportedAt: at, defaults, now: at }),
  // @ts-expect-error both exchanged
  profileAfter({ record, reported, reportedAt: at, defaults, now: reportedAt }),
  // @ts-expect-error the source's time where our own is due
  contactChange({ record, report: aContactReport(), defaults, now: reportedAt }),
  // @ts-expect-error our own time in a report
  aContactReport({ reportedAt: at }),
  // @ts-expect-error the source's time added to as if it were our own
  addSeconds(reportedAt, 1),
] as const;

/** A date, a month and an instant are not assignable to one another. */
// @ts-expect-error an instant as a date
export const dateOfInstant: LocalDate = at;
// @ts-expect-error a date as an instant
export const instantOfDate: UtcInstant = on;
// @ts-expect-error a month as a date
export const dateOfMonth: LocalDate = month;
// @ts-expect-error a date as a month
export const monthOfDate: CohortMonth = on;
// @ts-expect-error any text as a date
export const dateOfText: LocalDate = String(on);
