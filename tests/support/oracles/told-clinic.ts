/** A message as a clinic's system means it: about a procedure record, or about how to reach a patient. */
export type Told = {
  /** The moment at its source, as ISO text; messages are ordered by it and no two have the same. */
  readonly at: string;
  readonly patient: string;
  readonly email?: string;
  readonly zone?: string;
  readonly record?: {
    readonly id: string;
    /** Undefined: taken back. */
    readonly done?:
      | { readonly family: string; readonly on: string }
      | { readonly family: string; readonly moment: string };
  };
};

/** What is known of a patient in the end. */
export type Known = {
  readonly email: string | undefined;
  readonly zone: string | undefined;
  /** Each treatment as its date, family and records. */
  readonly treatments: readonly string[];
};

const dateIn = (moment: string, zone: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }).format(new Date(moment));

/**
 * What messages come to when each is told once, in the order of its own time. Written without the rules: the newest word
 * on a record says whose it is and what was done, and the newest word on a patient where to email and in which zone.
 */
export const knownOf = (told: readonly Told[], patient: string, clinicZone: string): Known => {
  const inOrder = [...told].sort((a, b) => (a.at < b.at ? -1 : 1));
  let email: string | undefined;
  let zone: string | undefined;
  const newest = new Map<string, Told>();
  for (const message of inOrder) {
    if (message.record !== undefined) newest.set(message.record.id, message);
    if (message.patient !== patient) continue;
    email = message.email ?? email;
    zone = message.zone ?? zone;
  }
  const places = new Map<string, string[]>();
  for (const { patient: owner, record } of newest.values()) {
    if (owner !== patient || record?.done === undefined) continue;
    const { done } = record;
    const on = 'on' in done ? done.on : dateIn(done.moment, zone ?? clinicZone);
    const place = `${on} ${done.family}`;
    places.set(place, [...(places.get(place) ?? []), record.id]);
  }
  const treatments = [...places].map(([place, records]) => `${place} ${records.sort().join('+')}`).sort();
  return { email, zone, treatments };
};
