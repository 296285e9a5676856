import type { CareWrite } from '../../shared/care/patient/care-writes.ts';
import type { Episode } from '../../shared/care/patient/episode.ts';
import type { PatientId } from '../../shared/care/patient/ids.ts';
import type { PatientRecord } from '../../shared/care/patient/patient.ts';
import type { CareStore } from '../../shared/care/patient/ports.ts';
import { stateOf } from '../../shared/care/patient/transitions.ts';
import { daysBetween, isQuiet, localDateOf, workingDayFrom } from '../../shared/platform/calendar.ts';
import type { UtcInstant } from '../../shared/platform/time.ts';
import { planOf, type TouchpointId, touchpointOf } from '../../shared/protocol/plans.ts';

/** An email claimed: written into the episode before it goes. */
type Claim = {
  readonly episode: Episode;
  readonly touchpoint: TouchpointId;
  readonly number: number;
  readonly at: UtcInstant;
};

/** Watches what is really written and really goes, and knows what must never be. */
export type Ledger = {
  /** The store itself, with every write looked at before it happens. */
  readonly watched: CareStore;
  readonly emailGone: (sendId: string) => void;
  readonly claims: ReadonlyMap<string, Claim>;
  readonly gone: readonly (Claim & { readonly sendId: string })[];
  readonly problems: string[];
  /** Patients with something new to count, in the order of the writes. */
  readonly stream: PatientId[];
  /** Patients who were ever stopped, or treated in error. */
  readonly disturbed: ReadonlySet<PatientId>;
};

const claimIn = (before: Episode | undefined, after: Episode): TouchpointId | undefined =>
  planOf(after.family, after.planVersion).touchpoints.find(
    ({ id }) => stateOf(after, id).emails > (before === undefined ? 0 : stateOf(before, id).emails),
  )?.id;

export const newLedger = (store: CareStore, now: () => UtcInstant): Ledger => {
  const claims = new Map<string, Claim>();
  const gone: (Claim & { readonly sendId: string })[] = [];
  const problems: string[] = [];
  const stream: PatientId[] = [];
  const disturbed = new Set<PatientId>();

  const checkClaim = (record: PatientRecord, before: Episode | undefined, after: Episode): void => {
    const touchpoint = claimIn(before, after);
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
    if (record.profile?.stop !== undefined) problems.push(`${name}: claimed after a stop`);
    if (before?.status !== 'active') problems.push(`${name}: claimed for an episode that is not active`);
    const isAnswered = record.responses.some(
      ({ family, serviceDate, timepoint }) =>
        family === after.family && serviceDate === after.serviceDate && timepoint === touchpoint,
    );
    if (isAnswered) problems.push(`${name}: claimed after an answer`);
    if (isQuiet(at, after.zone)) problems.push(`${name}: claimed in the quiet hours, ${at}`);
    if (plan === undefined || day < plan.window.opensDay || day > plan.window.closesDay) {
      problems.push(`${name}: claimed outside its window, day ${day}`);
    }
    if (plan?.at === 'morning' && workingDayFrom(on) !== on) problems.push(`${name}: claimed on ${on}`);
    if (state.emails > (plan?.kind === 'survey' ? 3 : 1)) problems.push(`${name}: too many`);
    if (after.lastSendId === undefined) problems.push(`${name}: claimed without a send id`);
    else claims.set(after.lastSendId, { episode: after, touchpoint, number: state.emails, at });
  };

  const look = (write: CareWrite, record: PatientRecord): void => {
    if (write.kind === 'profile' || write.kind === 'episode' || write.kind === 'response') {
      stream.push(write.item.patientId);
    }
    if (write.kind === 'profile' && write.item.stop !== undefined) disturbed.add(write.item.patientId);
    if (write.kind !== 'episode') return;
    if (write.item.status === 'cancelled') disturbed.add(write.item.patientId);
    const before = record.episodes.find(
      ({ family, serviceDate }) => family === write.item.family && serviceDate === write.item.serviceDate,
    );
    checkClaim(record, before, write.item);
    const isPending = write.item.nextDueAt !== undefined;
    if (isPending !== (write.item.status === 'active')) {
      problems.push(`${write.item.patientId}: ${write.item.status} and pending: ${isPending}`);
    }
  };

  return {
    claims,
    gone,
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
            if (record !== undefined) look(write, record);
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
    emailGone: (sendId) => {
      const claim = claims.get(sendId);
      if (claim === undefined) {
        problems.push('An email went that nobody claimed.');
        return;
      }
      const isSame = (other: Claim): boolean =>
        other.episode.patientId === claim.episode.patientId &&
        other.episode.family === claim.episode.family &&
        other.episode.serviceDate === claim.episode.serviceDate &&
        other.touchpoint === claim.touchpoint &&
        other.number === claim.number;
      if (gone.some(isSame)) {
        problems.push(`${claim.episode.patientId} ${claim.touchpoint} ${claim.number}: sent twice`);
      }
      gone.push({ ...claim, sendId });
    },
  };
};
