import type { ProcedureReport } from '../../../shared/care/intake/procedure-report.ts';
import { patientId, sourceId, sourceTimeOf } from '../../../shared/care/patient/ids.ts';
import type { PatientRecord, Performed } from '../../../shared/care/patient/patient.ts';
import type { ContactReport } from '../../../shared/care/patient/profiles.ts';
import { utcInstant, zoneId } from '../../../shared/platform/calendar.ts';
import { localDate } from '../../../shared/platform/time.ts';
import { familyIds } from '../../../shared/protocol/families.ts';
import type { Known, Told } from '../oracles/told-clinic.ts';
import { codeFor } from './builders.ts';

/** A message in the form that the use cases take it. */
export type Message =
  | { readonly kind: 'procedure'; readonly report: ProcedureReport }
  | { readonly kind: 'contact'; readonly report: ContactReport };

type Done = NonNullable<NonNullable<Told['record']>['done']>;

const performedOf = (done: Done): Performed =>
  'on' in done ? { kind: 'date', on: localDate(done.on) } : { kind: 'instant', at: utcInstant(done.moment) };

/** Returns the message as it is sent; `undated` ones carry neither their time nor their name. */
export const messageOf = (told: Told, how: 'dated' | 'undated' = 'dated'): Message => {
  const identity =
    how === 'undated' ? {} : { eventId: `e-${told.at}`, reportedAt: sourceTimeOf(utcInstant(told.at)) };
  const patient = {
    patientId: patientId(told.patient),
    ...(told.email === undefined ? {} : { email: told.email }),
    ...(told.zone === undefined ? {} : { zone: zoneId(told.zone) }),
  };
  if (told.record === undefined) return { kind: 'contact', report: { ...identity, ...patient } };
  const { id, done } = told.record;
  const family = familyIds.find((known) => known === done?.family);
  return {
    kind: 'procedure',
    report:
      done === undefined || family === undefined
        ? {
            status: 'retracted',
            ...identity,
            sourceId: sourceId(id),
            patient: { patientId: patient.patientId },
          }
        : {
            status: 'completed',
            ...identity,
            sourceId: sourceId(id),
            patient,
            performed: performedOf(done),
            codes: [codeFor(family)],
          },
  };
};

/** What a stored record says, in the words of the oracle. */
export const knownIn = ({ profile, episodes }: PatientRecord): Known => ({
  email: profile?.email,
  zone: profile?.asOf.zone === undefined ? undefined : profile.zone,
  treatments: episodes
    .filter(({ status }) => status !== 'cancelled')
    .map(({ serviceDate, family, sources }) => `${serviceDate} ${family} ${[...sources].sort().join('+')}`)
    .sort(),
});
