import type { EpisodeKey, EpisodeStatus, TouchpointStatus } from '../../../shared/care/patient/episode.ts';
import { zoneId } from '../../../shared/platform/calendar.ts';
import type { UtcInstant, ZoneId } from '../../../shared/platform/time.ts';
import type { FamilyId } from '../../../shared/protocol/families.ts';
import type { TouchpointId } from '../../../shared/protocol/plans.ts';

/** Procedure names for the clinic's own staff; emails to patients never carry them. */
export const familyWords: Readonly<Record<FamilyId, string>> = {
  'facet-joint-injection': 'Facet joint injection',
  'epidural-steroid-injection': 'Epidural steroid injection',
  mild: 'mild® decompression',
  'facet-radiofrequency-ablation': 'Facet radiofrequency ablation',
};

export const touchpointWords: Readonly<Record<TouchpointId, string>> = {
  instructions: 'Care instructions',
  rehabilitation: 'Rehabilitation prompt',
  visit: 'Visit prompt',
  '2w': 'Survey, 2 weeks',
  '1m': 'Survey, 1 month',
  '3m': 'Survey, 3 months',
  '6m': 'Survey, 6 months',
  '12m': 'Survey, 12 months',
};

export const touchpointStatusWords: Readonly<Record<TouchpointStatus, string>> = {
  planned: 'Planned',
  emailed: 'Emailed',
  answered: 'Answered',
  lapsed: 'No answer',
  skipped: 'Skipped',
};

export const episodeStatusWords: Readonly<Record<EpisodeStatus, string>> = {
  active: 'Active',
  finished: 'Finished',
  stopped: 'Stopped',
  cancelled: 'Cancelled',
};

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;

/** Formats an instant: `Mon 2026-03-02 15:00 UTC`. */
export const readable = (at: UtcInstant): string =>
  `${weekdays[new Date(at).getUTCDay()]} ${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;

/** Formats when the next email is due; `none` when none is planned. */
export const dueWords = (at: UtcInstant | undefined): string => (at === undefined ? 'none' : readable(at));

/** The zones offered in the form. Events may carry any IANA zone. */
export const offeredZones: readonly ZoneId[] = [
  'America/New_York',
  'America/Chicago',
  'America/Denver',
  'America/Phoenix',
  'America/Los_Angeles',
  'America/Anchorage',
  'Pacific/Honolulu',
  'America/Puerto_Rico',
].map(zoneId);

/** The path of an episode's page. */
export const episodePath = ({ patientId, episodeId }: EpisodeKey): string =>
  `/console/episodes/${encodeURIComponent(patientId)}/${encodeURIComponent(episodeId)}`;

/** The path of an email's page. */
export const emailPath = (messageId: string): string => `/console/emails/${encodeURIComponent(messageId)}`;
