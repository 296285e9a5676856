import { type BusReport, readBusEvent } from '../../shared/care/intake/formats/bus-event.ts';
import type { UtcInstant } from '../../shared/platform/time.ts';

/**
 * Takes an event from the bus and the time now, gives what it reports. Throws when the event cannot be
 * understood: trying again does not help, so it ends in the dead-letter queue, where someone looks at it. The
 * error names the places that are wrong and holds nothing of the event.
 */
export const parseEvent = (event: unknown, now: UtcInstant): BusReport => {
  const parsed = readBusEvent(event, now);
  if (parsed.status === 'accepted') return parsed.report;
  const paths = [...new Set(parsed.problems.map(({ path }) => path || 'event'))];
  throw new Error(`event rejected: ${paths.join(', ')}`);
};
