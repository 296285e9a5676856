import type { Episode, StopReason } from './episode.ts';
import type { Link, PatientRecord } from './patient.ts';
import { type PatientChange, revised, stopPatient } from './stops.ts';
import type { UtcInstant } from './time.ts';
import { stateOf, withTouchpoint } from './touchpoint-states.ts';

/** What a mail provider can report of a mail, in the terms that matter here. */
export type MailEventKind =
  | 'sent'
  | 'delivered'
  | 'delayed'
  | 'bounced-for-good'
  | 'bounced-for-now'
  | 'complained'
  | 'rejected';

export type MailEvent = {
  readonly kind: MailEventKind;
  readonly sendId: string;
  /** The addresses it is about, in lower case. */
  readonly recipients: readonly string[];
};

/** What each event means for the patient: nothing, that the mail arrived, or that no more may be sent. */
export const mailEventEffects: Readonly<
  Record<
    MailEventKind,
    { readonly effect: 'none' | 'delivered' } | { readonly effect: 'stop'; readonly reason: StopReason }
  >
> = {
  sent: { effect: 'none' },
  delivered: { effect: 'delivered' },
  delayed: { effect: 'none' },
  'bounced-for-good': { effect: 'stop', reason: 'hard-bounce' },
  'bounced-for-now': { effect: 'none' },
  complained: { effect: 'stop', reason: 'complained' },
  rejected: { effect: 'none' },
};

const delivered = (episode: Episode, link: Link): Episode => {
  const state = stateOf(episode, link.touchpoint);
  return state.contacts === 0 || state.delivered === true
    ? episode
    : withTouchpoint(episode, link.touchpoint, { ...state, delivered: true });
};

/**
 * Takes a record, the mail an event is about and the event, gives the change. A bounce of an address that is
 * no longer the patient's stops nothing; a complaint is the person's own and does.
 */
export const mailEventChange = (
  record: PatientRecord,
  link: Link,
  event: MailEvent,
  now: UtcInstant,
): PatientChange => {
  const effect = mailEventEffects[event.kind];
  if (effect.effect === 'stop') {
    const current = record.profile?.email?.toLowerCase();
    const isCurrent = current !== undefined && event.recipients.includes(current);
    return isCurrent || effect.reason === 'complained'
      ? stopPatient(record, effect.reason, now)
      : { episodes: [] };
  }
  if (effect.effect === 'none') return { episodes: [] };
  return {
    episodes: record.episodes
      .filter(({ family, serviceDate }) => family === link.family && serviceDate === link.serviceDate)
      .flatMap((episode) => {
        const after = delivered(episode, link);
        return after === episode ? [] : [revised(after)];
      }),
  };
};
