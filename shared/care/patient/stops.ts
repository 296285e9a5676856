import type { UtcInstant } from '../../platform/time.ts';
import { type PatientChange, revised } from './commit-change.ts';
import type { Episode } from './episode.ts';
import { sourceTimeOf } from './ids.ts';
import type { PatientRecord, Profile } from './patient.ts';
import { withEmailsAgain, withoutPlannedEmails } from './planned-emails.ts';
import { type StopKind, type StopTeller, stopOf, withNews, withStop } from './stop-facts.ts';

/**
 * Maximum number of profile revisions at which a link still resumes email: alternating stop and resume is the work
 * of a script. Stops are always accepted, and the clinic can resume at any time.
 */
export const maxProfileRevisions = 100;

const stopped = (episode: Episode): Episode => revised(withoutPlannedEmails(episode, 'stopped'));

const resumed = (episode: Episode, { zone }: Profile, now: UtcInstant): Episode =>
  revised(withEmailsAgain({ ...episode, zone }, 'resumed', now));

/**
 * Returns the episodes that are not as the profile says, as they should be: with nothing pending while a stop holds,
 * else resumed by the clock of the patient's current zone. Whatever an earlier write left undone is among them.
 */
export const episodesInStep = (
  { episodes }: PatientRecord,
  profile: Profile,
  now: UtcInstant,
): readonly Episode[] =>
  stopOf(profile) === undefined
    ? episodes.filter(({ status }) => status === 'stopped').map((episode) => resumed(episode, profile, now))
    : episodes.filter(({ status }) => status === 'active').map(stopped);

const changeTo = (record: PatientRecord, profile: Profile, now: UtcInstant): PatientChange => ({
  ...(profile === record.profile ? {} : { profile: revised(profile) }),
  episodes: episodesInStep(record, profile, now),
});

/**
 * Returns the change that stops a patient: the fact added to the profile, and no email pending in any episode. A fact
 * that holds already changes nothing.
 */
export const stopPatient = (
  record: PatientRecord,
  kind: StopKind,
  at: UtcInstant,
  from: StopTeller,
): PatientChange =>
  record.profile === undefined
    ? { episodes: [] }
    : changeTo(record, withStop(record.profile, { kind, since: at, from }), at);

/** Returns the change by which the reader of an email undoes a stop; what a reader cannot undo stays. */
export const resumePatient = (record: PatientRecord, now: UtcInstant): PatientChange => {
  if (record.profile === undefined) return { episodes: [] };
  const lifted = withNews(record.profile, 'resumed-by-reader', now);
  if (lifted === record.profile) return changeTo(record, lifted, now);
  // The patient is the source here, so this wish is as new as the moment it arrives.
  const consent = sourceTimeOf(now);
  return changeTo(record, { ...lifted, asOf: { ...lifted.asOf, consent } }, now);
};
