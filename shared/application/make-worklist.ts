import { addSeconds } from '../domain/calendar.ts';
import { type Call, callsFor } from '../domain/worklist.ts';
import type { StaffNotice } from './care-writes.ts';
import type { CareOverview } from './operations-ports.ts';
import type { CareScan, Clock } from './ports.ts';

/** What staff have to do: notices from patients, and patients to call. For staff only: it names patients by id. */
export type Worklist = { readonly notices: readonly StaffNotice[]; readonly calls: readonly Call[] };

const daySeconds = 24 * 60 * 60;

/** Makes the use case that lists the notices of so many days and all calls that are due, most urgent first. */
export const makeWorklistWith =
  (parts: {
    readonly scan: CareScan;
    readonly overview: Pick<CareOverview, 'notices'>;
    readonly clock: Clock;
  }) =>
  async (days: number): Promise<Worklist> => {
    const now = parts.clock.now();
    const calls: Call[] = [];
    for await (const record of parts.scan.patients()) calls.push(...callsFor(record, now));
    return {
      notices: await parts.overview.notices(addSeconds(now, -days * daySeconds)),
      calls: calls.toSorted((a, b) => a.until.localeCompare(b.until)),
    };
  };
