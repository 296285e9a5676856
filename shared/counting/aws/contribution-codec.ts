import * as z from 'zod/mini';
import { cellIdOf, cellKeyFrom } from '../../outcomes/cells/cells.ts';
import { type CellId, type Contribution, type Counter, counters } from '../../outcomes/cells/contribution.ts';

/**
 * A contribution as stored: one number per cell, whose bits are the counters in the order of `counters`. Full names
 * would make the marker three times as large and each write three units more expensive.
 */
const masks = z.record(z.string(), z.int().check(z.nonnegative()));

const maskOf = (counted: ReadonlySet<Counter>): number =>
  counters.reduce((mask, counter, bit) => (counted.has(counter) ? mask + 2 ** bit : mask), 0);

const countersOf = (mask: number): ReadonlySet<Counter> =>
  new Set(counters.filter((_, bit) => Math.floor(mask / 2 ** bit) % 2 === 1));

/** Encodes a contribution for storage. */
export const encodeContribution = (contribution: Contribution): z.infer<typeof masks> =>
  Object.fromEntries([...contribution].map(([id, counted]) => [id, maskOf(counted)]));

/** Decodes a stored contribution; a key that names no cell is an error. */
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
