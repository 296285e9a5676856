import { addSeconds } from '../../platform/calendar.ts';
import type { Clock } from '../../platform/ports.ts';
import type { Pause } from '../emailing/pause.ts';
import type { StaffNotice } from '../patient/care-writes.ts';
import type { CareScan, NoticeStore, PauseStore } from '../patient/ports.ts';
import { type Call, callsFor } from './worklist.ts';

/**
 * What the care team has to do: notices from patients, and patients to call. For staff only: it names patients by
 * id.
 */
export type Worklist = {
  /** While it lasts no patient is emailed, so calls are the only contact. */
  readonly pause?: Pause;
  readonly notices: readonly StaffNotice[];
  readonly calls: readonly Call[];
};

const daySeconds = 24 * 60 * 60;

/** Creates the use case that lists the notices of the last `days` days and all due calls, most urgent first. */
export const makeWorklistWith =
  (parts: {
    readonly scan: CareScan;
    readonly notices: NoticeStore;
    readonly pauses: Pick<PauseStore, 'read'>;
    readonly clock: Clock;
  }) =>
  async (days: number): Promise<Worklist> => {
    const now = parts.clock.now();
    const pause = await parts.pauses.read();
    const calls: Call[] = [];
    for await (const record of parts.scan.patients()) calls.push(...callsFor(record, now));
    return {
      ...(pause === undefined ? {} : { pause }),
      notices: await parts.notices.since(addSeconds(now, -days * daySeconds)),
      calls: calls.toSorted((a, b) => a.until.localeCompare(b.until)),
    };
  };
