import { type MailEvent, mailEventChange, mailEventEffects } from '../domain/mail-events.ts';
import { decideAndCommit, writesOf } from './commit-change.ts';
import type { CareStore, Clock } from './ports.ts';

/** `unknown-mail`: none of ours, or its link was deleted; there is nothing left to change. */
export type MailEventOutcome = 'recorded' | 'nothing-to-record' | 'unknown-mail';

/**
 * Makes the use case that stores what became of a mail: that it was delivered, or that the patient may not be
 * mailed any more. The same event again changes nothing.
 */
export const recordMailEventWith =
  (store: CareStore, clock: Clock) =>
  async (event: MailEvent): Promise<MailEventOutcome> => {
    if (mailEventEffects[event.kind].effect === 'none') return 'nothing-to-record';
    const link = await store.findLink(event.sendId);
    if (link === undefined) return 'unknown-mail';
    return decideAndCommit(store, link.patientId, (record) => {
      const now = clock.now();
      const change = mailEventChange(record, link, event, now);
      const stops = change.profile !== undefined;
      const writes = [
        ...writesOf(change),
        ...(stops
          ? [
              {
                write: 'audit' as const,
                item: { patientId: link.patientId, at: now, action: 'stopped' as const },
              },
            ]
          : []),
      ];
      return { writes, result: writes.length === 0 ? 'nothing-to-record' : 'recorded' };
    });
  };
