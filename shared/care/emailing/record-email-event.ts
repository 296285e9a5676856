import type { Clock } from '../../platform/ports.ts';
import { decideAndCommit, writesOf } from '../patient/commit-change.ts';
import type { CareStore } from '../patient/ports.ts';
import { type MailEvent, mailEventEffects, stopByMailEvent } from './email-events.ts';

/** `unknown-mail`: none of ours, or its link was deleted; there is nothing left to change. */
export type MailEventOutcome = 'recorded' | 'nothing-to-record' | 'unknown-mail';

/**
 * Makes the use case that stores what became of a mail: that it was delivered, or that the patient may not be
 * mailed any more. The same event again changes nothing.
 */
export const recordMailEventWith =
  (store: CareStore, clock: Clock) =>
  async (event: MailEvent): Promise<MailEventOutcome> => {
    const effect = mailEventEffects[event.kind];
    if (effect.effect === 'none') return 'nothing-to-record';
    const link = await store.findLink(event.sendId);
    if (link === undefined) return 'unknown-mail';
    if (effect.effect === 'delivered') return store.noteDelivery(link, link.touchpoint);
    return decideAndCommit(store, link.patientId, (record) => {
      const now = clock.now();
      const change = stopByMailEvent(record, effect.reason, event.recipients, now);
      if (change.profile === undefined) return { writes: [], result: 'nothing-to-record' };
      const item = { patientId: link.patientId, at: now, action: 'stopped' as const };
      return { writes: [...writesOf(change), { write: 'audit', item }], result: 'recorded' };
    });
  };
