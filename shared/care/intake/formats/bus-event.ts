import * as z from 'zod';
import type { UtcInstant } from '../../../platform/time.ts';
import type { ContactReport } from '../../patient/profiles.ts';
import type { ProcedureReport } from '../procedure-report.ts';
import { momentText, sourceTimeIn } from './fields.ts';
import { type Parsed, rejected, rejectedBy } from './problems.ts';
import { readContactDetail, readProcedureDetail } from './procedure-event.ts';

/** The detail types that are read. */
export const detailTypes = ['Procedure Completed', 'Procedure Corrected', 'Contact Changed'] as const;

/** The fields of EventBridge's envelope that are used; the rule has selected the source already. */
export const busEnvelope = z.looseObject({
  source: z.string().min(1).max(256),
  'detail-type': z.enum(detailTypes),
  time: momentText,
  detail: z.unknown(),
});

/** The report in an event on the bus. */
export type BusReport =
  | { readonly kind: 'procedure'; readonly report: ProcedureReport }
  | { readonly kind: 'contact'; readonly report: ContactReport };

const correction = z.object({ procedure: z.object({ status: z.string() }) });

/**
 * Reads the report in an EventBridge event. The envelope's time is the time of the report unless the detail has its
 * own. A correction must state the procedure's current status.
 */
export const readBusEvent = (event: unknown, now: UtcInstant): Parsed<BusReport> => {
  const envelope = busEnvelope.safeParse(event);
  if (!envelope.success) return rejectedBy(envelope.error);
  const { detail, time, 'detail-type': detailType } = envelope.data;
  const context = { now, reportedAt: sourceTimeIn(time), root: 'detail' };
  if (detailType === 'Contact Changed') {
    const contact = readContactDetail(detail, context);
    return contact.status === 'rejected'
      ? contact
      : { status: 'accepted', report: { kind: 'contact', report: contact.report } };
  }
  if (detailType === 'Procedure Corrected' && !correction.safeParse(detail).success) {
    return rejected({ path: 'detail.procedure.status', message: 'must be there in a correction' });
  }
  const procedure = readProcedureDetail(detail, context);
  return procedure.status === 'rejected'
    ? procedure
    : { status: 'accepted', report: { kind: 'procedure', report: procedure.report } };
};
