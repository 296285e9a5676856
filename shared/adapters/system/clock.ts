import type { Clock } from '../../application/ports.ts';
import { utcInstant } from '../../domain/calendar.ts';

/** The machine's own time. */
export const systemClock: Clock = { now: () => utcInstant(new Date().toISOString()) };
