import { isTokenHash } from '../../../shared/care/patient/ids.ts';
import { addDays, daysBetween } from '../../../shared/platform/calendar.ts';
import type { LocalDate, UtcInstant } from '../../../shared/platform/time.ts';
import type { BusRule } from '../emulation/events/bus.ts';
import { playRules } from '../emulation/events/rules.ts';
import type { Laptop } from '../laptop.ts';
import { type Agenda, createAgenda } from './agenda.ts';
import { sampleAnswers } from './answers.ts';
import { reportProcedure } from './clinic-system.ts';
import { type SamplePatient, samplePatients, sampleStart } from './patients.ts';
import { createSamplePeople, deliveryEvent, evening } from './sample-people.ts';
import type { SampleTargets } from './targets.ts';

export type SampleYear = {
  readonly patients: number;
  readonly seed: number;
  readonly targets: SampleTargets;
};

/** The time at which a new year starts. */
export const yearBegins: UtcInstant = `${sampleStart}T12:00:00Z`;
/** By this day the last three-month window has closed. */
const lastDay: LocalDate = addDays(sampleStart, 364 + 122);
const yearEnds: UtcInstant = `${lastDay}T14:00:00Z`;

const maxPeopleAtOnce = 8;
/** The clinic's system reports the day's procedures in the afternoon. */
const reportingTime = '20:30:00Z';

/** Called with the number of days played and the number of days in total. */
export type YearProgress = (played: number, total: number) => void;

type Arrived = { readonly messageId: string; readonly sendId: string; readonly address: string };

/** Creates a year's player. Its `rule` must be on the bus before the laptop starts, to see every delivery. */
export const sampleYearPlayer = (year: SampleYear) => {
  const patients = samplePatients(year.patients, year.targets, year.seed);
  const answers = sampleAnswers(patients, year.targets, year.seed);
  const arrived: Arrived[] = [];
  const rule: BusRule = {
    name: 'sample-people',
    sources: ['aws.ses'],
    detailTypes: ['Email Delivered'],
    target: async (event) => {
      const { mail } = deliveryEvent.parse(event).detail;
      const [address = ''] = mail.destination;
      const [sendId = ''] = mail.tags.sendId;
      arrived.push({ messageId: mail.messageId, sendId, address });
    },
  };
  return {
    rule,
    play: (laptop: Laptop, progress: YearProgress) => playYear(laptop, patients, answers, arrived, progress),
  };
};

const scheduleProcedures = (
  agenda: Agenda,
  laptop: Laptop,
  patients: readonly SamplePatient[],
  wasReported: () => void,
): void => {
  for (const patient of patients) {
    for (const procedure of patient.procedures) {
      const report = async (): Promise<void> => {
        await reportProcedure(laptop.bus, laptop.origin, patient, procedure);
        wasReported();
      };
      const days = procedure.repeated ? [0, 1] : [0];
      for (const day of days) {
        const at: UtcInstant = `${addDays(procedure.serviceDate, day)}T${reportingTime}`;
        agenda.add({ at, who: patient.patientId, run: report });
      }
    }
  }
};

/** Caches the next due time, which costs four reads, until `forget`. Only procedures and the sender change it. */
const rememberedDue = (laptop: Laptop) => {
  let known: { readonly at: UtcInstant | undefined } | undefined;
  return {
    forget: () => {
      known = undefined;
    },
    next: async (): Promise<UtcInstant | undefined> => {
      known ??= { at: await laptop.nextDueAt() };
      return known.at;
    },
  };
};

const playYear = async (
  laptop: Laptop,
  patients: readonly SamplePatient[],
  answers: ReturnType<typeof sampleAnswers>,
  arrived: Arrived[],
  progress: YearProgress,
): Promise<void> => {
  const agenda = createAgenda();
  /** The clock moves on only once all errands of a moment are done, so everything before this one is done. */
  const resumedAt = laptop.clock.now();
  let playedTo = yearBegins;
  const people = createSamplePeople(patients, {
    origin: laptop.origin,
    agenda,
    answers,
    findLink: async (sendId) => (isTokenHash(sendId) ? laptop.store.findLink(sendId) : undefined),
    mayBeDone: () => playedTo === resumedAt,
    answeredRevision: async (patientId, { procedure, timepoint }) => {
      const { episodes, responses } = await laptop.store.load(patientId);
      const episode = episodes.find(
        ({ family, serviceDate }) => family === procedure.family && serviceDate === procedure.serviceDate,
      );
      const response = responses.find(
        (other) => other.episodeId === episode?.episodeId && other.timepoint === timepoint,
      );
      return response?.revision ?? 0;
    },
  });
  const readEmail = async (at: UtcInstant): Promise<void> => {
    for (const { messageId, sendId, address } of arrived.splice(0)) {
      const raw = laptop.email.inbox.raw(messageId);
      if (raw !== undefined) await people.receive({ sendId, address, at, raw });
    }
  };

  const due = rememberedDue(laptop);
  const rules = playRules({
    clock: laptop.clock,
    nextDueAt: due.next,
    daily: [],
    sender: async () => {
      await laptop.invoke('send-due-emails');
      due.forget();
    },
    settle: async () => {
      await laptop.email.settled();
      await readEmail(laptop.clock.now());
    },
  });

  scheduleProcedures(agenda, laptop, patients, due.forget);
  await laptop.email.settled();
  arrived.length = 0;
  for (const email of laptop.email.inbox.list({ limit: Number.MAX_SAFE_INTEGER }).toReversed()) {
    const [address = ''] = email.destination;
    arrived.push({ messageId: email.messageId, sendId: email.sendId, address });
    await readEmail(email.at);
  }
  const days = daysBetween(sampleStart, lastDay);
  for (let day = 0; day < days; day += 1) {
    const date = addDays(sampleStart, day);
    for (const time of [reportingTime, evening] as const) {
      playedTo = `${date}T${time}`;
      if (playedTo > laptop.clock.now()) await rules.moveTo(playedTo);
      if (playedTo < resumedAt) agenda.skip(playedTo);
      else await agenda.runAt(playedTo, maxPeopleAtOnce);
    }
    progress(day, days);
  }
  await rules.moveTo(yearEnds);
  await laptop.email.settled();
  await laptop.pump.drain();
  progress(days, days);
};
