import type { CareWrite } from '../../shared/care/patient/care-writes.ts';
import type { Episode } from '../../shared/care/patient/episode.ts';
import type { PatientId } from '../../shared/care/patient/ids.ts';
import type { PatientRecord } from '../../shared/care/patient/patient.ts';
import type { CareStore } from '../../shared/care/patient/ports.ts';
import type { UtcInstant } from '../../shared/platform/time.ts';
import type { TouchpointId } from '../../shared/protocol/plans.ts';
import { daysFrom, isClinicDay, isNight, wallTimeOf } from '../support/oracles/clinic-days.ts';
import { promisedEmails } from '../support/oracles/promised-emails.ts';

/** A reserved email: the write to the episode that precedes its sending. */
type Reservation = {
  readonly episode: Episode;
  readonly touchpoint: TouchpointId;
  readonly number: number;
  readonly at: UtcInstant;
  /** The patient's address at that moment. */
  readonly address: string | undefined;
};

/** Observes every write and every sent email, and records whatever breaks a rule. */
export type Ledger = {
  /** The store, with every committed write checked. */
  readonly watched: CareStore;
  /** Records that the provider accepted an email. */
  readonly emailSent: (sendId: string, to: string) => void;
  /** Records that an email bounced for good: the same may go to another address once. */
  readonly emailBounced: (sendId: string) => void;
  readonly reservations: ReadonlyMap<string, Reservation>;
  readonly sent: readonly (Reservation & { readonly sendId: string })[];
  readonly problems: string[];
  /** Patients with changes to count, in the order of the writes. */
  readonly stream: PatientId[];
  /** Patients who ever had a stop or a cancelled episode. */
  readonly disturbed: ReadonlySet<PatientId>;
};

const isStopped = (profile: PatientRecord['profile']): boolean =>
  profile?.stops?.some(({ ended }) => ended === undefined) === true;

const emailsOf = (episode: Episode | undefined, touchpoint: TouchpointId): number =>
  episode?.touchpoints[touchpoint]?.emails ?? 0;

const touchpointIds = [
  'instructions',
  'rehabilitation',
  'visit',
  '2w',
  '1m',
  '3m',
  '6m',
  '12m',
] as const satisfies readonly TouchpointId[];

const reservedIn = (before: Episode | undefined, after: Episode): readonly TouchpointId[] =>
  touchpointIds.filter((id) => emailsOf(after, id) > emailsOf(before, id));

/** A treatment that split off another, or that took one over, brings emails along that went before. */
const isInherited = (before: Episode | undefined, after: Episode): boolean =>
  before === undefined || (after.lastSendId === before.lastSendId && before.lastSendId !== undefined);

export const newLedger = (store: CareStore, now: () => UtcInstant): Ledger => {
  const reservations = new Map<string, Reservation>();
  const sent: (Reservation & { readonly sendId: string })[] = [];
  const bounced = new Set<string>();
  const problems: string[] = [];
  const stream: PatientId[] = [];
  const disturbed = new Set<PatientId>();

  const checkReservation = (record: PatientRecord, before: Episode | undefined, after: Episode): void => {
    const [touchpoint, ...others] = reservedIn(before, after);
    if (touchpoint === undefined || isInherited(before, after)) return;
    const number = emailsOf(after, touchpoint);
    const name = `${after.patientId} ${after.family} ${after.serviceDate} ${touchpoint} ${number}`;
    const at = now();
    const promised = promisedEmails[after.family][touchpoint];
    const wall = wallTimeOf(at, after.zone);
    const day = daysFrom(after.serviceDate, wall.on);
    if (others.length > 0 || number !== emailsOf(before, touchpoint) + 1) {
      problems.push(`${name}: more than one at once`);
    }
    if (isStopped(record.profile)) problems.push(`${name}: reserved after a stop`);
    if (before?.status !== 'active') problems.push(`${name}: reserved for an episode that is not active`);
    const isAnswered = record.responses.some(
      ({ episodeId, timepoint }) => episodeId === after.episodeId && timepoint === touchpoint,
    );
    if (isAnswered) problems.push(`${name}: reserved after an answer`);
    if (isNight(wall)) problems.push(`${name}: reserved in the quiet hours, ${at}`);
    if (promised === undefined) problems.push(`${name}: not in the plan`);
    else {
      const [first, last] = promised.days;
      if (day < first || day > last) problems.push(`${name}: reserved outside its window, day ${day}`);
      if (promised.onClinicDays && !isClinicDay(wall.on)) problems.push(`${name}: reserved on ${wall.on}`);
      if (number > promised.emails) problems.push(`${name}: too many`);
    }
    if (after.lastSendId === undefined) problems.push(`${name}: reserved without a send id`);
    else
      reservations.set(after.lastSendId, {
        episode: after,
        touchpoint,
        number,
        at,
        address: record.profile?.email,
      });
  };

  const check = (write: CareWrite, record: PatientRecord): void => {
    if (write.kind === 'profile' || write.kind === 'episode' || write.kind === 'response') {
      stream.push(write.item.patientId);
    }
    if (write.kind === 'profile' && isStopped(write.item)) disturbed.add(write.item.patientId);
    if (write.kind !== 'episode') return;
    if (write.item.status === 'cancelled') disturbed.add(write.item.patientId);
    const before = record.episodes.find(({ episodeId }) => episodeId === write.item.episodeId);
    checkReservation(record, before, write.item);
    const isPending = write.item.nextDueAt !== undefined;
    if (isPending !== (write.item.status === 'active')) {
      problems.push(`${write.item.patientId}: ${write.item.status} and pending: ${isPending}`);
    }
  };

  return {
    reservations,
    sent,
    problems,
    stream,
    disturbed,
    watched: {
      ...store,
      commit: async (writes) => {
        const records = new Map<PatientId, PatientRecord>();
        for (const { item } of writes) records.set(item.patientId, await store.load(item.patientId));
        const outcome = await store.commit(writes);
        if (outcome === 'committed') {
          for (const write of writes) {
            const record = records.get(write.item.patientId);
            if (record !== undefined) check(write, record);
          }
        }
        return outcome;
      },
      noteDelivery: async (key, touchpoint) => {
        const outcome = await store.noteDelivery(key, touchpoint);
        if (outcome === 'recorded') stream.push(key.patientId);
        return outcome;
      },
    },
    emailBounced: (sendId) => {
      bounced.add(sendId);
    },
    emailSent: (sendId, to) => {
      const reservation = reservations.get(sendId);
      if (reservation === undefined) {
        problems.push('An email was sent without a reservation.');
        return;
      }
      const { episode, touchpoint, number } = reservation;
      const isSame = (other: (typeof sent)[number]): boolean =>
        !bounced.has(other.sendId) &&
        other.episode.patientId === episode.patientId &&
        other.episode.sources.some((source) => episode.sources.includes(source)) &&
        other.episode.family === episode.family &&
        other.touchpoint === touchpoint &&
        other.number === number;
      if (reservation.address !== to)
        problems.push(`${episode.patientId} ${touchpoint}: sent to a former address`);
      if (sent.some(isSame)) problems.push(`${episode.patientId} ${touchpoint} ${number}: sent twice`);
      sent.push({ ...reservation, sendId });
    },
  };
};
