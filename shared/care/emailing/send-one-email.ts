import type { TokenSource } from '../../platform/ports.ts';
import { present } from '../../platform/present.ts';
import type { LocalDate, UtcInstant } from '../../platform/time.ts';
import type { TouchpointId } from '../../protocol/plans.ts';
import { decideAndCommit, revised } from '../patient/commit-change.ts';
import type { Episode, EpisodeKey } from '../patient/episode.ts';
import type { TokenHash } from '../patient/ids.ts';
import { currentGeneration, linkFor } from '../patient/links.ts';
import type { PatientRecord, Profile } from '../patient/patient.ts';
import { type PlannedEmail, withNextEmail } from '../patient/planned-emails.ts';
import type { CareStore } from '../patient/ports.ts';
import { evolveEpisode, evolveTouchpoint, stateOf, type TouchpointEvent } from '../patient/transitions.ts';
import { decideEmail, type EmailDecision } from './next-email.ts';
import type { Mailer, OutgoingEmail, SendFailure } from './ports.ts';
import { visitToName } from './visit-named.ts';

/** The data of an email. `number` is 1 for the first email of its touchpoint, 2 and 3 for reminders. */
export type EmailRequest = {
  readonly touchpoint: TouchpointId;
  readonly number: number;
  readonly profile: Profile;
  readonly address: string;
  readonly token: string;
  readonly sendId: TokenHash;
  readonly at: UtcInstant;
  /** The day of the visit, where the email must name it. */
  readonly visitOn?: LocalDate;
};

export type ComposeEmail = (request: EmailRequest) => Promise<OutgoingEmail>;

export type SendOneParts = {
  readonly store: CareStore;
  readonly mailer: Mailer;
  readonly compose: ComposeEmail;
  readonly tokens: TokenSource;
};

/** The result of a due entry. `lost-race`: another writer of the episode was first. */
export type SendOneOutcome =
  | { readonly outcome: 'sent' | 'put-off' | 'stopped' | 'nothing' | 'lost-race' }
  | { readonly outcome: 'not-sent'; readonly failure: SendFailure };

const findEpisode = (record: PatientRecord, key: EpisodeKey): Episode | undefined =>
  record.episodes.find(({ episodeId }) => episodeId === key.episodeId);

/** An email that is ours to send, and its episode as it was before the write that reserved it. */
type Reservation = { readonly before: Episode; readonly planned: PlannedEmail; readonly sendId: TokenHash };

const refusalOf = ({ before, planned }: Reservation): TouchpointEvent =>
  planned.number === 1
    ? { kind: 'invitation-refused' }
    : { kind: 'reminder-refused', lastEmailOn: stateOf(before, planned.touchpoint.id).lastEmailOn };

/** Returns the episode without the reservation, or undefined when the touchpoint has moved on since. */
const released = (current: Episode, reservation: Reservation): Episode | undefined => {
  const { before, planned } = reservation;
  const after = evolveTouchpoint(current, planned.touchpoint.id, refusalOf(reservation));
  if (after === undefined) return undefined;
  const { lastEmailOn: _, lastInvitationOn: __, lastSendId: ___, ...rest } = after;
  const restored = {
    ...rest,
    ...(before.lastEmailOn === undefined ? {} : { lastEmailOn: before.lastEmailOn }),
    ...(before.lastInvitationOn === undefined ? {} : { lastInvitationOn: before.lastInvitationOn }),
    ...(before.lastSendId === undefined ? {} : { lastSendId: before.lastSendId }),
  };
  return withNextEmail(evolveEpisode(restored, 'refused') ?? restored);
};

/**
 * Undoes the reservation of an email that certainly did not go, which makes it due again. Other changes since then
 * stay: after an answer or a later reservation there is nothing to undo.
 */
const takeBack = (store: CareStore, reservation: Reservation): Promise<void> =>
  decideAndCommit(
    store,
    reservation.before.patientId,
    (record) => {
      const current = findEpisode(record, reservation.before);
      const isOurs = current?.lastSendId === reservation.sendId;
      const item = isOurs ? released(current, reservation) : undefined;
      return {
        writes: item === undefined ? [] : [{ kind: 'episode', item: revised(item) }],
        result: undefined,
      };
    },
    undefined,
  );

/** A client that retries a write after a lost response can lose against its own first attempt. */
const isOurs = async (store: CareStore, { before, sendId }: Reservation): Promise<boolean> =>
  findEpisode(await store.load(before.patientId), before)?.lastSendId === sendId;

/** What is due, and what its email is made from. */
type Due = {
  readonly before: Episode;
  readonly profile: Profile;
  readonly sending: Extract<EmailDecision, { outcome: 'send' }>;
  readonly visitOn: LocalDate | undefined;
};

/**
 * Stores the link and the reservation in one write, so no link comes to be for a patient who was erased. Returns
 * undefined when another writer of the episode was first.
 */
const reserve = async (
  { store, tokens, compose }: SendOneParts,
  due: Due,
  now: UtcInstant,
): Promise<{ readonly reservation: Reservation; readonly email: OutgoingEmail } | undefined> => {
  const { before, profile, sending, visitOn } = due;
  const { planned, address } = sending;
  const token = tokens.next();
  const link = linkFor({
    token,
    episode: before,
    planned,
    generation: currentGeneration(profile),
    now,
  });
  const sendId = link.tokenHash;
  const { id: touchpoint } = planned.touchpoint;
  const email = await compose({
    touchpoint,
    number: planned.number,
    profile,
    address,
    token,
    sendId,
    at: now,
    ...present({ visitOn }),
  });
  const reservation = { before, planned, sendId };
  const item = revised({ ...sending.episode, lastSendId: sendId });
  const stored = await store.commit([
    { kind: 'link', item: link },
    { kind: 'episode', item },
  ]);
  return stored === 'committed' || (await isOurs(store, reservation)) ? { reservation, email } : undefined;
};

const reserveAndSend = async (parts: SendOneParts, due: Due, now: UtcInstant): Promise<SendOneOutcome> => {
  const reserved = await reserve(parts, due, now);
  if (reserved === undefined) return { outcome: 'lost-race' };
  const result = await parts.mailer.send(reserved.email);
  if (result.outcome === 'accepted') return { outcome: 'sent' };
  if (result.outcome === 'refused' && result.scope !== 'this-email') {
    await takeBack(parts.store, reserved.reservation);
  }
  return { outcome: 'not-sent', failure: result };
};

/**
 * Handles a due entry: reads the patient, decides, and either sends the one email that may go now or moves the
 * pointer. The email is reserved before it is sent, by a write that only one sender can win and that already plans
 * the next email, so a crash after it cannot send twice. An email that certainly did not go becomes due again; one
 * that may have gone is left to the plan's next reminder.
 */
export const sendOneEmail = async (
  parts: SendOneParts,
  entry: EpisodeKey,
  now: UtcInstant,
): Promise<SendOneOutcome> => {
  const record = await parts.store.load(entry.patientId);
  const before = findEpisode(record, entry);
  if (before === undefined) return { outcome: 'nothing' };
  const decision = decideEmail(record, before, now);
  if (decision.outcome === 'nothing') return { outcome: 'nothing' };
  if (decision.outcome === 'send' && record.profile !== undefined) {
    const visitOn = visitToName(record, before, now);
    return reserveAndSend(parts, { before, profile: record.profile, sending: decision, visitOn }, now);
  }
  const stored = await parts.store.commit([{ kind: 'episode', item: revised(decision.episode) }]);
  if (stored !== 'committed') return { outcome: 'lost-race' };
  return { outcome: decision.outcome === 'stop' ? 'stopped' : 'put-off' };
};
