import type { UtcInstant } from '../../platform/time.ts';
import { type PatientChange, revised } from './commit-change.ts';
import type { Episode, StopReason } from './episode.ts';
import { sourceTimeOf } from './ids.ts';
import type { PatientRecord, Profile } from './patient.ts';
import { withEmailsAgain, withoutPlannedEmails } from './planned-emails.ts';

/**
 * The reasons to stop emailing. `about`: a stop about an address ends when another address is reported; one about
 * the patient does not. `undoable`: the patient may undo it. Of two reasons, the one of higher rank stays.
 */
export const stopReasons: Readonly<
  Record<
    StopReason,
    { readonly about: 'address' | 'patient'; readonly undoable: boolean; readonly rank: number }
  >
> = {
  'no-address': { about: 'address', undoable: false, rank: 0 },
  'hard-bounce': { about: 'address', undoable: false, rank: 1 },
  'wrong-person': { about: 'address', undoable: false, rank: 2 },
  'opted-out': { about: 'patient', undoable: true, rank: 3 },
  complained: { about: 'patient', undoable: true, rank: 4 },
  died: { about: 'patient', undoable: false, rank: 5 },
};

/** True for a stop about an unusable address; the others are about a person who could be reached. */
export const isAboutAddress = (reason: StopReason): boolean => stopReasons[reason].about === 'address';

/**
 * Maximum number of profile revisions at which a link still resumes email: alternating stop and resume is the work
 * of a script. Stops are always accepted, and the clinic can resume at any time.
 */
export const maxProfileRevisions = 100;

/**
 * Returns the change that stops a patient: the profile marked, and no email pending in any episode, to be written
 * at once. A stop of lower rank than the existing one changes nothing.
 */
export const stopPatient = (record: PatientRecord, reason: StopReason, at: UtcInstant): PatientChange => {
  const { profile, episodes } = record;
  if (profile === undefined) return { episodes: [] };
  if (profile.stop !== undefined && stopReasons[profile.stop.reason].rank >= stopReasons[reason].rank) {
    return { episodes: [] };
  }
  return {
    profile: revised({ ...profile, stop: { reason, at } }),
    episodes: episodes
      .filter(({ status }) => status === 'active')
      .map((episode) => revised(withoutPlannedEmails(episode, 'stopped'))),
  };
};

const withoutStop = ({ stop: _, ...profile }: Profile): Profile => profile;

/** Returns the profile with its stop lifted; one without an address is stopped for that reason instead. */
export const withStopLifted = (profile: Profile, at: UtcInstant): Profile =>
  profile.email === undefined ? { ...profile, stop: { reason: 'no-address', at } } : withoutStop(profile);

/** Returns the stopped episodes, resumed by the clock of the patient's current zone. */
export const resumedEpisodes = (
  record: PatientRecord,
  profile: Profile,
  now: UtcInstant,
): readonly Episode[] =>
  profile.stop === undefined
    ? record.episodes
        .filter(({ status }) => status === 'stopped')
        .map((episode) => revised(withEmailsAgain({ ...episode, zone: profile.zone }, 'resumed', now)))
    : [];

/** Returns the change that undoes a stop, or an empty one when the patient may not undo it. */
export const resumePatient = (record: PatientRecord, now: UtcInstant): PatientChange => {
  const { profile } = record;
  if (profile?.stop === undefined || !stopReasons[profile.stop.reason].undoable) return { episodes: [] };
  // The patient is the source here, so this wish is as new as the moment it arrives.
  const consent = sourceTimeOf(now);
  const lifted = withStopLifted({ ...profile, asOf: { ...profile.asOf, consent } }, now);
  return { profile: revised(lifted), episodes: resumedEpisodes(record, lifted, now) };
};
