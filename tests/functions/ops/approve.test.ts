import { beforeEach, describe, expect, it } from 'vitest';
import { localTables } from '../../../infra/laptop/emulation/functions/laptop-functions.ts';
import { releaseStoreOn } from '../../../shared/outcomes/release/aws/release-store.ts';
import { startOpsLab } from '../../support/labs/ops-lab.ts';
import { sharedLab } from '../../support/labs/shared-lab.ts';
import { storeCells } from '../../support/samples/stored-cells.ts';
import { cellsOf, facetMonths } from '../../unit/outcomes/clinic.ts';

const lab = sharedLab(startOpsLab);
beforeEach(async () => {
  await lab().empty();
  await lab().at('2025-08-01T12:00:00Z');
  await storeCells(lab().document, localTables.outcomes, cellsOf('facet-joint-injection', facetMonths(1, 3)));
});

const published = () => releaseStoreOn(lab().document, localTables.outcomes).all();

const propose = async (): Promise<string> => {
  const { code, out } = await lab().ops(['release', '--propose']);
  expect(code).toBe(0);
  const [, digest = ''] = /--approve ([0-9a-f]{64})/.exec(out) ?? [];
  return digest;
};

describe('ops release', () => {
  it('proposes a release, shows its sentences and publishes it once approved', async () => {
    const digest = await propose();
    expect(await published()).toEqual([]);
    const { code, out } = await lab().ops(['release', '--approve', digest]);
    expect(code).toBe(0);
    expect(out).toContain(`Release 1: 2 new claims, digest ${digest}.`);
    expect(out).toContain('Over 74% of our facet joint injection patients');
    expect((await published()).map((release) => release.digest)).toEqual([digest]);
  });

  it('prints one line on why it does not publish', async () => {
    const refused = async (digest: string) => {
      const { code, out, err } = await lab().ops(['release', '--approve', digest]);
      expect(code).toBe(1);
      expect(out).toBe('');
      return err;
    };
    const other = '0'.repeat(64);
    expect(await refused(other)).toBe('No release is awaiting approval.');
    expect(await refused('abc')).toContain('64 hexadecimal digits');
    const digest = await propose();
    expect(await refused(other)).toContain(
      `Another release is awaiting approval, with the digest ${digest}.`,
    );
    const less = facetMonths(1, 3, { improved: 25 });
    await storeCells(lab().document, localTables.outcomes, cellsOf('facet-joint-injection', less));
    expect(await refused(digest)).toContain('The counts no longer produce this release.');
    const { code, out } = await lab().ops(['release', '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ outcome: 'published', number: 1 });
    expect(await refused(digest)).toContain('A newer release has been published since.');
  });
});
