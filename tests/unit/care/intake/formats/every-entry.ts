import { stringify } from 'csv-stringify/sync';
import { parseEvent } from '../../../../../functions/enroll-episode/parse-event.ts';
import { readFhirBundle } from '../../../../../shared/care/intake/formats/fhir-bundle.ts';
import { readFhirProcedure } from '../../../../../shared/care/intake/formats/fhir-procedure.ts';
import { readProcedureCsv } from '../../../../../shared/care/intake/formats/procedure-csv.ts';
import { readProcedureDetail } from '../../../../../shared/care/intake/formats/procedure-event.ts';
import type { ProcedureReport } from '../../../../../shared/care/intake/procedure-report.ts';
import { now } from './samples.ts';

/** What a source knows about one procedure, before it is written in any format. */
export type Facts = {
  readonly patientId: string;
  readonly procedureId: string;
  readonly email: string;
  readonly givenName: string;
  readonly language: string;
  readonly zone: string;
  readonly performed: string;
  readonly code: string;
};

export const plainFacts: Facts = {
  patientId: 'pat-1',
  procedureId: 'proc-1',
  email: 'ana@example.org',
  givenName: 'Ana',
  language: 'es-MX',
  zone: 'America/Denver',
  performed: '2026-03-08',
  code: '62323',
};

/** What an entry makes of the facts, in words that all entries share. */
export type Read =
  | { readonly taken: Partial<Record<keyof Facts, string>>; readonly notes: readonly string[] }
  | { readonly refused: true };

const takenFrom = (report: ProcedureReport, notes: readonly string[] = []): Read => {
  if (report.status !== 'completed') throw new Error('The facts are those of a completed procedure.');
  const { patientId, ...patient } = report.patient;
  return {
    taken: {
      patientId,
      procedureId: report.sourceId,
      ...patient,
      performed: report.performed.kind === 'date' ? report.performed.on : report.performed.at,
      code: report.codes.map((code) => [code.system, code.code, ...code.modifiers].join(' ')).join(', '),
    },
    notes,
  };
};

const detailOf = (facts: Facts) => ({
  version: 1,
  eventId: 'evt-1',
  patient: {
    id: facts.patientId,
    email: facts.email,
    givenName: facts.givenName,
    locale: facts.language,
    timeZone: facts.zone,
  },
  procedure: {
    id: facts.procedureId,
    codes: [{ system: 'CPT', code: facts.code }],
    performedAt: facts.performed,
  },
});

const fhirPatientOf = (facts: Facts) => ({
  resourceType: 'Patient',
  identifier: [{ value: facts.patientId }],
  name: [{ given: [facts.givenName] }],
  telecom: [{ system: 'email', value: facts.email }],
  communication: [{ language: { coding: [{ code: facts.language }] } }],
  extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/timezone', valueCode: facts.zone }],
});

const fhirProcedureOf = (facts: Facts) => ({
  resourceType: 'Procedure',
  identifier: [{ value: facts.procedureId }],
  status: 'completed',
  code: { coding: [{ system: 'http://www.ama-assn.org/go/cpt', code: facts.code }] },
  performedDateTime: facts.performed,
});

const columnsOf = (facts: Facts) => ({
  patient_id: facts.patientId,
  procedure_id: facts.procedureId,
  email: facts.email,
  given_name: facts.givenName,
  language: facts.language,
  time_zone: facts.zone,
  performed: facts.performed,
  codes: facts.code,
});

/** Every way in, by its name. */
export const everyEntry: Readonly<Record<string, (facts: Facts) => Read>> = {
  'JSON over HTTP': (facts) => {
    const read = readProcedureDetail(detailOf(facts), { now });
    return read.outcome === 'accepted' ? takenFrom(read.report, read.notes) : { refused: true };
  },
  'an event on the bus': (facts) => {
    const event = {
      source: 'clinic.ehr',
      'detail-type': 'Procedure Completed',
      time: now,
      detail: detailOf(facts),
    };
    try {
      const { kind, report, notes } = parseEvent(event, now);
      if (kind !== 'procedure') throw new TypeError('The event is about a procedure.');
      return takenFrom(report, notes);
    } catch (error) {
      if (error instanceof TypeError) throw error;
      return { refused: true };
    }
  },
  'a FHIR Procedure': (facts) => {
    const read = readFhirProcedure(
      {
        ...fhirProcedureOf(facts),
        subject: { reference: '#p' },
        contained: [{ ...fhirPatientOf(facts), id: 'p' }],
      },
      { now },
    );
    return read.outcome === 'accepted' ? takenFrom(read.report, read.notes) : { refused: true };
  },
  'a FHIR Bundle': (facts) => {
    const read = readFhirBundle(
      {
        resourceType: 'Bundle',
        type: 'transaction',
        entry: [
          { fullUrl: 'urn:uuid:1', resource: fhirPatientOf(facts), request: { method: 'POST' } },
          {
            resource: { ...fhirProcedureOf(facts), subject: { reference: 'urn:uuid:1' } },
            request: { method: 'POST' },
          },
        ],
      },
      { now, own: [] },
    );
    const entry = read.outcome === 'accepted' ? read.report.entries[1] : undefined;
    return entry?.outcome === 'accepted' ? takenFrom(entry.report, entry.notes) : { refused: true };
  },
  'a row of a CSV file': (facts) => {
    const text = stringify([columnsOf(facts)], { header: true, quoted: true });
    const [row] = readProcedureCsv(text, now);
    return row?.result.outcome === 'accepted'
      ? takenFrom(row.result.report, row.result.notes)
      : { refused: true };
  },
};
