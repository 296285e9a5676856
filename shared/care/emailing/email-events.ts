import type { UtcInstant } from '../../platform/time.ts';
import type { TouchpointId } from '../../protocol/plans.ts';
import { type PatientChange, revised } from '../patient/commit-change.ts';
import type { Episode } from '../patient/episode.ts';
import type { Link, PatientRecord } from '../patient/patient.ts';
import type { StopKind } from '../patient/stop-facts.ts';
import { stopPatient } from '../patient/stops.ts';
import { evolveTouchpoint, stateOf } from '../patient/transitions.ts';

/** What an email provider can report of an email, in our terms. */
export type EmailEventKind =
  | 'sent'
  | 'delivered'
  | 'delayed'
  | 'bounced-for-good'
  | 'bounced-for-now'
  | 'refused-for-now'
  | 'complained'
  | 'not-spam'
  | 'rejected';

export type EmailEvent = {
  readonly kind: EmailEventKind;
  readonly sendId: string;
  /**
   * The addresses the email was sent to, bare and in lower case; empty where the provider does not say. A server's
   * report may name others: an alias, a sub-address, the mailbox that it was forwarded to.
   */
  readonly recipients: readonly string[];
  /** When it was sent; absent where the provider does not say. */
  readonly emailedAt?: UtcInstant;
};

/** The effect of an event on the patient: none, a delivery to note, or a stop. */
type EmailEventEffect =
  | { readonly kind: 'none' }
  | { readonly kind: 'delivered' }
  | { readonly kind: 'stop'; readonly stop: StopKind };

export const emailEventEffects: Readonly<Record<EmailEventKind, EmailEventEffect>> = {
  sent: { kind: 'none' },
  delivered: { kind: 'delivered' },
  delayed: { kind: 'none' },
  'bounced-for-good': { kind: 'stop', stop: 'hard-bounce' },
  'bounced-for-now': { kind: 'none' },
  'refused-for-now': { kind: 'none' },
  complained: { kind: 'stop', stop: 'complained' },
  'not-spam': { kind: 'none' },
  rejected: { kind: 'none' },
};

/**
 * Returns the episode with a touchpoint planned again whose only email did not arrive, so that it is emailed once there
 * is another address and its window is still open. Undefined when an email before it may have arrived.
 */
const withoutBounced = (episode: Episode, id: TouchpointId): Episode | undefined => {
  const { emails, delivered } = stateOf(episode, id);
  return emails === 1 && delivered !== true
    ? evolveTouchpoint(episode, id, { kind: 'invitation-refused' })
    : undefined;
};

/**
 * Returns the change that stops a patient because of an email event. Whose email it was is known by its send id; the
 * address it went to only tells whether that address is still the patient's. A bounce of an address that is no longer the
 * patient's stops nothing; a complaint is the person's own and does.
 */
export const stopByEmailEvent = ({
  record,
  link,
  kind,
  recipients,
  now,
}: {
  readonly record: PatientRecord;
  /** The email that the event is about. */
  readonly link: Pick<Link, 'episodeId' | 'touchpoint'>;
  readonly kind: StopKind;
  readonly recipients: EmailEvent['recipients'];
  readonly now: UtcInstant;
}): PatientChange => {
  const current = record.profile?.email?.toLowerCase();
  const isCurrent = recipients.length === 0 || (current !== undefined && recipients.includes(current));
  if (kind === 'complained') return stopPatient(record, kind, now, 'email-provider');
  if (!isCurrent) return { episodes: [] };
  const change = stopPatient(record, kind, now, 'email-provider');
  const bounced = record.episodes.find(({ episodeId }) => episodeId === link.episodeId);
  if (change.profile === undefined || bounced === undefined) return change;
  const stopped = change.episodes.find(({ episodeId }) => episodeId === link.episodeId);
  const freed = withoutBounced(stopped ?? bounced, link.touchpoint);
  if (freed === undefined) return change;
  const others = change.episodes.filter((episode) => episode !== stopped);
  return { ...change, episodes: [...others, stopped === undefined ? revised(freed) : freed] };
};
