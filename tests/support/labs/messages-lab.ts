import { readBusEvent } from '../../../shared/care/intake/formats/bus-event.ts';
import { contactReportOf } from '../../../shared/care/intake/formats/fhir-patient.ts';
import { readFhirProcedure } from '../../../shared/care/intake/formats/fhir-procedure.ts';
import { patientResource } from '../../../shared/care/intake/formats/fhir-resources.ts';
import { readProcedureCsv } from '../../../shared/care/intake/formats/procedure-csv.ts';
import {
  readContactDetail,
  readProcedureDetail,
} from '../../../shared/care/intake/formats/procedure-event.ts';
import { patientId } from '../../../shared/care/patient/ids.ts';
import type { UtcInstant } from '../../../shared/platform/time.ts';
import { type MemoryClinic, memoryClinic } from './memory-clinic.ts';

type Json = Readonly<Record<string, unknown>>;

const epidural = [{ system: 'CPT', code: '62323' }];

const accepted = <T>(
  read: { readonly outcome: 'accepted'; readonly report: T } | { readonly outcome: string },
): T => {
  if (read.outcome === 'accepted' && 'report' in read) return read.report;
  throw new Error(`A message of a test was not understood: ${JSON.stringify(read)}`);
};

/** A small clinic that is told things through every way in. Times are those of 2026 in UTC. */
export const messagesLab = (start: UtcInstant = '2026-05-20T15:00:00Z') => {
  const clinic: MemoryClinic = memoryClinic(start);
  const now = clinic.now;

  const detail = (id: string, said: Json, fields: Json = {}): Json => ({
    version: 1,
    eventId: 'e-1',
    patient: { id: 'ana', email: 'ana@example.org' },
    procedure: { id, codes: epidural, performedAt: '2026-05-18', ...said },
    ...fields,
  });

  return {
    clinic,
    record: (id = 'ana') => clinic.store.load(patientId(id)),
    /** `POST /procedures`. */
    post: (id: string, said: Json = {}, fields: Json = {}) =>
      clinic.acceptProcedure(accepted(readProcedureDetail(detail(id, said, fields), { now: now() }))),
    /** `POST /contacts`. */
    contact: (fields: Json) =>
      clinic.acceptContact(
        accepted(
          readContactDetail(
            { version: 1, eventId: 'c-1', patient: { id: 'ana' }, ...fields },
            { now: now() },
          ),
        ),
      ),
    /** An event on the bus, put there at `time`. */
    bus: async (time: string, id: string, said: Json = {}, fields: Json = {}) => {
      const event = {
        source: 'clinic',
        'detail-type': 'Procedure Completed',
        time,
        detail: detail(id, said, fields),
      };
      const report = accepted(readBusEvent(event, now()));
      return report.kind === 'procedure'
        ? clinic.acceptProcedure(report.report)
        : clinic.acceptContact(report.report);
    },
    /** One row of a CSV file. */
    csv: async (row: Readonly<Record<string, string>>) => {
      const all = {
        patient_id: 'ana',
        email: 'ana@example.org',
        procedure_id: 'x',
        performed: '2026-05-18',
        codes: '62323',
        ...row,
      };
      const text = `${Object.keys(all).join(',')}\n${Object.values(all).join(',')}`;
      const [first] = readProcedureCsv(text, now());
      if (first === undefined) throw new Error('There is no row.');
      return clinic.acceptProcedure(accepted(first.result));
    },
    /** `POST /fhir/Procedure`. */
    fhir: (fields: Json = {}) =>
      clinic.acceptProcedure(
        accepted(
          readFhirProcedure(
            {
              resourceType: 'Procedure',
              id: 'x',
              status: 'completed',
              code: { coding: [{ system: 'http://www.ama-assn.org/go/cpt', code: '62323' }] },
              subject: { reference: 'Patient/ana' },
              performedDateTime: '2026-05-18',
              ...fields,
            },
            { now: now() },
          ),
        ),
      ),
    /** A FHIR Patient. */
    fhirPatient: (fields: Json = {}) =>
      clinic.acceptContact(
        accepted(
          contactReportOf(
            patientResource.parse({ resourceType: 'Patient', id: 'ana', ...fields }),
            patientId('ana'),
            now(),
          ),
        ),
      ),
    /** Sweeps, and returns the token of the newest email. */
    sweep: async (): Promise<string> => {
      await clinic.sweep();
      return clinic.emails.at(-1)?.token ?? '';
    },
  };
};

export type MessagesLab = ReturnType<typeof messagesLab>;
