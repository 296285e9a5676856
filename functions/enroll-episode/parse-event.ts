import { type BusReport, readBusEvent } from '../../shared/care/intake/formats/bus-event.ts';
import type { Note } from '../../shared/care/intake/formats/rules/contact.ts';
import { failure } from '../../shared/platform/logging/errors.ts';
import type { UtcInstant } from '../../shared/platform/time.ts';

/**
 * Returns what an event from the bus reports, and what in it is not used. Throws when the event does not follow its schema: a retry does not help,
 * so it ends in the dead-letter queue for operations. The error names the paths and holds nothing of the event.
 */
export const parseEvent = (
  event: unknown,
  now: UtcInstant,
): BusReport & { readonly notes: readonly Note[] } => {
  const parsed = readBusEvent(event, now);
  if (parsed.outcome === 'accepted') return { ...parsed.report, notes: parsed.notes ?? [] };
  const paths = [...new Set(parsed.problems.map(({ path }) => path || 'event'))];
  throw failure(`event rejected: ${paths.join(', ')}`);
};
