import * as z from 'zod';
import type { PatientId } from '../../../shared/care/patient/ids.ts';
import type { Link } from '../../../shared/care/patient/patient.ts';
import { addDays } from '../../../shared/platform/calendar.ts';
import { type UtcInstant, utcDateOf } from '../../../shared/platform/time.ts';
import type { Answers } from '../../../shared/protocol/instrument.ts';
import { timepointOf } from '../../../shared/protocol/plans.ts';
import type { Agenda } from './agenda.ts';
import { answersKey, type SampleAnswers } from './answers.ts';
import { answerSurvey, askForNoMore, linksIn } from './email-reader.ts';
import type { Habit, SamplePatient } from './patients.ts';
import { type AskedSurvey, surveyAskedOn } from './which-survey.ts';

/** An email that reached a mailbox. */
export type ArrivedEmail = {
  readonly sendId: string;
  readonly address: string;
  readonly at: UtcInstant;
  readonly raw: Buffer;
};

/** What the people need to know of the product: which survey a link is for, and whether it is answered. */
export type PeopleParts = {
  /** Where the pages are. */
  readonly origin: string;
  readonly agenda: Agenda;
  readonly answers: SampleAnswers;
  /** Asked only when an email's date leaves open which survey it is for. */
  readonly findLink: (sendId: string) => Promise<Link | undefined>;
  /** The newest revision of a survey's answers; 0 when there are none. */
  readonly answeredRevision: (patientId: PatientId, survey: AskedSurvey) => Promise<number>;
  /** True at the moment at which an earlier run was interrupted: some of its things were done, some not. */
  readonly mayBeDone: () => boolean;
};

type Answering = Extract<Habit, { kind: 'answers' }>;

/** Everybody answers in the evening; the year's days are all cut to the same few moments. */
export const evening = '23:00:00Z';

const eveningAfter = (at: UtcInstant, days: number): UtcInstant => {
  const sameDay = utcDateOf(at);
  const first = at.slice(11) < evening ? sameDay : addDays(sameDay, 1);
  return `${addDays(first, days)}T${evening}`;
};

/** What somebody who thinks again had said at first. */
const firstThought = (answers: Answers): Answers => ({
  ...answers,
  qualityOfLife: 'same',
  nrsPain: Math.min(10, (answers.nrsPain ?? 5) + 1),
});

/** Reads the emails of the made-up patients and plans what each does about them. */
export const createSamplePeople = (patients: readonly SamplePatient[], parts: PeopleParts) => {
  const byAddress = new Map(patients.map((patient) => [patient.email, patient]));
  const emailsTo = new Map<string, number>();
  const emails = new Map<string, number>();

  const once = async (
    who: PatientId,
    survey: AskedSurvey,
    wanted: number,
    act: () => Promise<void>,
  ): Promise<void> => {
    if (parts.mayBeDone() && (await parts.answeredRevision(who, survey)) >= wanted) return;
    await act();
  };

  const plan = (
    who: PatientId,
    url: string,
    survey: AskedSurvey,
    at: UtcInstant,
    habit: Answering,
    answers: Answers,
  ): void => {
    const first = habit.changes ? firstThought(answers) : answers;
    const evening1 = eveningAfter(at, habit.days);
    const add = (when: UtcInstant, revision: number, said: Answers): void =>
      parts.agenda.add({
        at: when,
        who,
        run: () => once(who, survey, revision, () => answerSurvey(url, said)),
      });
    add(evening1, 1, first);
    if (habit.twice) add(evening1, 1, first);
    if (habit.changes) add(eveningAfter(evening1, 1), 2, answers);
  };

  const surveyOf = async (
    patient: SamplePatient,
    { at, sendId }: ArrivedEmail,
  ): Promise<AskedSurvey | undefined> => {
    const asked = surveyAskedOn(patient, utcDateOf(at));
    if (asked !== undefined) return asked;
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
    /** An email arrived: its reader may answer, this evening or later, or ask for no more. */
    receive: async (email: ArrivedEmail): Promise<void> => {
      const patient = byAddress.get(email.address);
      if (patient === undefined || patient.reachability !== 'reachable') return;
      const { unsubscribe, survey } = linksIn(email.raw, parts.origin);
      const who = patient.patientId;
      if (count(emailsTo, who) === patient.optsOutAfterEmail && unsubscribe !== undefined) {
        parts.agenda.add({ at: eveningAfter(email.at, 0), who, run: () => askForNoMore(unsubscribe) });
      }
      if (survey === undefined) return;
      const asked = await surveyOf(patient, email);
      if (asked === undefined) return;
      const { sourceId, habits } = asked.procedure;
      const habit = habits[asked.timepoint];
      const answers = parts.answers.get(answersKey(sourceId, asked.timepoint));
      const number = count(emails, `${sourceId} ${asked.timepoint}`);
      if (habit.kind !== 'answers' || answers === undefined || number !== habit.afterEmail) return;
      plan(who, survey, asked, email.at, habit, answers);
    },
  };
};

/** The part of an SES delivery event that says which email arrived. */
export const deliveryEvent = z.object({
  detail: z.object({
    mail: z.object({
      messageId: z.string(),
      destination: z.array(z.string()),
      tags: z.object({ sendId: z.array(z.string()) }),
    }),
  }),
});
