import type { ProcedureReport } from '../../../shared/care/intake/procedure-report.ts';
import type { Episode } from '../../../shared/care/patient/episode.ts';
import {
  type EpisodeId,
  episodeId,
  patientId,
  sourceId,
  sourceTimeOf,
} from '../../../shared/care/patient/ids.ts';
import type { PatientRecord, Profile } from '../../../shared/care/patient/patient.ts';
import { withNextEmail } from '../../../shared/care/patient/planned-emails.ts';
import type { ClinicDefaults, ContactReport } from '../../../shared/care/patient/profiles.ts';
import type { SurveyResponse } from '../../../shared/care/patient/response.ts';
import { type StopKind, type StopTeller, stopOf } from '../../../shared/care/patient/stop-facts.ts';
import { zoneId } from '../../../shared/platform/calendar.ts';
import type { UtcInstant } from '../../../shared/platform/time.ts';
import type { ProcedureCode } from '../../../shared/protocol/code-map.ts';

/** The patient of most tests. */
export const thePatient = patientId('p-1');

/** The clinic's defaults in tests. */
export const defaults: ClinicDefaults = { zone: zoneId('America/New_York'), locale: 'en' };

type Completed = Extract<ProcedureReport, { status: 'completed' }>;

type Retracted = Extract<ProcedureReport, { status: 'retracted' }>;

/** A patient with an email address and no stop. */
export const aProfile = (overrides: Partial<Profile> = {}): Profile => ({
  patientId: thePatient,
  revision: 1,
  email: 'maria@example.com',
  givenName: 'Maria',
  locale: 'en',
  zone: zoneId('America/New_York'),
  asOf: { email: sourceTimeOf('2026-03-02T20:00:00Z'), zone: sourceTimeOf('2026-03-02T20:00:00Z') },
  ...overrides,
});

/** The part of a profile that says the patient may not be emailed. */
export const stoppedFor = (
  kind: StopKind,
  since: UtcInstant = '2026-03-10T10:00:00Z',
  from: StopTeller = 'source',
): Pick<Profile, 'stops'> => ({ stops: [{ kind, since, from }] });

/** Returns the gravest reason for which a record's patient may not be emailed. */
export const stopKindOf = ({ profile }: Pick<PatientRecord, 'profile'>): StopKind | undefined =>
  profile === undefined ? undefined : stopOf(profile)?.kind;

/** The id that tests give to a patient's episode of this family and date. */
export const episodeIdFor = (family: Episode['family'], serviceDate: Episode['serviceDate']): EpisodeId =>
  episodeId(`${serviceDate}#${family}`);

const defaultFamily = 'epidural-steroid-injection';

const defaultDate = '2026-03-02';

/** An active episode of Monday, 2 March 2026, before any email. `nextDueAt` follows from the plan. */
export const anEpisode = (overrides: Partial<Episode> = {}): Episode => {
  const { family = defaultFamily, serviceDate = defaultDate } = overrides;
  const episode: Episode = {
    patientId: thePatient,
    episodeId: episodeIdFor(family, serviceDate),
    family,
    serviceDate,
    revision: 1,
    status: 'active',
    zone: zoneId('America/New_York'),
    planVersion: 1,
    enrolledAt: '2026-03-02T20:00:00Z',
    sources: [sourceId('s-1')],
    touchpoints: {},
    ...overrides,
  };
  return overrides.nextDueAt === undefined ? withNextEmail(episode) : episode;
};

/** A first response to the two-week survey: better by 60%. */
export const aResponse = ({
  family = defaultFamily,
  serviceDate = defaultDate,
  ...overrides
}: Partial<SurveyResponse> & Partial<Pick<Episode, 'family' | 'serviceDate'>> = {}): SurveyResponse => ({
  patientId: thePatient,
  episodeId: episodeIdFor(family, serviceDate),
  timepoint: '2w',
  revision: 1,
  answers: { condition: 'better', improvementPercent: 60 },
  answeredAt: '2026-03-16T15:00:00Z',
  revisedAt: '2026-03-16T15:00:00Z',
  inWindow: true,
  assisted: false,
  quality: 'trusted',
  locale: 'en',
  ...overrides,
});

/** The record of a patient with one active episode. */
export const aRecord = (overrides: Partial<PatientRecord> = {}): PatientRecord => ({
  patientId: thePatient,
  profile: aProfile(),
  episodes: [anEpisode()],
  responses: [],
  sources: [],
  ...overrides,
});

/** The record of an unknown patient. */
export const emptyRecord: PatientRecord = { patientId: thePatient, episodes: [], responses: [], sources: [] };

/** The clinic's own code for a family. Unlike a CPT code, it never depends on intent or other codes. */
export const codeFor = (family: Episode['family']): ProcedureCode => ({
  system: 'LOCAL',
  code: family,
  modifiers: [],
});

/** A source reports an epidural on 2 March 2026. */
export const aReport = (overrides: Partial<Completed> = {}): Completed => ({
  status: 'completed',
  eventId: 'e-1',
  sourceId: sourceId('s-1'),
  reportedAt: sourceTimeOf('2026-03-02T20:00:00Z'),
  patient: {
    patientId: thePatient,
    email: 'maria@example.com',
    givenName: 'Maria',
    locale: 'en',
    zone: zoneId('America/New_York'),
  },
  performed: { kind: 'date', on: '2026-03-02' },
  codes: [codeFor('epidural-steroid-injection')],
  ...overrides,
});

/** The source retracts that report a day later. */
export const aRetraction = (overrides: Partial<Retracted> = {}): Retracted => ({
  status: 'retracted',
  eventId: 'e-9',
  sourceId: sourceId('s-1'),
  reportedAt: sourceTimeOf('2026-03-03T20:00:00Z'),
  patient: { patientId: thePatient },
  ...overrides,
});

/** A contact report about the patient, a week later. */
export const aContactReport = (overrides: Partial<ContactReport> = {}): ContactReport => ({
  patientId: thePatient,
  eventId: 'c-1',
  reportedAt: sourceTimeOf('2026-03-09T20:00:00Z'),
  ...overrides,
});
