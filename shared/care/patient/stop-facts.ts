import type { UtcInstant } from '../../platform/time.ts';

/**
 * The reasons not to email a patient, the gravest last. `about`: a fact about the address leaves a person who can
 * still be called; one about the person does not.
 */
export const stopKinds = {
  'no-address': { about: 'address' },
  'hard-bounce': { about: 'address' },
  /** The mailbox is closed to us because of an email to another patient who shares it. */
  'closed-mailbox': { about: 'address' },
  'wrong-person': { about: 'address' },
  'opted-out': { about: 'person' },
  complained: { about: 'person' },
  died: { about: 'person' },
} as const satisfies Readonly<Record<string, { readonly about: 'address' | 'person' }>>;

export type StopKind = keyof typeof stopKinds;

/** Who said that there is a reason. `reader`: whoever pressed the button behind a link. */
export type StopTeller = 'reader' | 'source' | 'email-provider';

/**
 * News that can lift a stop. `new-address`: another address than before was reported. `resumed-by-reader`: the
 * button that undoes a stop. `consented-again`: the patient asked the clinic, and a named person noted it.
 * `opted-in-by-source`: a source says that email is wanted. `alive`: a source says that the patient lives.
 */
export type StopNews =
  | 'new-address'
  | 'resumed-by-reader'
  | 'consented-again'
  | 'opted-in-by-source'
  | 'alive';

/** One reason not to email a patient. Facts are independent: none hides, replaces or ends another. */
export type StopFact = {
  readonly kind: StopKind;
  readonly since: UtcInstant;
  readonly from: StopTeller;
  /** Absent while it holds. */
  readonly ended?: { readonly at: UtcInstant; readonly by: StopNews };
};

const anyone: readonly StopTeller[] = ['reader', 'source', 'email-provider'];

/**
 * The news that lifts each stop, and whose words it lifts. What is not here lifts nothing: a standing value in a
 * routine message is not an act of the patient, and a button behind a link does not make an address right.
 */
export const liftedBy: Readonly<
  Record<StopKind, Readonly<Partial<Record<StopNews, readonly StopTeller[]>>>>
> = {
  'no-address': { 'new-address': anyone },
  'hard-bounce': { 'new-address': anyone },
  'closed-mailbox': { 'new-address': anyone, 'resumed-by-reader': anyone },
  'wrong-person': { 'new-address': anyone },
  'opted-out': {
    'resumed-by-reader': anyone,
    'consented-again': anyone,
    'opted-in-by-source': ['source'],
  },
  complained: { 'resumed-by-reader': anyone, 'consented-again': anyone },
  died: { alive: ['source'] },
};

/** What holds the facts; a profile does. */
type Stoppable = { readonly stops?: readonly StopFact[] };

const holds = ({ ended }: StopFact): boolean => ended === undefined;

const kindsInOrder = Object.keys(stopKinds);

const byGravity = (a: StopFact, b: StopFact): number =>
  kindsInOrder.indexOf(b.kind) - kindsInOrder.indexOf(a.kind);

/** Returns the facts that hold, the gravest first. */
export const activeStops = ({ stops = [] }: Stoppable): readonly StopFact[] =>
  stops.filter(holds).toSorted(byGravity);

/** Returns the gravest reason not to email, or undefined when email is allowed. */
export const stopOf = (profile: Stoppable): StopFact | undefined => activeStops(profile)[0];

/** True when the person could be reached some other way: no fact about the person holds. */
export const isPersonReachable = (profile: Stoppable): boolean =>
  activeStops(profile).every(({ kind }) => stopKinds[kind].about === 'address');

/** True unless a fact about the address holds. */
export const isAddressUsable = (profile: Stoppable): boolean =>
  activeStops(profile).every(({ kind }) => stopKinds[kind].about === 'person');

/** Returns the stoppable with one fact more, or the very same when that teller's word holds already. */
export const withStop = <T extends Stoppable>(profile: T, fact: StopFact): T => {
  const { stops = [] } = profile;
  const isKnown = stops.some((other) => holds(other) && other.kind === fact.kind && other.from === fact.from);
  return isKnown ? profile : { ...profile, stops: [...stops, fact] };
};

const isLifted = (fact: StopFact, news: StopNews): boolean =>
  holds(fact) && liftedBy[fact.kind][news]?.includes(fact.from) === true;

/** Returns the stoppable after news: what it lifts has ended. The very same when it lifts nothing. */
export const withNews = <T extends Stoppable>(profile: T, news: StopNews, at: UtcInstant): T => {
  const { stops = [] } = profile;
  if (!stops.some((fact) => isLifted(fact, news))) return profile;
  const ended = { at, by: news };
  return { ...profile, stops: stops.map((fact) => (isLifted(fact, news) ? { ...fact, ended } : fact)) };
};

/** True when the button behind a link ends every reason there is. */
export const isUndoable = (profile: Stoppable): boolean => {
  const active = activeStops(profile);
  return active.length > 0 && active.every((fact) => isLifted(fact, 'resumed-by-reader'));
};
