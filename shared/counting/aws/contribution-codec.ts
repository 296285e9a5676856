import * as z from 'zod/mini';
import { cellIdOf, cellKeyFrom } from '../../outcomes/cells/cells.ts';
import { type CellId, type Contribution, type Counter, counters } from '../../outcomes/cells/contribution.ts';

/**
 * A contribution as it is stored: for each cell one number, whose bits are the counters in the order of
 * `counters`. Names in full would make the marker three times as large, and each write three units dearer.
 */
const masks = z.record(z.string(), z.int().check(z.nonnegative()));

const maskOf = (counted: ReadonlySet<Counter>): number =>
  counters.reduce((mask, counter, bit) => (counted.has(counter) ? mask + 2 ** bit : mask), 0);

const countersOf = (mask: number): ReadonlySet<Counter> =>
  new Set(counters.filter((_, bit) => Math.floor(mask / 2 ** bit) % 2 === 1));

/** Takes a contribution, gives it as it is stored. */
export const encodeContribution = (contribution: Contribution): z.infer<typeof masks> =>
  Object.fromEntries([...contribution].map(([id, counted]) => [id, maskOf(counted)]));

/** Reads a stored contribution; a key that names no cell is an error. */
export const codecOfContribution = z.pipe(
  masks,
  z.transform((stored: z.infer<typeof masks>, { issues }): Contribution => {
    const cells = new Map<CellId, ReadonlySet<Counter>>();
    for (const [id, mask] of Object.entries(stored)) {
      const key = cellKeyFrom(id);
      if (key === undefined) issues.push({ code: 'custom', message: 'not a cell', input: stored });
      else cells.set(cellIdOf(key), countersOf(mask));
    }
    return cells;
  }),
);
