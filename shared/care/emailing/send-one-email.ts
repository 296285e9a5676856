import type { TokenSource } from '../../platform/ports.ts';
import type { UtcInstant } from '../../platform/time.ts';
import type { TouchpointId } from '../../protocol/plans.ts';
import { decideAndCommit } from '../patient/commit-change.ts';
import type { Episode, EpisodeKey } from '../patient/episode.ts';
import type { TokenHash } from '../patient/ids.ts';
import { linkFor } from '../patient/links.ts';
import type { PatientRecord, Profile } from '../patient/patient.ts';
import { withNextEmail } from '../patient/planned-emails.ts';
import type { CareStore } from '../patient/ports.ts';
import { revised } from '../patient/stops.ts';
import { stateOf, withTouchpoint } from '../patient/transitions.ts';
import { decideEmail, type EmailDecision } from './next-email.ts';
import type { Mailer, OutgoingEmail, SendOutcome } from './ports.ts';

/** What an email is made from. `number` is 1 for the first email of its touchpoint, 2 and 3 for reminders. */
export type EmailRequest = {
  readonly touchpoint: TouchpointId;
  readonly number: number;
  readonly profile: Profile;
  readonly address: string;
  readonly token: string;
  readonly sendId: TokenHash;
  readonly at: UtcInstant;
};

export type ComposeEmail = (request: EmailRequest) => Promise<OutgoingEmail>;

export type SendOneParts = {
  readonly store: CareStore;
  readonly mailer: Mailer;
  readonly compose: ComposeEmail;
  readonly tokens: TokenSource;
};

/** What became of one entry of the due index. */
export type SendOneOutcome =
  | { readonly done: 'sent' | 'put-off' | 'stopped' | 'nothing' | 'lost-race' }
  | { readonly done: 'failed'; readonly outcome: Exclude<SendOutcome, { outcome: 'accepted' }> };

const findEpisode = (record: PatientRecord, key: EpisodeKey): Episode | undefined =>
  record.episodes.find(({ family, serviceDate }) => family === key.family && serviceDate === key.serviceDate);

type Reservation = {
  readonly before: Episode;
  readonly touchpoint: TouchpointId;
  readonly sendId: TokenHash;
};

/** What the episode was before the claim; it may have been the last planned of its plan, which finished it. */
const unclaimed = (current: Episode, { before, touchpoint }: Reservation): Episode => {
  const { lastEmailOn: _, lastInvitationOn: __, lastSendId: ___, ...rest } = current;
  const { delivered } = stateOf(current, touchpoint);
  return {
    ...withTouchpoint(rest, touchpoint, {
      ...stateOf(before, touchpoint),
      ...(delivered === undefined ? {} : { delivered }),
    }),
    status: current.status === 'finished' ? before.status : current.status,
    ...(before.lastEmailOn === undefined ? {} : { lastEmailOn: before.lastEmailOn }),
    ...(before.lastInvitationOn === undefined ? {} : { lastInvitationOn: before.lastInvitationOn }),
    ...(before.lastSendId === undefined ? {} : { lastSendId: before.lastSendId }),
  };
};

/**
 * Takes back a claim whose email certainly did not go: the touchpoint is as it was and due again. What else
 * happened to the episode meanwhile stands.
 */
const takeBack = (store: CareStore, claim: Reservation): Promise<void> =>
  decideAndCommit(store, claim.before.patientId, (record) => {
    const current = findEpisode(record, claim.before);
    const isStill = current !== undefined && stateOf(current, claim.touchpoint).status === 'emailed';
    if (!isStill || current.lastSendId !== claim.sendId) {
      return { writes: [], result: undefined };
    }
    const restored = withNextEmail(unclaimed(current, claim));
    return { writes: [{ kind: 'episode', item: revised(restored) }], result: undefined };
  });

/** A client that tries a write again after a lost answer can lose against its own first attempt. */
const isOurs = async (store: CareStore, { before, sendId }: Reservation): Promise<boolean> =>
  findEpisode(await store.load(before.patientId), before)?.lastSendId === sendId;

type Sending = Extract<EmailDecision, { outcome: 'send' }>;

const claimAndSend = async (
  parts: SendOneParts,
  before: Episode,
  profile: Profile,
  sending: Sending,
  now: UtcInstant,
): Promise<SendOneOutcome> => {
  const token = parts.tokens.next();
  const { planned } = sending;
  const link = linkFor({ token, episode: before, planned, now });
  const sendId = link.tokenHash;
  const { id: touchpoint } = planned.touchpoint;
  const email = await parts.compose({
    touchpoint,
    number: planned.number,
    profile,
    address: sending.address,
    token,
    sendId,
    at: now,
  });
  await parts.store.commit([{ kind: 'link', item: link }]);
  const claim: Reservation = { before, touchpoint, sendId };
  const claimed = { ...sending.episode, lastSendId: sendId };
  const stored = await parts.store.commit([{ kind: 'episode', item: revised(claimed) }]);
  if (stored === 'conflict' && !(await isOurs(parts.store, claim))) return { done: 'lost-race' };
  const outcome = await parts.mailer.send(email);
  if (outcome.outcome === 'accepted') return { done: 'sent' };
  if (outcome.outcome === 'refused' && outcome.scope !== 'this-email') {
    await takeBack(parts.store, claim);
  }
  return { done: 'failed', outcome };
};

/**
 * Takes an entry of the due index and the time, reads the patient, decides, and either sends the one email that
 * may go now or moves the pointer. The email is claimed before it is sent, with a write that only one can win,
 * and that write already plans the next planned: a crash after it cannot send twice. An email that certainly did
 * not go is due again; one that may have gone is left to the plan's next reminder.
 */
export const sendOneEmail = async (
  parts: SendOneParts,
  entry: EpisodeKey,
  now: UtcInstant,
): Promise<SendOneOutcome> => {
  const record = await parts.store.load(entry.patientId);
  const episode = findEpisode(record, entry);
  if (episode === undefined) return { done: 'nothing' };
  const decision = decideEmail(record, episode, now);
  if (decision.outcome === 'nothing') return { done: 'nothing' };
  if (decision.outcome === 'send' && record.profile !== undefined) {
    return claimAndSend(parts, episode, record.profile, decision, now);
  }
  const stored = await parts.store.commit([{ kind: 'episode', item: revised(decision.episode) }]);
  if (stored === 'conflict') return { done: 'lost-race' };
  return { done: decision.outcome === 'stop' ? 'stopped' : 'put-off' };
};
