import type { CareWrite } from '../../shared/care/patient/care-writes.ts';
import type { Episode } from '../../shared/care/patient/episode.ts';
import type { PatientId } from '../../shared/care/patient/ids.ts';
import type { PatientRecord } from '../../shared/care/patient/patient.ts';
import type { CareStore } from '../../shared/care/patient/ports.ts';
import { stateOf } from '../../shared/care/patient/transitions.ts';
import { daysBetween, isQuiet, localDateOf, workingDayFrom } from '../../shared/platform/calendar.ts';
import type { UtcInstant } from '../../shared/platform/time.ts';
import { planOf, type TouchpointId, touchpointOf } from '../../shared/protocol/plans.ts';

/** A reserved email: the write to the episode that precedes its sending. */
type Reservation = {
  readonly episode: Episode;
  readonly touchpoint: TouchpointId;
  readonly number: number;
  readonly at: UtcInstant;
};

/** Observes every write and every sent email, and records whatever breaks a rule. */
export type Ledger = {
  /** The store, with every committed write checked. */
  readonly watched: CareStore;
  /** Records that the provider accepted an email. */
  readonly emailSent: (sendId: string) => void;
  readonly reservations: ReadonlyMap<string, Reservation>;
  readonly sent: readonly (Reservation & { readonly sendId: string })[];
  readonly problems: string[];
  /** Patients with changes to count, in the order of the writes. */
  readonly stream: PatientId[];
  /** Patients who ever had a stop or a cancelled episode. */
  readonly disturbed: ReadonlySet<PatientId>;
};

const reservedIn = (before: Episode | undefined, after: Episode): TouchpointId | undefined =>
  planOf(after.family, after.planVersion).touchpoints.find(
    ({ id }) => stateOf(after, id).emails > (before === undefined ? 0 : stateOf(before, id).emails),
  )?.id;

export const newLedger = (store: CareStore, now: () => UtcInstant): Ledger => {
  const reservations = new Map<string, Reservation>();
  const sent: (Reservation & { readonly sendId: string })[] = [];
  const problems: string[] = [];
  const stream: PatientId[] = [];
  const disturbed = new Set<PatientId>();

  const checkReservation = (record: PatientRecord, before: Episode | undefined, after: Episode): void => {
    const touchpoint = reservedIn(before, after);
    if (touchpoint === undefined) return;
    const state = stateOf(after, touchpoint);
    const name = `${after.patientId} ${after.family} ${after.serviceDate} ${touchpoint} ${state.emails}`;
    const at = now();
    const plan = touchpointOf(planOf(after.family, after.planVersion), touchpoint);
    const on = localDateOf(at, after.zone);
    const day = daysBetween(after.serviceDate, on);
    if (state.emails !== (before === undefined ? 0 : stateOf(before, touchpoint).emails) + 1) {
      problems.push(`${name}: more than one at once`);
    }
    if (record.profile?.stop !== undefined) problems.push(`${name}: reserved after a stop`);
    if (before?.status !== 'active') problems.push(`${name}: reserved for an episode that is not active`);
    const isAnswered = record.responses.some(
      ({ episodeId, timepoint }) => episodeId === after.episodeId && timepoint === touchpoint,
    );
    if (isAnswered) problems.push(`${name}: reserved after an answer`);
    if (isQuiet(at, after.zone)) problems.push(`${name}: reserved in the quiet hours, ${at}`);
    if (plan === undefined || day < plan.window.opensDay || day > plan.window.closesDay) {
      problems.push(`${name}: reserved outside its window, day ${day}`);
    }
    if (plan?.at === 'morning' && workingDayFrom(on) !== on) problems.push(`${name}: reserved on ${on}`);
    if (state.emails > (plan?.kind === 'survey' ? 3 : 1)) problems.push(`${name}: too many`);
    if (after.lastSendId === undefined) problems.push(`${name}: reserved without a send id`);
    else reservations.set(after.lastSendId, { episode: after, touchpoint, number: state.emails, at });
  };

  const check = (write: CareWrite, record: PatientRecord): void => {
    if (write.kind === 'profile' || write.kind === 'episode' || write.kind === 'response') {
      stream.push(write.item.patientId);
    }
    if (write.kind === 'profile' && write.item.stop !== undefined) disturbed.add(write.item.patientId);
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
    emailSent: (sendId) => {
      const reservation = reservations.get(sendId);
      if (reservation === undefined) {
        problems.push('An email was sent without a reservation.');
        return;
      }
      const { episode, touchpoint, number } = reservation;
      const isSame = (other: Reservation): boolean =>
        other.episode.patientId === episode.patientId &&
        other.episode.episodeId === episode.episodeId &&
        other.touchpoint === touchpoint &&
        other.number === number;
      if (sent.some(isSame)) problems.push(`${episode.patientId} ${touchpoint} ${number}: sent twice`);
      sent.push({ ...reservation, sendId });
    },
  };
};
