import { localIntentSystem } from '../../../shared/care/intake/formats/fhir-codes.ts';
import type { FamilyId } from '../../../shared/protocol/families.ts';
import type { Bus } from '../emulation/events/bus.ts';
import type { SamplePatient, SampleProcedure } from './patients.ts';

/** The code the made-up clinic books each family under. */
export const bookingCodes: Readonly<Record<FamilyId, string>> = {
  'facet-joint-injection': '64493',
  'epidural-steroid-injection': '62323',
  mild: '0275T',
  'facet-radiofrequency-ablation': '64635',
};

const detailOf = (patient: SamplePatient, { sourceId, family, serviceDate, baseline }: SampleProcedure) => ({
  version: 1,
  eventId: `event-${sourceId}`,
  reportedAt: `${serviceDate}T20:00:00Z`,
  patient: {
    id: patient.patientId,
    ...(patient.email === undefined ? {} : { email: patient.email }),
    locale: patient.locale,
    timeZone: patient.zone,
  },
  procedure: {
    id: sourceId,
    codes: [{ system: 'CPT', code: bookingCodes[family] }],
    performedAt: serviceDate,
    intent: 'therapeutic',
  },
  baseline: { nrsPain: baseline.nrsPain, peg: baseline.peg },
});

/** The procedure as a FHIR R4 resource; baseline scores have no place in it. */
const fhirOf = (patient: SamplePatient, { sourceId, family, serviceDate }: SampleProcedure) => ({
  resourceType: 'Procedure',
  id: sourceId,
  meta: { lastUpdated: `${serviceDate}T20:00:00Z` },
  status: 'completed',
  category: { coding: [{ system: localIntentSystem, code: 'therapeutic' }] },
  code: { coding: [{ system: 'http://www.ama-assn.org/go/cpt', code: bookingCodes[family] }] },
  subject: { reference: '#patient' },
  performedDateTime: serviceDate,
  contained: [
    {
      resourceType: 'Patient',
      id: 'patient',
      identifier: [{ system: 'urn:sample:patient', value: patient.patientId }],
      ...(patient.email === undefined ? {} : { telecom: [{ system: 'email', value: patient.email }] }),
      communication: [{ preferred: true, language: { coding: [{ code: patient.locale }] } }],
      extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/timezone', valueCode: patient.zone }],
    },
  ],
});

/**
 * Tells the product of a finished procedure the way the made-up clinic's systems do: over the bus, or as FHIR
 * over HTTP. Throws when it is not accepted.
 */
export const reportProcedure = async (
  bus: Bus,
  origin: string,
  patient: SamplePatient,
  procedure: SampleProcedure,
): Promise<void> => {
  if (procedure.channel === 'bus') {
    const detail = detailOf(patient, procedure);
    await bus.put({ source: 'clinic.sample', 'detail-type': 'Procedure Completed', detail });
    return;
  }
  const answer = await fetch(`${origin}/fhir/Procedure`, {
    method: 'POST',
    headers: { 'content-type': 'application/fhir+json' },
    body: JSON.stringify(fhirOf(patient, procedure)),
  });
  if (!answer.ok) throw new Error(`The sample procedure was answered with ${answer.status}.`);
  await answer.arrayBuffer();
};
