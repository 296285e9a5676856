import * as z from 'zod';
import { busEnvelope } from '../../shared/care/intake/formats/bus-event.ts';
import {
  completedDetail,
  contactDetail,
  retractedDetail,
} from '../../shared/care/intake/formats/procedure-event.ts';

const procedureEvent = busEnvelope.extend({
  'detail-type': z.enum(['Procedure Completed', 'Procedure Corrected']),
  detail: z.union([completedDetail, retractedDetail]),
});

const contactEvent = busEnvelope.extend({
  'detail-type': z.literal('Contact Changed'),
  detail: contactDetail,
});

/** Returns the JSON Schema (2020-12) of version 1 of the events read from the bus. */
export const eventSchema = () => ({
  ...z.toJSONSchema(z.union([procedureEvent, contactEvent]), { io: 'input' }),
  $id: 'https://aftercare.example/schemas/procedure-event.v1.json',
  title: 'Procedure and contact events, version 1',
  description:
    'The events that a clinic puts on the bus. Also required, beyond this schema: no time is more than a day ' +
    'ahead, and a Procedure Corrected has procedure.status.',
});
