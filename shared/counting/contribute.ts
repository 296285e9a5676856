import type { Episode } from '../care/patient/episode.ts';
import type { PatientRecord, Profile } from '../care/patient/patient.ts';
import type { SurveyResponse } from '../care/patient/response.ts';
import { isAddressUsable } from '../care/patient/stop-facts.ts';
import { judged } from '../care/survey/doubted-answers.ts';
import { cellIdOf } from '../outcomes/cells/cells.ts';
import type { CellId, Contribution, Counter, Scope } from '../outcomes/cells/contribution.ts';
import { cohortMonthOf, type Timepoint, timepoints } from '../platform/time.ts';
import { familyIds } from '../protocol/families.ts';
import { outcomesOf } from '../protocol/measures.ts';
import { indexEpisodesOf } from './index-episodes.ts';

const scopes: readonly Scope[] = [...familyIds, 'overall'];

const hasAddress = (profile: Profile | undefined): boolean =>
  profile?.email !== undefined && isAddressUsable(profile);

/** True when an email was ever reserved for the episode, or there is a usable address. */
const isReachable = (episode: Episode, profile: Profile | undefined): boolean =>
  hasAddress(profile) || Object.values(episode.touchpoints).some(({ emails }) => emails >= 1);

const isCounted = (response: SurveyResponse): boolean => response.inWindow && response.quality !== 'suspect';

const measured = (episode: Episode, response: SurveyResponse): readonly Counter[] =>
  outcomesOf(response.answers, episode.baseline).flatMap(({ measure, outcome }): readonly Counter[] => {
    if (outcome === 'yes') return [`${measure}:n`, `${measure}:x`];
    return outcome === 'no' ? [`${measure}:n`] : [];
  });

const answered = (episode: Episode, response: SurveyResponse): readonly Counter[] =>
  isCounted(response) ? ['answered', 'counted', ...measured(episode, response)] : ['answered'];

const responseTo = (
  { responses }: PatientRecord,
  { episodeId }: Episode,
  timepoint: Timepoint,
): SurveyResponse | undefined =>
  responses.find((response) => response.episodeId === episodeId && response.timepoint === timepoint);

const atTimepoint = (record: PatientRecord, episode: Episode, timepoint: Timepoint): readonly Counter[] => {
  const state = episode.touchpoints[timepoint];
  const response = responseTo(record, episode, timepoint);
  return [
    ...((state?.emails ?? 0) >= 1 ? (['emailed'] as const) : []),
    ...(state?.delivered === true ? (['delivered'] as const) : []),
    ...(response === undefined ? [] : answered(episode, judged(response, record.profile))),
  ];
};

/** Returns the cells of one index episode, without those in which it counts nowhere. */
const cellsOf = (
  record: PatientRecord,
  scope: Scope,
  episode: Episode,
): readonly (readonly [CellId, ReadonlySet<Counter>])[] => {
  const month = cohortMonthOf(episode.serviceDate);
  const enrolled: readonly Counter[] = isReachable(episode, record.profile)
    ? ['eligible', 'reachable']
    : ['eligible'];
  return [
    [cellIdOf({ scope, month, timepoint: 'enrolled' }), new Set(enrolled)] as const,
    ...timepoints.flatMap((timepoint) => {
      const counted = atTimepoint(record, episode, timepoint);
      return counted.length === 0 ? [] : [[cellIdOf({ scope, month, timepoint }), new Set(counted)] as const];
    }),
  ];
};

/**
 * Returns what a patient adds to the counts. The unit is the patient: only index episodes count, each in the month
 * of its service date, in the cells of its family and in the overall ones. Everyone treated is `eligible`, whether
 * or not they could be emailed or ever answered. It depends on nothing but the record, and not on the order of
 * anything in it, so counts can always be recomputed.
 */
export const contributionOf = (record: PatientRecord): Contribution =>
  new Map(
    scopes.flatMap((scope) =>
      indexEpisodesOf(record.episodes, scope).flatMap((episode) => cellsOf(record, scope, episode)),
    ),
  );
