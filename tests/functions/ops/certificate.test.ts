import { beforeEach, describe, expect, it } from 'vitest';
import { localTables } from '../../../infra/laptop/emulation/functions/laptop-functions.ts';
import { claimDefinitions } from '../../../shared/outcomes/claims/claim-definitions.ts';
import { releaseStoreOn } from '../../../shared/outcomes/release/aws/release-store.ts';
import { assembleRelease } from '../../../shared/outcomes/release/release.ts';
import { startOpsLab } from '../../support/labs/ops-lab.ts';
import { sharedLab } from '../../support/labs/shared-lab.ts';
import { cellsOf, facetMonths } from '../../unit/outcomes/clinic.ts';

const lab = sharedLab(startOpsLab);
beforeEach(() => lab().empty());
const facet = 'facet-joint-injection';

const publish = () => {
  const { release } = assembleRelease({
    definitions: claimDefinitions,
    cells: new Map([[facet, cellsOf(facet, facetMonths(1, 3))]]),
    history: [],
    today: '2025-08-01',
    synthetic: true,
    codeVersion: '1.2.3+0123456789ab',
  });
  return releaseStoreOn(lab().document, localTables.outcomes).put(release);
};

describe('ops certificate', () => {
  it('prints the evidence for a claim with exact counts', async () => {
    await publish();
    const { code, out } = await lab().ops(['certificate', 'facet-improved']);
    expect(code).toBe(0);
    expect(out).toContain('treated                                  180 of 180 (100%)');
    expect(out).toContain('with the outcome                         90 of 120 (75%)');
    const { out: data } = await lab().ops(['certificate', 'facet-improved', '--release', '1', '--json']);
    expect(JSON.parse(data)).toMatchObject({ kind: 'internal', counts: { x: 90, n: 120, eligible: 180 } });
  });

  it('prints no exact count with --public', async () => {
    await publish();
    const { code, out } = await lab().ops(['certificate', 'facet-improved', '--public']);
    expect(code).toBe(0);
    expect(out).toContain('100-199');
    expect(out).not.toMatch(/\b(90|120|180) of\b/);
  });

  it('prints one line on why there is no certificate', async () => {
    const refused = async (...args: readonly string[]) => {
      const { code, err } = await lab().ops(['certificate', ...args]);
      expect(code).toBe(1);
      return err;
    };
    expect(await refused('facet-improved')).toContain('There is no release yet.');
    const [changed, ...others] = claimDefinitions;
    await publish();
    expect(await refused('facet-improved', '--release', '2')).toContain('There is no release 2.');
    expect(await refused('facet-improved', '--release', 'x')).toContain('--release must be a number');
    expect(await refused('knee')).toContain('Release 1 has no claim "knee". Known claims: facet-improved,');
    await lab().empty();
    const reworded = [{ ...changed, minimums: { answered: 31, smallCell: 11 } }, ...others];
    const { release } = assembleRelease({
      definitions: reworded,
      cells: new Map(),
      history: [],
      today: '2025-08-01',
      synthetic: true,
      codeVersion: '1.2.3+0123456789ab',
    });
    await releaseStoreOn(lab().document, localTables.outcomes).put(release);
    expect(await refused('facet-improved')).toContain(
      'No definition in this version of the code has the hash',
    );
  });
});
