import * as z from 'zod';
import type { UtcInstant } from '../../../platform/time.ts';
import type { ContactReport } from '../../patient/profiles.ts';
import type { ProcedureReport } from '../procedure-report.ts';
import { momentText, sourceTimeIn } from './fields.ts';
import { noted, type Parsed, rejected, rejectedBy } from './problems.ts';
import { readContactDetail, readProcedureDetail } from './procedure-event.ts';

/** The detail types that are understood. */
export const detailTypes = ['Procedure Completed', 'Procedure Corrected', 'Contact Changed'] as const;

/** The part of EventBridge's envelope that is used; the rule already filters by source. */
export const busEnvelope = z.looseObject({
  source: z.string().min(1).max(256),
  'detail-type': z.enum(detailTypes),
  time: momentText,
  detail: z.unknown(),
});

/** What an event on the bus reports. */
export type BusReport =
  | { readonly kind: 'procedure'; readonly report: ProcedureReport }
  | { readonly kind: 'contact'; readonly report: ContactReport };

const correction = z.object({ procedure: z.object({ status: z.string() }) });

/**
 * Reads an event as EventBridge delivers it. It was reported at the envelope's time unless the detail has its own. A
 * correction must state what is true now: its status.
 */
export const readBusEvent = (event: unknown, now: UtcInstant): Parsed<BusReport> => {
  const envelope = busEnvelope.safeParse(event);
  if (!envelope.success) return rejectedBy(envelope.error);
  const { detail, time, 'detail-type': detailType } = envelope.data;
  const context = { now, reportedAt: sourceTimeIn(time), root: 'detail' };
  if (detailType === 'Contact Changed') {
    const contact = readContactDetail(detail, context);
    return contact.outcome === 'rejected'
      ? contact
      : {
          outcome: 'accepted',
          report: { kind: 'contact', report: contact.report },
          ...noted(contact.notes ?? []),
        };
  }
  if (detailType === 'Procedure Corrected' && !correction.safeParse(detail).success) {
    return rejected({ path: 'detail.procedure.status', message: 'must be there in a correction' });
  }
  const procedure = readProcedureDetail(detail, context);
  return procedure.outcome === 'rejected'
    ? procedure
    : {
        outcome: 'accepted',
        report: { kind: 'procedure', report: procedure.report },
        ...noted(procedure.notes ?? []),
      };
};
