import { addOffset } from './calendar.ts';
import type { ShownClaim } from './release-schema.ts';
import type { LocalDate } from './time.ts';

/**
 * Takes a claim and a date, says whether the claim is too old to be used: its figures were made a year ago or
 * more, so a new release would share no month of treatment with it.
 */
export const isStale = ({ asOf }: Pick<ShownClaim, 'asOf'>, today: LocalDate): boolean =>
  addOffset(asOf, { months: 12 }) <= today;
