import type { FunctionName } from '../../../infra/functions.ts';

/**
 * The metrics that a function writes, by hand: on a day of ordinary events, and where one of them fails. `runtime.test.ts` holds this against what the handlers print, and the
 * rules hold alarms and graphs against this.
 */
export const writtenMetrics: Readonly<Record<FunctionName, readonly string[]>> = {
  'enroll-episode': ['Event-already-taken', 'Event-enrolled', 'Event-ignored', 'Event-updated'],
  'receive-procedure': ['Failed'],
  'send-due-emails': ['EmailSent', 'EmailFailed', 'EmailAmbiguous', 'EpisodeNotHandled', 'EmailPaused'],
  'record-email-event': ['Email-delivered', 'Email-bounced-for-good', 'Email-complained'],
  'serve-survey': ['Failed'],
  'roll-up-responses': ['PatientsCounted', 'Failed'],
  'publish-release': ['ReleasePublished'],
  'serve-stats': ['ReleaseNotIntact'],
  'tell-staff': ['NoticesTold'],
  'check-drift': ['DriftingCells', 'UncountedPatients'],
};
