import type { Mailer, OutgoingEmail } from '../../shared/care/emailing/ports.ts';
import type { CareStore } from '../../shared/care/patient/ports.ts';
import type { CountingStore } from '../../shared/counting/ports.ts';
import type { Random } from './random.ts';

/** How often something goes wrong, 0-1; and whether it does at all any more. */
export type FaultPlan = { rate: number; readonly random: Random; broken: number };

/** The machine stops, the network breaks: whoever was waiting hears nothing more. */
export class Crash extends Error {}

const crash = (plan: FaultPlan): never => {
  plan.broken += 1;
  throw new Crash('The machine stopped.');
};

/** Lets others go first, so that what runs at once interleaves in every way. */
const pause = async (random: Random): Promise<void> => {
  for (let turns = random.between(0, 3); turns > 0; turns -= 1) await Promise.resolve();
};

/** Runs an operation that may fail before it has happened, or after it has. */
const perhaps = async <T>(plan: FaultPlan, operation: () => Promise<T>): Promise<T> => {
  await pause(plan.random);
  if (plan.random.chance(plan.rate / 2)) crash(plan);
  const result = await operation();
  await pause(plan.random);
  if (plan.random.chance(plan.rate / 2)) crash(plan);
  return result;
};

/** A store on which everything may fail, and whose client sometimes writes twice because an answer was lost. */
export const faultyCare = (store: CareStore, plan: FaultPlan): CareStore => ({
  load: (patientId) => perhaps(plan, () => store.load(patientId)),
  findLink: (hash) => perhaps(plan, () => store.findLink(hash)),
  noteDelivery: (key, touchpoint) => perhaps(plan, () => store.noteDelivery(key, touchpoint)),
  due: (shard, until, limit) => perhaps(plan, () => store.due(shard, until, limit)),
  commit: (writes) =>
    perhaps(plan, async () => {
      const outcome = await store.commit(writes);
      // Only a single write is tried again so; a transaction carries a token that makes the second try harmless.
      return writes.length === 1 && plan.random.chance(plan.rate / 4) ? store.commit(writes) : outcome;
    }),
});

export const faultyCounting = (store: CountingStore, plan: FaultPlan): CountingStore => ({
  load: (patientId) => perhaps(plan, () => store.load(patientId)),
  apply: (markers, changes) => perhaps(plan, () => store.apply(markers, changes)),
});

/** An email provider that refuses, breaks before and after it has taken an email, and throttles. */
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
