import { type PatientId, patientId } from '../../../shared/care/patient/ids.ts';
import { addDays, zoneId } from '../../../shared/platform/calendar.ts';
import type { Locale } from '../../../shared/platform/locale.ts';
import type { LocalDate, Timepoint, ZoneId } from '../../../shared/platform/time.ts';
import { type FamilyId, familyIds } from '../../../shared/protocol/families.ts';
import type { Baseline } from '../../../shared/protocol/measures.ts';
import { type Chance, chanceOf } from './chance.ts';
import type { SampleTargets } from './targets.ts';

/** How a sample patient reacts to the emails of one survey. */
export type Habit =
  | { readonly kind: 'ignores' }
  | {
      readonly kind: 'answers';
      /** Answers after this email: 1 is the invitation, 2 and 3 are reminders. */
      readonly afterEmail: number;
      /** Days from that email to the answer. */
      readonly days: number;
      /** Submits the form twice, as on a double tap. */
      readonly twice: boolean;
      /** Changes the answers a day later. */
      readonly changes: boolean;
    };

export type SampleProcedure = {
  readonly sourceId: string;
  readonly family: FamilyId;
  readonly serviceDate: LocalDate;
  /** How the clinic's system reports it. */
  readonly channel: 'bus' | 'fhir';
  /** Reported again a day later. */
  readonly repeated: boolean;
  readonly baseline: Baseline;
  readonly habits: Readonly<Record<Timepoint, Habit>>;
};

export type Reachability = 'reachable' | 'no-address' | 'bounces' | 'complains';

export type SamplePatient = {
  readonly patientId: PatientId;
  readonly reachability: Reachability;
  readonly email?: string;
  readonly locale: Locale;
  readonly zone: ZoneId;
  /** The patient opts out after this many emails of any kind; absent for most. */
  readonly optsOutAfterEmail?: number;
  readonly procedures: readonly SampleProcedure[];
};

const newYork = zoneId('America/New_York');

const chicago = zoneId('America/Chicago');

/** First day of the sample year. Fixed, because a seed must always give the same year. */
export const sampleStart: LocalDate = '2025-01-01';

/** The sample clinic treats on Tuesdays and Thursdays, from the year's first Tuesday on. */
const clinicDays: readonly LocalDate[] = Array.from({ length: 51 }, (_, week) =>
  [0, 2].map((day) => addDays('2025-01-07', 7 * week + day)),
).flat();

/** Share of surveys answered at each timepoint by the patients they reach. */
const answerRates: Readonly<Record<Timepoint, number>> = {
  '2w': 0.82,
  '1m': 0.8,
  '3m': 0.8,
  '6m': 0.7,
  '12m': 0.66,
};

const habitAt = (chance: Chance, timepoint: Timepoint): Habit => {
  if (!chance.happens(answerRates[timepoint])) {
    return timepoint === '2w' && chance.happens(0.05)
      ? { kind: 'answers', afterEmail: 1, days: 20, twice: false, changes: false }
      : { kind: 'ignores' };
  }
  return {
    kind: 'answers',
    afterEmail: chance.pick([
      [1, 80],
      [2, 14],
      [3, 6],
    ]),
    days: chance.pick([
      [0, 70],
      [1, 20],
      [2, 10],
    ]),
    twice: chance.happens(0.04),
    changes: chance.happens(0.03),
  };
};

const habits = (chance: Chance): SampleProcedure['habits'] => ({
  '2w': habitAt(chance, '2w'),
  '1m': habitAt(chance, '1m'),
  '3m': habitAt(chance, '3m'),
  '6m': habitAt(chance, '6m'),
  '12m': habitAt(chance, '12m'),
});

/**
 * Patients who opt out ignore the three-month survey: whether they would still get it depends on which email they
 * opt out after, and the targets need to know who is counted.
 */
const withoutThreeMonths = (treated: SampleProcedure): SampleProcedure => ({
  ...treated,
  habits: { ...treated.habits, '3m': { kind: 'ignores' } },
});

const procedure = (
  chance: Chance,
  sourceId: string,
  family: FamilyId,
  serviceDate: LocalDate,
): SampleProcedure => ({
  sourceId,
  family,
  serviceDate,
  channel: chance.pick<SampleProcedure['channel']>([
    ['bus', 3],
    ['fhir', 1],
  ]),
  repeated: chance.happens(0.08),
  baseline: { nrsPain: chance.whole(4, 9), peg: chance.whole(12, 27) / 3 },
  habits: habits(chance),
});

const addressOf = (reachability: Reachability, id: string): { readonly email?: string } => {
  const mailbox = { reachable: 'success', bounces: 'bounce', complains: 'complaint' } as const;
  return reachability === 'no-address'
    ? {}
    : { email: `${mailbox[reachability]}+${id}@simulator.amazonses.com` };
};

const patient = (chance: Chance, index: number, family: FamilyId): SamplePatient => {
  const id = patientId(`sample-${String(index + 1).padStart(5, '0')}`);
  const firstDay = chance.whole(0, clinicDays.length - 1);
  const reachability = chance.pick<Reachability>([
    ['reachable', 965],
    ['no-address', 12],
    ['bounces', 18],
    ['complains', 5],
  ]);
  const first = clinicDays[firstDay] ?? sampleStart;
  const again = clinicDays[firstDay + chance.whole(8, 42)];
  const second = chance.happens(0.14);
  const optsOut = chance.happens(0.03);
  const procedures = [
    procedure(chance, `${id}-a`, family, first),
    ...(second && again !== undefined ? [procedure(chance, `${id}-b`, family, again)] : []),
  ];
  return {
    patientId: id,
    reachability,
    ...addressOf(reachability, `p${index + 1}`),
    locale: chance.happens(0.14) ? 'es' : 'en',
    zone: chance.happens(0.97) ? newYork : chicago,
    ...(optsOut ? { optsOutAfterEmail: chance.whole(1, 5) } : {}),
    procedures: optsOut ? procedures.map(withoutThreeMonths) : procedures,
  };
};

const familyQuota = (targets: SampleTargets, patients: number): readonly FamilyId[] =>
  familyIds.flatMap((family) =>
    Array.from({ length: Math.round((targets.families[family]?.share ?? 0) * patients) }, () => family),
  );

/** Draws the year's patients with their procedures and habits. The same seed gives the same patients. */
export const samplePatients = (
  patients: number,
  targets: SampleTargets,
  seed: number,
): readonly SamplePatient[] => {
  const chance = chanceOf(seed);
  const families = familyQuota(targets, patients);
  return Array.from({ length: patients }, (_, index) =>
    patient(chance, index, families[index % Math.max(families.length, 1)] ?? 'facet-joint-injection'),
  );
};
