import * as z from 'zod';
import type { PatientId } from '../../../shared/care/patient/ids.ts';
import type { Link } from '../../../shared/care/patient/patient.ts';
import { addDays } from '../../../shared/platform/calendar.ts';
import { type UtcInstant, utcDateOf } from '../../../shared/platform/time.ts';
import type { Answers } from '../../../shared/protocol/instrument.ts';
import { timepointOf } from '../../../shared/protocol/plans.ts';
import type { Agenda } from './agenda.ts';
import { answersKey, type SampleAnswers } from './answers.ts';
import { answerSurvey, linksIn, optOut } from './email-reader.ts';
import type { Habit, SamplePatient } from './patients.ts';
import { onlySurveyOpenOn, type SampleSurvey } from './which-survey.ts';

/** A delivered email. */
export type ArrivedEmail = {
  readonly sendId: string;
  readonly address: string;
  readonly at: UtcInstant;
  readonly raw: Buffer;
};

export type PeopleParts = {
  /** Base URL of the pages. */
  readonly origin: string;
  readonly agenda: Agenda;
  readonly answers: SampleAnswers;
  /** Looks up an email's link. Called only when its date does not determine the survey. */
  readonly findLink: (sendId: string) => Promise<Link | undefined>;
  /** The latest revision of the response to a survey; 0 when there is none. */
  readonly answeredRevision: (patientId: PatientId, survey: SampleSurvey) => Promise<number>;
  /** True while replaying the moment at which an earlier run was interrupted: some of its errands are done. */
  readonly mayBeDone: () => boolean;
};

type Answering = Extract<Habit, { kind: 'answers' }>;

/** All patients answer at this time, so that each day has few moments to play. */
export const evening = '23:00:00Z';

const eveningAfter = (at: UtcInstant, days: number): UtcInstant => {
  const sameDay = utcDateOf(at);
  const first = at.slice(11) < evening ? sameDay : addDays(sameDay, 1);
  return `${addDays(first, days)}T${evening}`;
};

/** The first answers of a patient who changes them later. */
const beforeChange = (answers: Answers): Answers => ({
  ...answers,
  qualityOfLife: 'same',
  nrsPain: Math.min(10, (answers.nrsPain ?? 5) + 1),
});

/** Creates the sample patients' side: reads their emails and schedules their reactions. */
export const createSamplePeople = (patients: readonly SamplePatient[], parts: PeopleParts) => {
  const byAddress = new Map(patients.map((patient) => [patient.email, patient]));
  const emailsByPatient = new Map<string, number>();
  const emailsBySurvey = new Map<string, number>();

  /** Submits the answers unless an interrupted run already brought the response to this revision. */
  const answerOnce = async (
    who: PatientId,
    url: string,
    survey: SampleSurvey,
    revision: number,
    answers: Answers,
  ): Promise<void> => {
    if (parts.mayBeDone() && (await parts.answeredRevision(who, survey)) >= revision) return;
    await answerSurvey(url, answers);
  };

  const scheduleAnswers = (
    who: PatientId,
    url: string,
    survey: SampleSurvey,
    emailedAt: UtcInstant,
    habit: Answering,
    answers: Answers,
  ): void => {
    const first = habit.changes ? beforeChange(answers) : answers;
    const answeredAt = eveningAfter(emailedAt, habit.days);
    const add = (at: UtcInstant, revision: number, submitted: Answers): void =>
      parts.agenda.add({ at, who, run: () => answerOnce(who, url, survey, revision, submitted) });
    add(answeredAt, 1, first);
    if (habit.twice) add(answeredAt, 1, first);
    if (habit.changes) add(eveningAfter(answeredAt, 1), 2, answers);
  };

  const surveyOf = async (
    patient: SamplePatient,
    { at, sendId }: ArrivedEmail,
  ): Promise<SampleSurvey | undefined> => {
    const onlyOpen = onlySurveyOpenOn(patient, utcDateOf(at));
    if (onlyOpen !== undefined) return onlyOpen;
    const link = await parts.findLink(sendId);
    const timepoint = link === undefined ? undefined : timepointOf(link.touchpoint);
    const procedure = patient.procedures.find(
      ({ family, serviceDate }) => family === link?.family && serviceDate === link.serviceDate,
    );
    return timepoint === undefined || procedure === undefined ? undefined : { procedure, timepoint };
  };

  const count = (counts: Map<string, number>, key: string): number => {
    const next = (counts.get(key) ?? 0) + 1;
    counts.set(key, next);
    return next;
  };

  return {
    /** Handles a delivered email: schedules the reader's answers or opt-out, this evening or later. */
    receive: async (email: ArrivedEmail): Promise<void> => {
      const patient = byAddress.get(email.address);
      if (patient === undefined || patient.reachability !== 'reachable') return;
      const links = linksIn(email.raw, parts.origin);
      const { unsubscribe } = links;
      const who = patient.patientId;
      if (count(emailsByPatient, who) === patient.optsOutAfterEmail && unsubscribe !== undefined) {
        parts.agenda.add({ at: eveningAfter(email.at, 0), who, run: () => optOut(unsubscribe) });
      }
      if (links.survey === undefined) return;
      const survey = await surveyOf(patient, email);
      if (survey === undefined) return;
      const { procedure, timepoint } = survey;
      const habit = procedure.habits[timepoint];
      const answers = parts.answers.get(answersKey(procedure.sourceId, timepoint));
      const emailNumber = count(emailsBySurvey, `${procedure.sourceId} ${timepoint}`);
      if (habit.kind !== 'answers' || answers === undefined || emailNumber !== habit.afterEmail) return;
      scheduleAnswers(who, links.survey, survey, email.at, habit, answers);
    },
  };
};

/** The part of an SES delivery event that identifies the email. */
export const deliveryEvent = z.object({
  detail: z.object({
    mail: z.object({
      messageId: z.string(),
      destination: z.array(z.string()),
      tags: z.object({ sendId: z.array(z.string()) }),
    }),
  }),
});
