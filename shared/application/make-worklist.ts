import { addSeconds } from '../domain/calendar.ts';
import type { Pause } from '../domain/pause.ts';
import { type Call, callsFor } from '../domain/worklist.ts';
import type { StaffNotice } from './care-writes.ts';
import type { CareOverview } from './operations-ports.ts';
import type { CareScan, Clock, PauseStore } from './ports.ts';

/** What staff have to do: notices from patients, and patients to call. For staff only: it names patients by id. */
export type Worklist = {
  /** While it lasts nobody is mailed, so calls are all there is. */
  readonly pause?: Pause;
  readonly notices: readonly StaffNotice[];
  readonly calls: readonly Call[];
};

const daySeconds = 24 * 60 * 60;

/** Makes the use case that lists the notices of so many days and all calls that are due, most urgent first. */
export const makeWorklistWith =
  (parts: {
    readonly scan: CareScan;
    readonly overview: Pick<CareOverview, 'notices'>;
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
      notices: await parts.overview.notices(addSeconds(now, -days * daySeconds)),
      calls: calls.toSorted((a, b) => a.until.localeCompare(b.until)),
    };
  };
