import { type PatientId, patientId } from '../../../shared/care/patient/ids.ts';
import { addDays, zoneId } from '../../../shared/platform/calendar.ts';
import type { Locale } from '../../../shared/platform/locale.ts';
import type { LocalDate, Timepoint, ZoneId } from '../../../shared/platform/time.ts';
import { type FamilyId, familyIds } from '../../../shared/protocol/families.ts';
import type { Baseline } from '../../../shared/protocol/measures.ts';
import { type Chance, chanceOf } from './chance.ts';
import type { SampleTargets } from './targets.ts';

/** How a made-up patient deals with one survey: after which of its emails, how many hours later, and how. */
export type Habit =
  | { readonly kind: 'ignores' }
  | {
      readonly kind: 'answers';
      /** 1 after the invitation, 2 and 3 after a reminder. */
      readonly afterEmail: number;
      readonly days: number;
      /** Sends the form twice, as an impatient thumb does. */
      readonly twice: boolean;
      /** Thinks again a day later and changes the answers. */
      readonly changes: boolean;
    };

export type SampleProcedure = {
  readonly sourceId: string;
  readonly family: FamilyId;
  readonly serviceDate: LocalDate;
  readonly channel: 'bus' | 'fhir';
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
  /** After which email, counted over everything, the patient asks for no more; absent for most. */
  readonly optsOutAfterEmail?: number;
  readonly procedures: readonly SampleProcedure[];
};

const newYork = zoneId('America/New_York');

const chicago = zoneId('America/Chicago');

/** The first day of the sample year. Fixed, so that a seed always gives the same year. */
export const sampleStart: LocalDate = '2025-01-01';

/** The clinic does its procedures on Tuesdays and Thursdays; the year's first Tuesday is the 7th of January. */
const clinicDays: readonly LocalDate[] = Array.from({ length: 51 }, (_, week) =>
  [0, 2].map((day) => addDays('2025-01-07', 7 * week + day)),
).flat();

/** How often a survey is answered at each timepoint by those it reaches. */
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

/** Who will ask for no more email answers nothing that the three-month figures count: which email it is, decides. */
const withoutThreeMonths = (one: SampleProcedure): SampleProcedure => ({
  ...one,
  habits: { ...one.habits, '3m': { kind: 'ignores' } },
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

/** Takes how many patients, the targets and a seed, gives the patients of the year, each with habits of its own. */
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
