import type { Episode } from '../../../shared/care/patient/episode.ts';
import type { PatientRecord } from '../../../shared/care/patient/patient.ts';
import { stopOf } from '../../../shared/care/patient/stop-facts.ts';
import { stateOf } from '../../../shared/care/patient/transitions.ts';
import { addDays, addOffset } from '../../../shared/platform/calendar.ts';
import { planOf, type Touchpoint, timepointOf } from '../../../shared/protocol/plans.ts';
import type { EpisodeDetail, EpisodeSummary, TimelineEntry } from './console-data.ts';

const responsesTo = (record: PatientRecord, episode: Episode) =>
  record.responses.filter(({ episodeId }) => episodeId === episode.episodeId);

/** Returns the list row of one of the record's episodes. */
export const summaryOf = (record: PatientRecord, episode: Episode): EpisodeSummary => {
  const touchpoints = planOf(episode.family, episode.planVersion).touchpoints;
  const stop = record.profile === undefined ? undefined : stopOf(record.profile)?.kind;
  return {
    patientId: episode.patientId,
    episodeId: episode.episodeId,
    family: episode.family,
    serviceDate: episode.serviceDate,
    status: episode.status,
    ...(stop !== undefined && { stop }),
    ...(episode.nextDueAt !== undefined && { nextDueAt: episode.nextDueAt }),
    emails: touchpoints.reduce((sum, { id }) => sum + stateOf(episode, id).emails, 0),
    responses: responsesTo(record, episode).length,
  };
};

const entryOf = (record: PatientRecord, episode: Episode, touchpoint: Touchpoint): TimelineEntry => {
  const state = stateOf(episode, touchpoint.id);
  const timepoint = timepointOf(touchpoint.id);
  const response = responsesTo(record, episode).find((candidate) => candidate.timepoint === timepoint);
  return {
    touchpoint: touchpoint.id,
    plannedOn: addOffset(episode.serviceDate, touchpoint.offset),
    opensOn: addDays(episode.serviceDate, touchpoint.window.opensDay),
    closesOn: addDays(episode.serviceDate, touchpoint.window.closesDay),
    status: state.status,
    emails: state.emails,
    ...(state.lastEmailOn !== undefined && { lastEmailOn: state.lastEmailOn }),
    ...(state.delivered !== undefined && { delivered: state.delivered }),
    ...(response !== undefined && {
      answeredAt: response.answeredAt,
      inWindow: response.inWindow,
      revision: response.revision,
    }),
  };
};

/** Returns one of the record's episodes with its timeline, sorted by planned date. */
export const detailOf = (record: PatientRecord, episode: Episode): EpisodeDetail => ({
  ...summaryOf(record, episode),
  ...(record.profile?.email !== undefined && { email: record.profile.email }),
  ...(record.profile !== undefined && { locale: record.profile.locale }),
  zone: episode.zone,
  timeline: planOf(episode.family, episode.planVersion)
    .touchpoints.map((touchpoint) => entryOf(record, episode, touchpoint))
    .toSorted((a, b) => (a.plannedOn < b.plannedOn ? -1 : 1)),
});
