import type { AcceptProcedure } from '../care/intake/accept-procedure.ts';
import type { ProcedureReport } from '../care/intake/procedure-report.ts';
import type { Episode } from '../care/patient/episode.ts';
import { type PatientId, sourceId, sourceTimeOf } from '../care/patient/ids.ts';
import type { CareStore } from '../care/patient/ports.ts';
import type { CountingStore } from '../counting/ports.ts';
import { localDateOf, zoneId } from '../platform/calendar.ts';
import type { Clock } from '../platform/ports.ts';
import type { UtcInstant, ZoneId } from '../platform/time.ts';

/** The result of one step. `skipped`: it cannot be checked from here. */
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
  /** Counts the patient when the stream does not. */
  readonly count: (patientId: PatientId) => Promise<void>;
  readonly erase: (patientId: PatientId) => Promise<void>;
  /** Polls until the condition holds; false when it does not in time. */
  readonly until: (holds: () => Promise<boolean>) => Promise<boolean>;
  /** Checks the public pages; undefined where their address is unknown. */
  readonly pages: (() => Promise<boolean>) | undefined;
  /** Called after each step. */
  readonly onStep: (step: SmokeStep) => void;
};

/** SES accepts email to this address, reports it as delivered, and excludes it from reputation metrics. */
const canaryAddress = 'success@simulator.amazonses.com';

/** Hour of the day of the procedure at which care instructions go out; two hours later they no longer do. */
const instructionsHour = 18;

/**
 * Returns a zone in which it is past six in the evening, where care instructions are due at once and the check need
 * not wait. The names of such zones count westward: `Etc/GMT-5` is five hours ahead.
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
  // The canary is its own source: its reports are as new as their arrival.
  reportedAt: sourceTimeOf(now),
  patient: { patientId, email: canaryAddress, zone, locale: 'en' },
  performed: { kind: 'date', on: localDateOf(now, zone) },
  codes: [{ system: 'LOCAL', code: 'epidural-steroid-injection', modifiers: [] }],
});

/**
 * Creates the smoke check: a synthetic patient is enrolled, emailed, counted, retracted and erased through the same
 * stores, sender, email events and stream as any other. It reports each step, skips those that need a failed one,
 * and removes the patient in any case. Returns whether all steps passed.
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
        note('send', wasSent, wasSent ? 'the sender reserved the email' : 'the sender did not run in time')
      ) {
        const arrived = await until(async () => (await instructions())?.delivered === true);
        note(
          'deliver',
          arrived,
          arrived ? 'the email was reported as delivered' : 'no delivery was reported',
        );
      }
      const counted = await until(isCounted);
      note('count', counted, counted ? 'the patient was counted' : 'the stream did not deliver the patient');
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
        isGone ? 'nothing of the patient is counted' : 'the stream did not deliver the retraction',
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
