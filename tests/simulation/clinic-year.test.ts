import { describe, expect, it } from 'vitest';
import { playYear, type YearReport } from './clinic-year.ts';

/** `SEEDS=10000` for the full run, `FIRST_SEED=…` to begin elsewhere, as when one failed. */
const seeds = Number(process.env['SEEDS'] ?? 150);
const firstSeed = Number(process.env['FIRST_SEED'] ?? 1);

describe('clinic years in which everything goes wrong', () => {
  it(`${seeds} of them: no answer is lost or counted twice, no email goes twice or after a stop`, async () => {
    const totals = { emails: 0, reservations: 0, answers: 0, stops: 0, crashes: 0, conflicts: 0 };
    const problems: string[] = [];
    for (let seed = firstSeed; seed < firstSeed + seeds; seed += 1) {
      const report: YearReport = await playYear(seed);
      problems.push(...report.problems.map((problem) => `seed ${seed}: ${problem}`));
      totals.emails += report.emails;
      totals.reservations += report.reservations;
      totals.answers += report.answers;
      totals.stops += report.stops;
      totals.crashes += report.crashes;
      totals.conflicts += report.conflicts;
    }
    if (seeds > 1000) process.stdout.write(`${JSON.stringify({ seeds, ...totals })}\n`);
    expect(problems).toEqual([]);
    // A year in which nothing happens, or nothing goes wrong, proves nothing.
    expect(totals.emails).toBeGreaterThan(seeds * 5);
    expect(totals.answers).toBeGreaterThan(seeds);
    expect(totals.crashes).toBeGreaterThan(seeds);
    expect(totals.conflicts).toBeGreaterThan(0);
    expect(totals.stops).toBeGreaterThan(0);
  }, 3_600_000);

  it('are the same for the same seed', async () => {
    expect(await playYear(7)).toEqual(await playYear(7));
  });
});
