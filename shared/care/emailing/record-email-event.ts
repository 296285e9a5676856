import { noteSubject } from '../../platform/logging/invocation.ts';
import type { Clock } from '../../platform/ports.ts';
import { decideAndCommit, writesOf } from '../patient/commit-change.ts';
import { isTokenHash } from '../patient/ids.ts';
import { logSubjectOf } from '../patient/log-subject.ts';
import type { CareStore } from '../patient/ports.ts';
import { type EmailEvent, emailEventEffects, stopByEmailEvent } from './email-events.ts';

/** `unknown-email`: not an email to a patient, or its link has expired; there is no record to change. */
export type EmailEventOutcome = 'recorded' | 'nothing-to-record' | 'unknown-email';

/**
 * Creates the use case that records an email event: a delivery, or that the patient may not be emailed any more.
 * Repeated events change nothing.
 */
export const recordEmailEventWith =
  (store: CareStore, clock: Clock) =>
  async (event: EmailEvent): Promise<EmailEventOutcome> => {
    const effect = emailEventEffects[event.kind];
    if (effect.kind === 'none') return 'nothing-to-record';
    const link = isTokenHash(event.sendId) ? await store.findLink(event.sendId) : undefined;
    if (link === undefined) return 'unknown-email';
    noteSubject(logSubjectOf(link));
    if (effect.kind === 'delivered') return store.noteDelivery(link, link.touchpoint);
    return decideAndCommit(store, link.patientId, (record) => {
      const now = clock.now();
      const change = stopByEmailEvent(record, effect.stop, event.recipients, now);
      if (change.profile === undefined) return { writes: [], result: 'nothing-to-record' };
      const item = { patientId: link.patientId, at: now, action: 'stopped' as const };
      return { writes: [...writesOf(change), { kind: 'audit', item }], result: 'recorded' };
    });
  };
