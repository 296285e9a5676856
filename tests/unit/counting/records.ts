import type { Episode } from '../../../shared/care/patient/episode.ts';
import { patientId, sourceId, sourceTimeOf } from '../../../shared/care/patient/ids.ts';
import type { PatientRecord, Profile } from '../../../shared/care/patient/patient.ts';
import type { SurveyResponse } from '../../../shared/care/patient/response.ts';
import { zoneId } from '../../../shared/platform/calendar.ts';
import type { LocalDate } from '../../../shared/platform/time.ts';
import { episodeIdFor } from '../../support/samples/builders.ts';

export const at = '2026-01-01T12:00:00Z';

export const profile: Profile = {
  patientId: patientId('p1'),
  revision: 1,
  email: 'patient@example.org',
  locale: 'en',
  zone: zoneId('America/New_York'),
  asOf: { email: sourceTimeOf(at) },
};

export const episodeOn = (serviceDate: LocalDate, change: Partial<Episode> = {}): Episode => ({
  patientId: patientId('p1'),
  episodeId: episodeIdFor(change.family ?? 'facet-joint-injection', serviceDate),
  family: 'facet-joint-injection',
  serviceDate,
  revision: 1,
  status: 'active',
  zone: zoneId('America/New_York'),
  planVersion: 1,
  enrolledAt: at,
  sources: [sourceId('s1')],
  touchpoints: {},
  ...change,
});

export const responseTo = (episode: Episode, change: Partial<SurveyResponse> = {}): SurveyResponse => ({
  patientId: episode.patientId,
  episodeId: episode.episodeId,
  timepoint: '3m',
  revision: 1,
  answers: { condition: 'better', improvementPercent: 60 },
  answeredAt: at,
  revisedAt: at,
  inWindow: true,
  assisted: false,
  quality: 'trusted',
  locale: 'en',
  ...change,
});

export const recordOf = (
  episodes: readonly Episode[],
  responses: readonly SurveyResponse[] = [],
  owner: Profile = profile,
): PatientRecord => ({ patientId: patientId('p1'), profile: owner, episodes, responses, sources: [] });
