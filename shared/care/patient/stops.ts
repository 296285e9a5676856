import type { UtcInstant } from '../../platform/time.ts';
import { type PatientChange, revised } from './commit-change.ts';
import type { Episode, StopReason } from './episode.ts';
import { sourceTimeOf } from './ids.ts';
import type { PatientRecord, Profile } from './patient.ts';
import { withEmailsAgain, withoutPlannedEmails } from './planned-emails.ts';

/**
 * The reasons to email nothing more. `about`: one about an address ends when another address is reported; one
 * about the patient does not. `undoable`: the patient may take it back. Of two, the one further down stands.
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

/** True for a stop that says the address is of no use; the others are about a person who could be reached. */
export const isAboutAddress = (reason: StopReason): boolean => stopReasons[reason].about === 'address';

/**
 * A profile that was written so often is not started again from a link: stopping and starting in turn is a script's
 * work. A stop is always taken, and the clinic can start again at any time.
 */
export const maxProfileRevisions = 100;

/**
 * Takes a record and a reason, gives the profile marked and every episode without anything pending. A stop of
 * lower rank than the one that stands changes nothing. All of it is to be written at once.
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

/** Takes a profile, gives it with nothing that forbids email; without an address that itself forbids it. */
export const withStopLifted = (profile: Profile, at: UtcInstant): Profile =>
  profile.email === undefined ? { ...profile, stop: { reason: 'no-address', at } } : withoutStop(profile);

/**
 * Takes a record and its profile as it will be, gives the stopped episodes with what is still open pending, by
 * the clock of where the patient lives now.
 */
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

/** Takes a record, gives the change that undoes a stop the patient may undo; none when there is none such. */
export const resumePatient = (record: PatientRecord, now: UtcInstant): PatientChange => {
  const { profile } = record;
  if (profile?.stop === undefined || !stopReasons[profile.stop.reason].undoable) return { episodes: [] };
  // The patient is the source here, so this wish is as new as the moment it arrives.
  const consent = sourceTimeOf(now);
  const lifted = withStopLifted({ ...profile, asOf: { ...profile.asOf, consent } }, now);
  return { profile: revised(lifted), episodes: resumedEpisodes(record, lifted, now) };
};
