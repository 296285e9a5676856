import type { AcceptProcedure } from '../care/intake/accept-procedure.ts';
import type { ProcedureReport } from '../care/intake/procedure-report.ts';
import type { Episode } from '../care/patient/episode.ts';
import { type PatientId, sourceId, sourceTimeOf } from '../care/patient/ids.ts';
import type { CareStore } from '../care/patient/ports.ts';
import type { CountingStore } from '../counting/ports.ts';
import { localDateOf, zoneId } from '../platform/calendar.ts';
import type { Clock } from '../platform/ports.ts';
import type { UtcInstant, ZoneId } from '../platform/time.ts';

/** What became of one step. `skipped`: it cannot be looked at from here. */
export type SmokeStep = {
  readonly step: string;
  readonly result: 'passed' | 'failed' | 'skipped';
  readonly detail: string;
};

export type CanaryParts = {
  readonly store: CareStore;
  readonly counting: Pick<CountingStore, 'load'>;
  readonly acceptProcedure: AcceptProcedure;
  readonly clock: Clock;
  /** Brings the counts up to date when the stream does not. */
  readonly count: (patientId: PatientId) => Promise<void>;
  readonly erase: (patientId: PatientId) => Promise<void>;
  /** Asks again and again until it holds; false when it does not in time. */
  readonly until: (holds: () => Promise<boolean>) => Promise<boolean>;
  /** Looks at the public pages; undefined where their address is not known. */
  readonly pages: (() => Promise<boolean>) | undefined;
  /** Told of each step as it is done. */
  readonly onStep: (step: SmokeStep) => void;
};

/** SES takes an email to this address, reports it as delivered, and counts it against no reputation. */
const canaryAddress = 'success@simulator.amazonses.com';

/** Care instructions go out at this hour of the day of the procedure; from two hours later on it is too late. */
const instructionsHour = 18;

/**
 * Takes the time, gives a zone in which it is past six in the evening: there, care instructions are due at once, so
 * nobody has to wait. The names of such zones count westward: `Etc/GMT-5` is five hours ahead.
 */
export const zoneOfEvening = (now: UtcInstant): ZoneId => {
  const ahead = instructionsHour - Number(now.slice(11, 13));
  const offset = ahead > 14 ? ahead - 24 : ahead;
  return zoneId(offset === 0 ? 'Etc/GMT' : `Etc/GMT${offset > 0 ? '-' : '+'}${Math.abs(offset)}`);
};

const reportOf = (patientId: PatientId, zone: ZoneId, now: UtcInstant): ProcedureReport => ({
  status: 'completed',
  eventId: patientId,
  sourceId: sourceId(patientId),
  // The canary's messages are said and received at the same moment.
  reportedAt: sourceTimeOf(now),
  patient: { patientId, email: canaryAddress, zone, locale: 'en' },
  performed: { kind: 'date', on: localDateOf(now, zone) },
  codes: [{ system: 'LOCAL', code: 'epidural-steroid-injection', modifiers: [] }],
});

/**
 * Makes the smoke check: a made-up patient is enrolled, emailed, counted, taken back and erased, through the same
 * stores, sender, email events and stream as any other. Each step is reported; after one that fails the ones that need
 * it are left out, and the patient is removed all the same. Gives whether all is well.
 */
export const flyCanaryWith =
  (parts: CanaryParts) =>
  async (patientId: PatientId): Promise<boolean> => {
    const { store, counting, clock, until } = parts;
    let isWell = true;
    const note = (step: string, passed: boolean, detail: string): boolean => {
      parts.onStep({ step, result: passed ? 'passed' : 'failed', detail });
      isWell &&= passed;
      return passed;
    };
    const episode = async (): Promise<Episode | undefined> => (await store.load(patientId)).episodes[0];
    const instructions = async () => (await episode())?.touchpoints.instructions;
    const isCounted = async (): Promise<boolean> =>
      ((await counting.load(patientId)).marker?.contribution.size ?? 0) > 0;

    const flight = async (): Promise<void> => {
      const now = clock.now();
      const zone = zoneOfEvening(now);
      const { outcome } = await parts.acceptProcedure(reportOf(patientId, zone, now));
      if (!note('enroll', outcome === 'enrolled', `the report was ${outcome}`)) return;
      const due = (await episode())?.nextDueAt;
      const isDue = due !== undefined && due <= now;
      if (!note('due', isDue, `care instructions are due ${due ?? 'never'}`)) return;
      const wasSent = await until(async () => ((await instructions())?.emails ?? 0) > 0);
      if (
        note('send', wasSent, wasSent ? 'the sender claimed the email' : 'the sender did not come by in time')
      ) {
        const arrived = await until(async () => (await instructions())?.delivered === true);
        note(
          'deliver',
          arrived,
          arrived ? 'the email was reported as delivered' : 'no delivery was reported',
        );
      }
      const counted = await until(isCounted);
      note('count', counted, counted ? 'the patient was counted' : 'the stream did not bring the patient');
    };

    const land = async (): Promise<void> => {
      await parts.acceptProcedure({
        status: 'retracted',
        eventId: `${patientId}-back`,
        sourceId: sourceId(patientId),
        reportedAt: sourceTimeOf(clock.now()),
        patient: { patientId },
      });
      const isGone = await until(async () => !(await isCounted()));
      if (!isGone) await parts.count(patientId);
      note(
        'take back',
        isGone,
        isGone ? 'nothing of the patient is counted' : 'the stream did not take the patient back',
      );
      await parts.erase(patientId);
      const left = await store.load(patientId);
      note('erase', left.profile === undefined && left.episodes.length === 0, 'the patient was removed');
    };

    try {
      await flight();
      if (parts.pages === undefined)
        parts.onStep({ step: 'pages', result: 'skipped', detail: 'their address is not known' });
      else note('pages', await parts.pages(), 'the statistics page and the page of an unknown link');
    } finally {
      await land();
    }
    return isWell;
  };
