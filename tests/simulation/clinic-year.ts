import type { EmailEventKind } from '../../shared/care/emailing/email-events.ts';
import { recordEmailEventWith } from '../../shared/care/emailing/record-email-event.ts';
import { sendDueEmailWith } from '../../shared/care/emailing/send-due-emails.ts';
import { acceptContactWith } from '../../shared/care/intake/accept-contact.ts';
import { acceptProcedureWith } from '../../shared/care/intake/accept-procedure.ts';
import { changePreferenceWith } from '../../shared/care/patient/email-preference.ts';
import { type PatientId, patientId, sourceTimeOf } from '../../shared/care/patient/ids.ts';
import { findLinkOf } from '../../shared/care/patient/links.ts';
import type { ContactReport } from '../../shared/care/patient/profiles.ts';
import type { SurveyResponse } from '../../shared/care/patient/response.ts';
import { stateOf } from '../../shared/care/patient/transitions.ts';
import { submitSurveyWith } from '../../shared/care/survey/submit-survey.ts';
import { checkDriftWith } from '../../shared/counting/check-drift.ts';
import { countPatientsWith } from '../../shared/counting/count-patients.ts';
import { daysBetween, utcInstant, zoneId } from '../../shared/platform/calendar.ts';
import type { Log } from '../../shared/platform/ports.ts';
import { dueShardCount } from '../../shared/platform/tables.ts';
import { timepoints, type UtcInstant } from '../../shared/platform/time.ts';
import type { Answers } from '../../shared/protocol/instrument.ts';
import { timepointOf } from '../../shared/protocol/plans.ts';
import { memoryStores } from '../support/oracles/memory-stores.ts';
import { knownOf } from '../support/oracles/told-clinic.ts';
import { defaults } from '../support/samples/builders.ts';
import { knownIn, type Message, messageOf } from '../support/samples/told-messages.ts';
import { later, newAgenda } from './agenda.ts';
import { type FaultPlan, faultyCare, faultyCounting, faultyMailer } from './faults.ts';
import { newLedger } from './ledger.ts';
import { randomFrom } from './random.ts';
import { tellYear } from './told-year.ts';

/** The result of one seed. No problems means that every guarantee held. */
export type YearReport = {
  readonly problems: readonly string[];
  readonly emails: number;
  readonly reservations: number;
  readonly answers: number;
  readonly stops: number;
  readonly crashes: number;
  readonly conflicts: number;
};

const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

const zones = [
  'America/New_York',
  'America/Los_Angeles',
  'America/Phoenix',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
].map(zoneId);

const start = '2026-01-05T12:00:00Z';

const end = '2027-05-20T16:00:00Z';

const answersFrom = (number: number): Answers =>
  number % 3 === 0
    ? { condition: 'worse', nrsPain: number % 11 }
    : { condition: 'better', improvementPercent: (number % 100) + 1, pain: 'same' };

const nameOf = ({ patientId, episodeId, timepoint }: SurveyResponse): string =>
  `${patientId} ${episodeId} ${timepoint}`;

/**
 * Plays more than a year of a small clinic on the real use cases with every kind of fault: the process crashes at any
 * await, writes are retried, email is refused, lost or ambiguous, events arrive late, twice and in any order, sweeps
 * overlap, and patients answer while they are being reminded.
 */
export const playYear = async (seed: number): Promise<YearReport> => {
  const random = randomFrom(seed);
  const plan: FaultPlan = { rate: random.pick(0, 0.02, 0.08, 0.25), random, broken: 0 };
  const overlapping = random.chance(0.5);
  let now: UtcInstant = start;
  const clock = { now: () => now };
  const stores = memoryStores();
  const ledger = newLedger(stores.care, clock.now);
  let conflicts = 0;
  const care = faultyCare(
    {
      ...ledger.watched,
      commit: async (writes) => {
        const outcome = await ledger.watched.commit(writes);
        if (outcome === 'conflict') conflicts += 1;
        return outcome;
      },
    },
    plan,
  );
  const agenda = newAgenda();
  const { problems } = ledger;

  // The latest revision of each response that its patient was told is stored.
  const acknowledged = new Map<string, SurveyResponse>();
  const mailbox = new Map<string, string>();
  let made = 0;

  const acceptProcedure = acceptProcedureWith(care, clock, defaults);
  const acceptContact = acceptContactWith(care, clock, defaults);
  const recordEmailEvent = recordEmailEventWith(care, clock);
  const submitSurvey = submitSurveyWith(care, clock);
  const changeContact = changePreferenceWith(care, clock);
  const countPatients = countPatientsWith({ counting: faultyCounting(stores.counting, plan) });

  /** Runs an operation, and retries it later until it succeeds, as event sources do. */
  const untilDone = async (run: () => Promise<unknown>, hours = 0.3): Promise<void> => {
    try {
      await run();
    } catch {
      agenda.planIn(now, hours, () => untilDone(run, hours * 1.5));
    }
  };
  const deliver = (at: UtcInstant, run: () => Promise<unknown>): void => {
    agenda.plan(at, () => untilDone(run));
    if (random.chance(0.2)) agenda.planIn(at, random.between(0, 200), () => untilDone(run));
  };

  const answerSurvey = async (token: string, answers: Answers): Promise<void> => {
    const submission = { answers, assisted: false, quality: 'trusted' } as const;
    await untilDone(async () => {
      const link = await findLinkOf(care, token, now);
      if (link === undefined) return;
      const result = await submitSurvey(link, { submission, locale: 'en', hasWarningSign: false });
      const response =
        result.outcome === 'stored' || result.outcome === 'repeated' ? result.survey.response : undefined;
      if (response === undefined) return;
      const known = acknowledged.get(nameOf(response));
      if ((known?.revision ?? 0) < response.revision) acknowledged.set(nameOf(response), response);
    });
  };

  const emailEvent = (kind: EmailEventKind, sendId: string, to: string, hours: number): void =>
    deliver(later(now, Math.round(hours * 3600)), () => recordEmailEvent({ kind, sendId, recipients: [to] }));

  /** Plans what follows from a delivered email: events, an answer, a stop, or nothing. */
  const arrived = (sendId: string, to: string): void => {
    ledger.emailSent(sendId, to);
    const token = mailbox.get(sendId) ?? '';
    const touchpoint = ledger.reservations.get(sendId)?.touchpoint;
    if (random.chance(0.03)) {
      ledger.emailBounced(sendId);
      emailEvent('bounced-for-good', sendId, to, random.between(0, 48));
      return;
    }
    emailEvent('sent', sendId, to, 0);
    if (random.chance(0.9)) emailEvent('delivered', sendId, to, random.between(0, 30));
    if (random.chance(0.01)) emailEvent('complained', sendId, to, random.between(0, 100));
    if (random.chance(0.03)) {
      agenda.planIn(now, random.between(0, 100), () => untilDone(() => changeContact(token, 'stop')));
      if (random.chance(0.5)) {
        agenda.planIn(now, random.between(100, 900), () => untilDone(() => changeContact(token, 'resume')));
      }
    }
    if (touchpoint === undefined || timepointOf(touchpoint) === undefined || !random.chance(0.45)) return;
    const hours = random.pick(0.1, 3, 24, 71.9, 72, 96, 168, 400, 900);
    made += 1;
    const answers = answersFrom(made);
    agenda.planIn(now, hours, () => answerSurvey(token, answers));
    if (random.chance(0.2)) agenda.planIn(now, hours, () => answerSurvey(token, answers));
    if (random.chance(0.15)) agenda.planIn(now, hours + 20, () => answerSurvey(token, answersFrom(made + 7)));
  };

  const { mailer } = faultyMailer(({ sendId, to }) => arrived(sendId, to), plan);
  const sweep = sendDueEmailWith(
    {
      store: care,
      pauses: { read: async () => undefined },
      mailer,
      compose: async ({ sendId, token, address }) => {
        mailbox.set(sendId, token);
        return { sendId, to: address, raw: new Uint8Array() };
      },
      tokens: {
        next: () => {
          made += 1;
          return `token-${String(seed).padStart(8, '0')}-${String(made).padStart(8, '0')}`;
        },
      },
      clock,
      log: silent,
      metrics: { add: () => undefined },
      wait: async () => undefined,
      stopwatch: () => 0,
    },
    { shards: dueShardCount, pageSize: 2, parallel: 3, shareOfRate: 1, timeBudget: 1 },
  );
  const sweepOnce = () => sweep().catch(() => undefined);

  // The clinic's system tells of procedures and patients: late, twice, out of order, and now and then without a time.
  const year = tellYear(random, zones, random.between(1, 4));
  const quiet = new Set([...year.quiet].map(patientId));
  const take = ({ kind, report }: Message): Promise<unknown> =>
    kind === 'procedure' ? acceptProcedure(report) : acceptContact(report);
  for (const { told, hours } of year.messages) {
    const at = utcInstant(told.at);
    deliver(later(at, Math.round(hours * 3600)), () => take(messageOf(told)));
    if (random.chance(0.15))
      agenda.planIn(at, hours + random.between(1, 3000), () => untilDone(() => take(messageOf(told))));
    if (random.chance(0.1)) {
      agenda.planIn(at, hours + random.between(1, 3000), () =>
        untilDone(() => take(messageOf(told, 'undated'))),
      );
    }
  }
  for (const id of year.patients.map(patientId)) {
    const reportContact = (changes: Partial<ContactReport>): void => {
      const at = later(start, random.between(0, 400 * 86_400));
      const contact = { patientId: id, eventId: `c-${at}`, reportedAt: sourceTimeOf(at), ...changes };
      deliver(later(at, random.between(0, 86_400)), () => acceptContact(contact));
    };
    if (random.chance(0.1)) reportContact({ optedOut: true });
    if (random.chance(0.1)) reportContact({ optedOut: false });
    if (random.chance(0.04)) reportContact({ died: true });
  }

  // Periods in which nothing is sent at all.
  const outages = Array.from({ length: random.pick(0, 0, 1, 2) }, () => {
    const from = later(start, random.between(0, 400 * 86_400));
    return { from, until: later(from, random.between(1, 50) * 86_400) };
  });
  const afterOutage = (at: UtcInstant): UtcInstant =>
    outages.find(({ from, until }) => at >= from && at < until)?.until ?? at;

  // The change stream: at least once, in chunks, now and then an old chunk again.
  let read = 0;
  const countChunk = async (chunk: readonly PatientId[]): Promise<void> => {
    await untilDone(() => countPatients(chunk));
  };
  const readStream = async (): Promise<void> => {
    const chunk = ledger.stream.slice(read, read + random.between(1, 10));
    read += chunk.length;
    const old = random.chance(0.2) ? ledger.stream.slice(Math.max(0, read - 15), read - 3) : [];
    await Promise.all([countChunk(chunk), countChunk(old.toReversed())]);
  };

  const nextDue = (): UtcInstant | undefined => stores.nextDueAt();

  let lastSweep: UtcInstant = start;
  for (;;) {
    const due = nextDue();
    const soonest = later(lastSweep, random.between(900, 7200));
    const sweepAt = due === undefined ? undefined : afterOutage([due, soonest].toSorted()[1] ?? due);
    const next = [agenda.nextAt(), sweepAt].filter((at) => at !== undefined).toSorted()[0];
    if (next === undefined || next > end) break;
    if (next > now) now = next;
    const running: Promise<unknown>[] = agenda.takeUntil(now).map((run) => run());
    if (sweepAt !== undefined && sweepAt <= now) {
      lastSweep = now;
      running.push(sweepOnce());
      if (overlapping && random.chance(0.4)) running.push(sweepOnce());
    }
    if (read < ledger.stream.length && random.chance(0.5)) running.push(readStream());
    await Promise.all(running);
  }

  // The faults end, the remaining tasks run, and then every guarantee must hold.
  now = end;
  plan.rate = 0;
  for (let moment = agenda.nextAt(); moment !== undefined; moment = agenda.nextAt()) {
    await Promise.all(agenda.takeUntil(moment).map((run) => run()));
  }
  await sweep();
  // Counts only what the stream has not delivered yet: everything delivered must be counted by now.
  await countPatients(ledger.stream.slice(read));

  const left = nextDue();
  if (left !== undefined && left <= now)
    problems.push('Something is still due after a sweep without faults.');
  const drift = await checkDriftWith({ countingScan: stores.countingScan, cells: stores.cells })();
  if (drift.differingCells.length > 0) problems.push(`Counts differ: ${drift.differingCells.join(', ')}`);
  if (drift.uncounted > 0) problems.push(`${drift.uncounted} patients are not counted.`);

  let answers = 0;
  for await (const record of stores.scan.patients()) {
    answers += record.responses.length;
    for (const response of record.responses) {
      const confirmed = acknowledged.get(nameOf(response));
      acknowledged.delete(nameOf(response));
      const isOlder = confirmed !== undefined && response.revision < confirmed.revision;
      const isOther =
        response.revision === confirmed?.revision && JSON.stringify(response) !== JSON.stringify(confirmed);
      if (isOlder || isOther) problems.push(`Changed: the answers to ${nameOf(response)}`);
    }
    const days = ledger.sent
      .filter(({ episode }) => episode.patientId === record.patientId)
      .map(({ episode, touchpoint }) => stateOf(episode, touchpoint).lastEmailOn ?? '');
    if (!overlapping && new Set(days).size < days.length) {
      problems.push(`${record.patientId}: two emails on one day`);
    }
    const [episode] = record.episodes;
    const isUndisturbed =
      quiet.has(record.patientId) && !ledger.disturbed.has(record.patientId) && outages.length === 0;
    if (!isUndisturbed || episode === undefined || plan.rate > 0.1) continue;
    for (const id of timepoints) {
      if (daysBetween(episode.serviceDate, '2027-05-20') > 430 && stateOf(episode, id).emails === 0) {
        problems.push(`${record.patientId} ${id}: never invited, for no reason`);
      }
    }
  }
  for (const patient of year.patients) {
    const expected = knownOf(
      year.messages.map(({ told }) => told),
      patient,
      defaults.zone,
    );
    const known = knownIn(await stores.care.load(patientId(patient)));
    if (JSON.stringify(known) !== JSON.stringify(expected)) {
      problems.push(`${patient}: ${JSON.stringify(known)} instead of ${JSON.stringify(expected)}`);
    }
  }
  for (const lost of acknowledged.keys()) problems.push(`Lost: the answers to ${lost}`);

  return {
    problems,
    emails: ledger.sent.length,
    reservations: ledger.reservations.size,
    answers,
    stops: ledger.disturbed.size,
    crashes: plan.broken,
    conflicts,
  };
};
