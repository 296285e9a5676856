import { addSeconds } from '../../platform/calendar.ts';
import { noteSubject } from '../../platform/logging/invocation.ts';
import type { Clock } from '../../platform/ports.ts';
import type { UtcInstant } from '../../platform/time.ts';
import { type Decided, decideAndCommit, writesOf } from '../patient/commit-change.ts';
import { isTokenHash } from '../patient/ids.ts';
import { logSubjectOf } from '../patient/log-subject.ts';
import type { PatientRecord } from '../patient/patient.ts';
import type { CareStore } from '../patient/ports.ts';
import { type EmailEvent, emailEventEffects, stopByEmailEvent } from './email-events.ts';

/**
 * `unknown-email`: not an email to a patient, or its link has expired; there is no record to change. `not-yet`: the
 * email is minutes old and its link is not there, so the event should be delivered again.
 */
export type EmailEventOutcome = 'recorded' | 'nothing-to-record' | 'unknown-email' | 'not-yet';

/** Within this many seconds of an email its missing link is a matter of time, not of age. */
const minutesOldSeconds = 15 * 60;

const isMinutesOld = ({ emailedAt }: EmailEvent, now: UtcInstant): boolean =>
  emailedAt !== undefined && now < addSeconds(emailedAt, minutesOldSeconds);

/**
 * Creates the use case that records an email event: a delivery, or that the patient may not be emailed any more.
 * Repeated events change nothing.
 */
export const recordEmailEventWith =
  (store: CareStore, clock: Clock) =>
  async (event: EmailEvent): Promise<EmailEventOutcome> => {
    const effect = emailEventEffects[event.kind];
    if (effect.kind === 'none') return 'nothing-to-record';
    if (!isTokenHash(event.sendId)) return 'unknown-email';
    const link = await store.findLink(event.sendId);
    if (link === undefined) return isMinutesOld(event, clock.now()) ? 'not-yet' : 'unknown-email';
    noteSubject(logSubjectOf(link));
    if (effect.kind === 'delivered') return store.noteDelivery(link, link.touchpoint);
    const decide = (record: PatientRecord): Decided<EmailEventOutcome> => {
      const now = clock.now();
      const change = stopByEmailEvent({ record, link, kind: effect.stop, recipients: event.recipients, now });
      if (change.profile === undefined) return { writes: writesOf(change), result: 'nothing-to-record' };
      const item = { patientId: link.patientId, at: now, action: 'stopped' as const };
      return { writes: [...writesOf(change), { kind: 'audit', item }], result: 'recorded' };
    };
    return decideAndCommit(store, link.patientId, decide, 'unknown-email');
  };
