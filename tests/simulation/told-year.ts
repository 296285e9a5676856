import { addDays, instantAt, zoneId } from '../../shared/platform/calendar.ts';
import type { UtcInstant } from '../../shared/platform/time.ts';
import { familyIds } from '../../shared/protocol/families.ts';
import type { Told } from '../support/oracles/told-clinic.ts';
import { later } from './agenda.ts';
import type { Random } from './random.ts';

/** A message, and how many hours after it was told it arrives. */
export type Sent = { readonly told: Told; readonly hours: number };

export type ToldYear = {
  readonly patients: readonly string[];
  readonly messages: readonly Sent[];
  /** Patients about whom nothing was ever corrected, with one procedure. */
  readonly quiet: ReadonlySet<string>;
};

type Record = NonNullable<Told['record']>;

/** The messages of a clinic's system in a year: procedures, and everything that can turn out wrong about them. */
export const tellYear = (random: Random, zones: readonly string[], count: number): ToldYear => {
  const patients = Array.from({ length: count }, (_, number) => `p-${number}`);
  const single = new Set<string>();
  const corrected = new Set<string>();
  const messages: Sent[] = [];
  let told = 0;
  /** No two messages are of the same second. */
  const moment = (at: UtcInstant, hours: number): UtcInstant => {
    told += 1;
    return later(at, hours * 3600 + told);
  };
  const anyZone = (): string => zones[random.between(0, zones.length - 1)] ?? 'America/New_York';

  for (const [number, patient] of patients.entries()) {
    const zone = anyZone();
    const procedures = random.pick(1, 1, 2, 3);
    if (procedures === 1) single.add(patient);
    const first = addDays('2026-01-05', random.between(0, 60));
    for (let procedure = 0; procedure < procedures; procedure += 1) {
      const on = random.chance(0.3) ? first : addDays('2026-01-05', random.between(0, 60));
      const done = instantAt(on, '14:00', zoneId(zone));
      const id = `s-${number}-${procedure}`;
      const family = random.pick(...familyIds);
      const report = (hours: number, record: Partial<Record> = {}, changes: Partial<Told> = {}): Told => ({
        at: moment(done, hours),
        patient,
        email: `${patient}@example.com`,
        zone,
        record: { id, done: { family, on }, ...record },
        ...changes,
      });
      const send = (message: Told, hours: number): void => {
        messages.push({ told: message, hours });
      };
      const correct = (chance: number, change: () => void): void => {
        if (!random.chance(chance)) return;
        corrected.add(patient);
        change();
      };
      send(report(0), random.pick(0.5, 1, 2, 30));
      const late = (): number => random.pick(0, 1, random.between(0, 60), random.between(0, 4000));
      correct(0.15, () => {
        const day = addDays(on, random.pick(-1, 1, 3, -30, 40));
        send(report(5, { done: { family, on: day } }), late());
      });
      correct(0.08, () =>
        send(report(random.pick(6, 900), { done: { family: random.pick(...familyIds), on } }), late()),
      );
      correct(0.08, () => {
        const at = instantAt(on, random.pick('02:00', '14:00', '23:00'), zoneId(zone));
        send(report(7, { done: { family, moment: at } }, { zone: anyZone() }), late());
      });
      correct(0.08, () => send({ at: moment(done, random.pick(8, 1200)), patient, record: { id } }, late()));
      correct(0.05, () => send(report(random.pick(9, 1300)), late()));
      const other = patients[random.between(0, count - 1)] ?? patient;
      correct(0.08, () => {
        corrected.add(other);
        send(
          report(
            random.pick(10, 1400),
            {},
            { patient: other, email: `${other}@example.com`, zone: anyZone() },
          ),
          late(),
        );
        if (random.chance(0.4)) send(report(1500), late());
      });
    }
    const start: UtcInstant = '2026-01-05T12:00:00Z';
    const contact = (changes: Partial<Told>): void => {
      const at = moment(start, random.between(0, 400 * 24));
      messages.push({
        told: { at, patient, ...changes },
        hours: random.pick(0, 24, random.between(0, 2000)),
      });
    };
    if (random.chance(0.2)) contact({ zone: anyZone() });
    if (random.chance(0.15)) contact({ email: `${patient}@new.example` });
    if (random.chance(0.05)) contact({ email: `${patient}@third.example` });
  }
  const quiet = new Set(patients.filter((patient) => single.has(patient) && !corrected.has(patient)));
  return { patients, messages, quiet };
};
