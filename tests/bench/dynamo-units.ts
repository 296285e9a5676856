import { type Figure, type Measure, rounded } from './figure.ts';
import { listPriceCost, type MeasuredYear } from './list-price.ts';
import { type PatientWay, type Step, walkPatientWay } from './patient-way.ts';

const bars = { write: 80, read: 30 };
const clinicDay = 20;

/** The sender queries for due emails every five minutes whether or not there are any: no patient causes it. */
const isOverhead = (step: Step): boolean => step === 'due query';

type PerPatient = { readonly read: number; readonly write: number; readonly steps: readonly string[] };

const perPatient = ({ units, patients }: PatientWay): PerPatient => {
  const own = [...units].filter(([step]) => !isOverhead(step));
  const sum = (kind: 'read' | 'write'): number =>
    own.reduce((total, [, meter]) => total + meter[kind], 0) / patients;
  return {
    read: sum('read'),
    write: sum('write'),
    steps: own.map(
      ([step, { times, read, write }]) =>
        `${step}: ${rounded(times / patients)} times, ${rounded(write / patients)} write, ${rounded(read / patients)} read`,
    ),
  };
};

const yearOf = (way: PatientWay): MeasuredYear => {
  const { read, write } = perPatient(way);
  const perOne = (number: number): number => number / way.patients;
  return {
    emails: perOne(way.emails),
    answers: perOne(way.answers),
    drafts: perOne(way.drafts),
    writeUnits: write,
    readUnits: read,
    storedByteYears: perOne(way.storedByteYears),
    countingBatches: perOne(way.units.get('count')?.times ?? 0),
  };
};

/** Measures a patient's yearly DynamoDB units and, from them, the list price of a completed survey. */
export const measureDynamoUnits: Measure = async () => {
  const alone = await walkPatientWay(1);
  const together = await walkPatientWay(clinicDay);
  const one = perPatient(alone);
  const many = perPatient(together);
  const units: Figure = {
    measured: `${rounded(one.write, 1)} write and ${rounded(one.read, 1)} read units`,
    bar: `at most ${bars.write} write and ${bars.read} read units`,
    met: one.write <= bars.write && one.read <= bars.read,
    values: {
      write: one.write,
      read: one.read,
      writeOfMany: rounded(many.write),
      readOfMany: rounded(many.read),
      emails: alone.emails,
      answers: alone.answers,
      drafts: alone.drafts,
      storedByteYears: rounded(alone.storedByteYears, 0),
      refused: alone.refused + together.refused,
    },
    notes: [
      `A patient alone: ${alone.emails} emails, ${alone.answers} answers, ${alone.drafts} drafts. Of ${clinicDay} patients treated on one day each takes ${rounded(many.write, 1)} write and ${rounded(many.read, 1)} read units, because a wave of emails is counted in one batch.`,
      ...one.steps,
      'Units as the embedded DynamoDB reports them with every response, indexes included, without the due queries.',
    ],
  };
  return {
    'dynamodb-units': units,
    'list-price': listPriceCost(yearOf(alone), yearOf(together)),
  };
};
