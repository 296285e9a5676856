import { z } from 'zod';
import { addDays } from '../../../shared/domain/calendar.ts';
import type { Link } from '../../../shared/domain/patient.ts';
import { timepointOf } from '../../../shared/domain/plans.ts';
import type { Answers } from '../../../shared/domain/response.ts';
import type { LocalDate, UtcInstant } from '../../../shared/domain/time.ts';
import type { Agenda } from './agenda.ts';
import { answersKey, type SampleAnswers } from './answers.ts';
import { answerSurvey, askForNoMore, linksIn } from './mail-reader.ts';
import type { Habit, SamplePatient, SampleProcedure } from './patients.ts';

/** A mail that reached a mailbox. */
export type ArrivedMail = { readonly sendId: string; readonly at: UtcInstant; readonly raw: Buffer };

/** What the people need to know of the product: which survey a link is for, and whether it is answered. */
export type PeopleParts = {
  /** Where the pages are. */
  readonly origin: string;
  readonly agenda: Agenda;
  readonly answers: SampleAnswers;
  readonly findLink: (sendId: string) => Promise<Link | undefined>;
  /** The newest revision of the answers that a link leads to; 0 when there are none. */
  readonly answeredRevision: (link: Link) => Promise<number>;
  /** True while mails of an earlier, interrupted run are read again. */
  readonly isCatchingUp: () => boolean;
};

type Answering = Extract<Habit, { kind: 'answers' }>;

/** Everybody answers in the evening; the year's days are all cut to the same few moments. */
const evening = '23:00:00Z';

const eveningAfter = (at: UtcInstant, days: number): UtcInstant => {
  const sameDay: LocalDate = at.slice(0, 10);
  const first = at.slice(11) < evening ? sameDay : addDays(sameDay, 1);
  return `${addDays(first, days)}T${evening}`;
};

/** What somebody who thinks again had said at first. */
const firstThought = (answers: Answers): Answers => ({
  ...answers,
  qualityOfLife: 'same',
  nrsPain: Math.min(10, (answers.nrsPain ?? 5) + 1),
});

/** Reads the mails of the made-up patients and plans what each does about them. */
export const createSamplePeople = (patients: readonly SamplePatient[], parts: PeopleParts) => {
  const byId = new Map(patients.map((patient) => [patient.patientId, patient]));
  const mailsTo = new Map<string, number>();
  const contacts = new Map<string, number>();

  const once = async (link: Link, wanted: number, act: () => Promise<void>): Promise<void> => {
    if (parts.isCatchingUp() && (await parts.answeredRevision(link)) >= wanted) return;
    await act();
  };

  const plan = (
    who: string,
    url: string,
    link: Link,
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
        run: () => once(link, revision, () => answerSurvey(url, said)),
      });
    add(evening1, 1, first);
    if (habit.twice) add(evening1, 1, first);
    if (habit.changes) add(eveningAfter(evening1, 1), 2, answers);
  };

  const procedureOf = (patient: SamplePatient, link: Link): SampleProcedure | undefined =>
    patient.procedures.find(
      ({ family, serviceDate }) => family === link.family && serviceDate === link.serviceDate,
    );

  const count = (counts: Map<string, number>, key: string): number => {
    const next = (counts.get(key) ?? 0) + 1;
    counts.set(key, next);
    return next;
  };

  return {
    /** A mail arrived: its reader may answer, this evening or later, or ask for no more. */
    receive: async ({ sendId, at, raw }: ArrivedMail): Promise<void> => {
      const links = linksIn(raw, parts.origin);
      const link = await parts.findLink(sendId);
      const patient = link === undefined ? undefined : byId.get(link.patientId);
      if (link === undefined || patient === undefined || patient.reachability !== 'reachable') return;
      const who = patient.patientId;
      const { unsubscribe, survey } = links;
      if (count(mailsTo, who) === patient.optsOutAfterMail && unsubscribe !== undefined) {
        parts.agenda.add({ at: eveningAfter(at, 0), who, run: () => askForNoMore(unsubscribe) });
      }
      const timepoint = timepointOf(link.touchpoint);
      const procedure = procedureOf(patient, link);
      if (timepoint === undefined || procedure === undefined || survey === undefined) return;
      const habit = procedure.habits[timepoint];
      const answers = parts.answers.get(answersKey(procedure.sourceId, timepoint));
      const contact = count(contacts, `${procedure.sourceId} ${timepoint}`);
      if (habit.kind !== 'answers' || answers === undefined || contact !== habit.afterContact) return;
      plan(who, survey, link, at, habit, answers);
    },
  };
};

/** The part of an SES delivery event that says which mail arrived. */
export const deliveryEvent = z.object({
  detail: z.object({
    mail: z.object({ messageId: z.string(), tags: z.object({ sendId: z.array(z.string()) }) }),
  }),
});
