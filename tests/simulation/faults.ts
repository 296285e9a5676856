import type { Mailer, OutgoingEmail } from '../../shared/care/emailing/ports.ts';
import type { CareStore } from '../../shared/care/patient/ports.ts';
import type { CountingStore } from '../../shared/counting/ports.ts';
import type { Random } from './random.ts';

/** `rate` is the probability of a fault, 0-1; `broken` counts the crashes so far. */
export type FaultPlan = { rate: number; readonly random: Random; broken: number };

/** The process stops or the network breaks: the caller never gets a result. */
export class Crash extends Error {}

const crash = (plan: FaultPlan): never => {
  plan.broken += 1;
  throw new Crash('The machine stopped.');
};

/** Yields a random number of turns, so concurrent operations interleave in every way. */
const pause = async (random: Random): Promise<void> => {
  for (let turns = random.between(0, 3); turns > 0; turns -= 1) await Promise.resolve();
};

/** Runs an operation that may crash before or after it took effect. */
const perhaps = async <T>(plan: FaultPlan, operation: () => Promise<T>): Promise<T> => {
  await pause(plan.random);
  if (plan.random.chance(plan.rate / 2)) crash(plan);
  const result = await operation();
  await pause(plan.random);
  if (plan.random.chance(plan.rate / 2)) crash(plan);
  return result;
};

/** A store whose every operation may crash, and whose client sometimes repeats a write because a response was lost. */
export const faultyCare = (store: CareStore, plan: FaultPlan): CareStore => ({
  load: (patientId) => perhaps(plan, () => store.load(patientId)),
  findLink: (hash) => perhaps(plan, () => store.findLink(hash)),
  findOwner: (sourceId) => perhaps(plan, () => store.findOwner(sourceId)),
  noteDelivery: (key, touchpoint) => perhaps(plan, () => store.noteDelivery(key, touchpoint)),
  due: (shard, until, limit) => perhaps(plan, () => store.due(shard, until, limit)),
  commit: (writes) =>
    perhaps(plan, async () => {
      const outcome = await store.commit(writes);
      // Only single writes are repeated: a transaction carries a token that makes its retry idempotent.
      return writes.length === 1 && plan.random.chance(plan.rate / 4) ? store.commit(writes) : outcome;
    }),
});

export const faultyCounting = (store: CountingStore, plan: FaultPlan): CountingStore => ({
  load: (patientId) => perhaps(plan, () => store.load(patientId)),
  apply: (markers, changes) => perhaps(plan, () => store.apply(markers, changes)),
});

/** An email provider that throttles, refuses, and fails before or after accepting an email. */
export const faultyMailer = (
  deliver: (email: OutgoingEmail) => void,
  plan: FaultPlan,
): { readonly mailer: Mailer; readonly kinds: Map<string, number> } => {
  const kinds = new Map<string, number>();
  const note = (kind: string): void => {
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  };
  const send: Mailer['send'] = async (email) => {
    await pause(plan.random);
    if (!plan.random.chance(plan.rate)) {
      deliver(email);
      note('accepted');
      return { outcome: 'accepted', messageId: 'm' };
    }
    const kind = plan.random.pick(
      'throttle',
      'quota',
      'paused',
      'rejected',
      'lost-before',
      'lost-after',
      'crash-before',
      'crash-after',
    );
    note(kind);
    if (kind === 'lost-after' || kind === 'crash-after') deliver(email);
    if (kind === 'crash-before' || kind === 'crash-after') return crash(plan);
    if (kind === 'lost-before' || kind === 'lost-after') return { outcome: 'ambiguous', reason: kind };
    const scopes = {
      throttle: 'all-for-now',
      quota: 'all-today',
      paused: 'all-until-fixed',
      rejected: 'this-email',
    } as const;
    return { outcome: 'refused', scope: scopes[kind], reason: kind };
  };
  const allowance: Mailer['allowance'] = () =>
    perhaps(plan, async () => ({
      perSecond: 1e9,
      leftToday: plan.random.chance(plan.rate / 2) ? 1 : 10_000,
    }));
  return { mailer: { send, allowance }, kinds };
};
