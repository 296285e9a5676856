import { addDays } from '../../platform/calendar.ts';
import type { Clock } from '../../platform/ports.ts';
import { type Timepoint, type UtcInstant, utcDateOf } from '../../platform/time.ts';
import type { FamilyId } from '../../protocol/families.ts';
import { planOf, timepointOf, touchpointOf } from '../../protocol/plans.ts';
import type { CareWrite } from '../patient/care-writes.ts';
import { findLinkOf } from '../patient/links.ts';
import type { Link } from '../patient/patient.ts';
import type { CareStore } from '../patient/ports.ts';
import type { Draft } from '../patient/response.ts';
import { maxLateDays } from './answering.ts';

/** What a form holds that is not sent yet. */
export type DraftContent = Pick<Draft, 'values' | 'assisted' | 'signs'>;

/** What became of it. `closed`: the survey takes no answers any more. `invalid`: not something our form holds. */
export type SavedDraft = { readonly outcome: 'saved' | 'invalid' | 'closed' | 'not-found' };

/**
 * The record is not read, for this is done with every answer; so nothing is known of the patient's zone, and a
 * day too many is allowed. A draft too late does no harm: nothing counts it.
 */
const takesDrafts = ({ family, serviceDate, planVersion, touchpoint }: Link, now: UtcInstant): boolean => {
  const window = touchpointOf(planOf(family, planVersion), touchpoint)?.window;
  return window !== undefined && utcDateOf(now) <= addDays(serviceDate, window.closesDay + maxLateDays + 1);
};

const writesFor = (
  { patientId, family, serviceDate }: Link,
  timepoint: Timepoint,
  content: DraftContent,
  now: UtcInstant,
): readonly CareWrite[] => [
  { kind: 'draft', item: { patientId, family, serviceDate, timepoint, ...content, savedAt: now } },
  ...(content.signs === 'yes'
    ? [{ kind: 'notice', item: { patientId, kind: 'warning-sign', at: now } } as const]
    : []),
];

/**
 * Makes the use case that keeps answers before they are sent: one small read and one small unconditional write,
 * the newest standing. A warning sign is told to staff at once, for the survey may never be sent.
 */
export const saveDraftWith =
  (store: Pick<CareStore, 'findLink' | 'commit'>, clock: Clock) =>
  async (token: string, read: (family: FamilyId) => DraftContent | undefined): Promise<SavedDraft> => {
    const now = clock.now();
    const link = await findLinkOf(store, token, now);
    const timepoint = link === undefined ? undefined : timepointOf(link.touchpoint);
    if (link === undefined || timepoint === undefined) return { outcome: 'not-found' };
    if (!takesDrafts(link, now)) return { outcome: 'closed' };
    const content = read(link.family);
    if (content === undefined) return { outcome: 'invalid' };
    await store.commit(writesFor(link, timepoint, content, now));
    return { outcome: 'saved' };
  };
