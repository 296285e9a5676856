import { createHash } from 'node:crypto';
import type { UtcInstant } from '../../platform/time.ts';
import { currentPlanOf } from '../../protocol/plans.ts';
import type { Episode } from '../patient/episode.ts';
import {
  correctedTo,
  takenOverBy,
  touchpointsOfSplit,
  withHistoryOf,
} from '../patient/history/moved-episodes.ts';
import { type EpisodeId, episodeId, type SourceId } from '../patient/ids.ts';
import type { PatientRecord, Profile } from '../patient/patient.ts';
import {
  closePassedWindows,
  withEmailsAgain,
  withNextEmail,
  withoutPlannedEmails,
} from '../patient/planned-emails.ts';
import type { SurveyResponse } from '../patient/response.ts';
import { stopOf } from '../patient/stop-facts.ts';
import { isLive, placeOf, successorsOf, type Treatment, treatmentsOf } from './treatments.ts';

/** A patient's episodes, brought in line with what the procedure records say. */
export type Settled = {
  readonly episodes: readonly Episode[];
  /** Answers that move to the episode that took theirs over. */
  readonly responses: readonly SurveyResponse[];
  /** Episodes that began or came back. */
  readonly enrolled: number;
  /** True when an episode began, came back or changed its place. */
  readonly isRearranged: boolean;
};

type Situation = {
  readonly record: PatientRecord;
  readonly profile: Profile;
  readonly treatments: readonly Treatment[];
  readonly successors: ReadonlyMap<SourceId, ReadonlyMap<EpisodeId, Treatment>>;
  readonly now: UtcInstant;
};

const byAge = (a: Episode, b: Episode): number =>
  `${a.enrolledAt} ${a.episodeId}` < `${b.enrolledAt} ${b.episodeId}` ? -1 : 1;

/** Where an episode's records went: where any of them stayed, else where most of them did. */
const destinationOf = ({ successors }: Situation, episode: Episode): Treatment | undefined => {
  const reached = episode.sources.flatMap((source) => successors.get(source)?.get(episode.episodeId) ?? []);
  const stayed = reached.find((treatment) => placeOf(treatment) === placeOf(episode));
  const shares = [...Map.groupBy(reached, placeOf).values()];
  return stayed ?? shares.toSorted((a, b) => b.length - a.length)[0]?.[0];
};

/**
 * Returns an id for the patient's next episode. Whoever decides again from the same record gets the same id, and of two
 * writers that start the same episode one loses.
 */
const newEpisodeId = ({ patientId, episodes }: PatientRecord, treatment: Treatment): EpisodeId =>
  episodeId(
    createHash('sha256')
      .update([patientId, treatment.sources[0], placeOf(treatment), episodes.length].join(' '))
      .digest('base64url')
      .slice(0, 22),
  );

const newEpisode = (situation: Situation, treatment: Treatment): Episode => {
  const { record, profile, successors, now } = situation;
  const { family, serviceDate, sources, baseline } = treatment;
  const before = record.episodes.find((episode) =>
    sources.some((source) => successors.get(source)?.get(episode.episodeId) === treatment),
  );
  return withNextEmail(
    closePassedWindows(
      {
        patientId: record.patientId,
        episodeId: newEpisodeId(record, treatment),
        family,
        serviceDate,
        revision: 0,
        status: stopOf(profile) === undefined ? 'active' : 'stopped',
        zone: profile.zone,
        planVersion: currentPlanOf(family).version,
        enrolledAt: now,
        sources,
        touchpoints: before === undefined ? {} : touchpointsOfSplit(before),
        ...(baseline === undefined ? {} : { baseline }),
      },
      now,
    ),
  );
};

/** The cancelled episode that a treatment brings back: one of its own records, else one of the same family and day. */
const cancelledFor = (cancelled: readonly Episode[], treatment: Treatment): Episode | undefined => {
  const own = cancelled.filter(({ sources }) => sources.some((source) => treatment.sources.includes(source)));
  const isSamePlace = (episode: Episode): boolean => placeOf(episode) === placeOf(treatment);
  return (
    own.find(isSamePlace) ??
    own.find(({ family }) => family === treatment.family) ??
    own[0] ??
    cancelled.find(isSamePlace)
  );
};

const reinstated = (episode: Episode, treatment: Treatment, { profile, now }: Situation): Episode => {
  const { zone } = profile;
  const again = correctedTo(
    withEmailsAgain({ ...episode, sources: treatment.sources, zone }, 'reinstated', now),
    treatment,
    zone,
    now,
  );
  return stopOf(profile) === undefined ? again : withoutPlannedEmails(again, 'stopped');
};

const hasSame = <T>(a: readonly T[], b: readonly T[]): boolean =>
  a.length === b.length && a.every((item) => b.includes(item));

/** Returns the episode with the records and the baseline of its treatment; the very same one when it has them. */
const standingFor = (episode: Episode, { sources, baseline }: Treatment): Episode => {
  const known = episode.baseline;
  const isSame =
    baseline === undefined || (known?.nrsPain === baseline.nrsPain && known?.peg === baseline.peg);
  if (isSame && hasSame(episode.sources, sources)) return episode;
  return { ...episode, sources, ...(baseline === undefined ? {} : { baseline }) };
};

const responsesTo = ({ responses }: PatientRecord, episode: Episode): readonly SurveyResponse[] =>
  responses.filter((response) => response.episodeId === episode.episodeId);

/** The answers of an episode that was taken over, where the survivor has none of its own. */
const inherited = (record: PatientRecord, survivor: Episode, other: Episode): readonly SurveyResponse[] => {
  const own = new Set(responsesTo(record, survivor).map(({ timepoint }) => timepoint));
  return responsesTo(record, other)
    .filter(({ timepoint }) => !own.has(timepoint))
    .map((response) => ({ ...response, episodeId: survivor.episodeId, revision: 1 }));
};

/**
 * Brings the episodes in line with the procedure records: each treatment has one episode, the one that its records
 * stood for before, wherever they moved. What no record stands for is cancelled. Episodes that turn out to be one
 * treatment become the oldest of them.
 */
export const settleEpisodes = (record: PatientRecord, profile: Profile, now: UtcInstant): Settled => {
  const treatments = treatmentsOf(record, profile.zone);
  const live = record.episodes.filter(isLive);
  const sources = new Set(live.flatMap((episode) => episode.sources));
  const successors = new Map(
    [...sources].map((source) => [source, successorsOf(record, source, treatments)] as const),
  );
  const situation: Situation = { record, profile, treatments, successors, now };
  const claims = Map.groupBy(live.toSorted(byAge), (episode) => destinationOf(situation, episode));
  const cancelled = record.episodes.filter((episode) => !isLive(episode) && episode.mergedInto === undefined);

  const settled = new Map<EpisodeId, Episode>();
  const responses: SurveyResponse[] = [];
  for (const lost of claims.get(undefined) ?? []) {
    settled.set(lost.episodeId, withoutPlannedEmails(lost, 'retracted'));
  }
  for (const treatment of treatments) {
    const [oldest, ...others] = claims.get(treatment) ?? [];
    if (oldest !== undefined) {
      const corrected = correctedTo(oldest, treatment, profile.zone, now);
      const whole = others.reduce((episode, other) => withHistoryOf(episode, other, now), corrected);
      settled.set(oldest.episodeId, standingFor(whole, treatment));
      for (const other of others) {
        settled.set(other.episodeId, takenOverBy(other, oldest));
        responses.push(...inherited(record, oldest, other));
      }
    }
  }
  let enrolled = 0;
  for (const treatment of treatments.filter((each) => !claims.has(each))) {
    const left = cancelled.filter((episode) => !settled.has(episode.episodeId));
    const again = cancelledFor(left, treatment);
    const episode =
      again === undefined
        ? newEpisode(situation, treatment)
        : standingFor(reinstated(again, treatment, situation), treatment);
    settled.set(episode.episodeId, episode);
    enrolled += 1;
  }
  const isMoved = live.some((episode) => {
    const after = settled.get(episode.episodeId);
    return after !== undefined && placeOf(after) !== placeOf(episode);
  });
  const known = record.episodes.map((episode) => settled.get(episode.episodeId) ?? episode);
  const ids = new Set(record.episodes.map((episode) => episode.episodeId));
  const started = [...settled.values()].filter((episode) => !ids.has(episode.episodeId));
  return {
    episodes: [...known, ...started],
    responses,
    enrolled,
    isRearranged: enrolled > 0 || isMoved || responses.length > 0,
  };
};
