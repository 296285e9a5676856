import { addDays } from '../../platform/calendar.ts';
import type { Clock } from '../../platform/ports.ts';
import { type Timepoint, type UtcInstant, utcDateOf } from '../../platform/time.ts';
import { planOf, timepointOf, touchpointOf } from '../../protocol/plans.ts';
import type { CareWrite } from '../patient/care-writes.ts';
import type { Link } from '../patient/patient.ts';
import type { CareStore } from '../patient/ports.ts';
import type { Draft } from '../patient/response.ts';
import { maxLateDays } from './answering.ts';

/** What a form holds before it is submitted. */
export type DraftContent = Pick<Draft, 'values' | 'assisted' | 'signs'>;

/**
 * What became of a draft. `not-found`: the link is not of a survey. `closed`: the survey accepts no answers any more.
 * `invalid`: there is no content, because the request cannot come from our form.
 */
export type SavedDraft = { readonly outcome: 'saved' | 'invalid' | 'closed' | 'not-found' };

/**
 * True while a draft of this link is accepted. This runs with every answer and must not read the record, so the
 * patient's zone is unknown and one day too many is allowed. A draft that is too late does no harm: nothing counts it.
 */
const acceptsDrafts = ({ family, serviceDate, planVersion, touchpoint }: Link, now: UtcInstant): boolean => {
  const window = touchpointOf(planOf(family, planVersion), touchpoint)?.window;
  return window !== undefined && utcDateOf(now) <= addDays(serviceDate, window.closesDay + maxLateDays + 1);
};

const writesFor = (
  { patientId, episodeId }: Link,
  timepoint: Timepoint,
  content: DraftContent,
  now: UtcInstant,
): readonly CareWrite[] => [
  { kind: 'draft', item: { patientId, episodeId, timepoint, ...content, savedAt: now } },
  ...(content.signs === 'yes'
    ? [{ kind: 'notice', item: { patientId, kind: 'warning-sign', at: now } } as const]
    : []),
];

/**
 * Creates the use case that keeps the answers of a followed link before they are submitted: one small unconditional
 * write, the newest wins. Staff are notified of a warning sign at once, for the survey may never be submitted.
 */
export const saveDraftWith =
  (store: Pick<CareStore, 'commit'>, clock: Clock) =>
  async (link: Link, content: DraftContent | undefined): Promise<SavedDraft> => {
    const now = clock.now();
    const timepoint = timepointOf(link.touchpoint);
    if (timepoint === undefined) return { outcome: 'not-found' };
    if (!acceptsDrafts(link, now)) return { outcome: 'closed' };
    if (content === undefined) return { outcome: 'invalid' };
    await store.commit(writesFor(link, timepoint, content, now));
    return { outcome: 'saved' };
  };
