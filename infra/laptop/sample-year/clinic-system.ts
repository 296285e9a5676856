import { localIntentSystem } from '../../../shared/care/intake/formats/fhir-codes.ts';
import type { FamilyId } from '../../../shared/protocol/families.ts';
import type { Bus } from '../emulation/events/bus.ts';
import type { SamplePatient, SampleProcedure } from './patients.ts';

/** The CPT code under which the sample clinic books each family. */
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

/** The procedure as a FHIR R4 resource, which has no field for baseline scores. */
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
 * Reports a completed procedure through the channel of the sample clinic's system: an event on the bus, or FHIR
 * over HTTP. Throws when the FHIR route refuses it.
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
  const response = await fetch(`${origin}/fhir/Procedure`, {
    method: 'POST',
    headers: { 'content-type': 'application/fhir+json' },
    body: JSON.stringify(fhirOf(patient, procedure)),
  });
  if (!response.ok) throw new Error(`The FHIR route refused a sample procedure: HTTP ${response.status}.`);
  await response.arrayBuffer();
};
