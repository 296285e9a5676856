import { beforeEach, describe, expect, it } from 'vitest';
import { localTables } from '../../../infra/laptop/emulation/functions/laptop-functions.ts';
import { release } from '../../../infra/ops/commands/figures/release.ts';
import { openSystem, stageSystem } from '../../../infra/ops/system.ts';
import { loadStages } from '../../../infra/settings/load-settings.ts';
import { candidateStoreOn, releaseStoreOn } from '../../../shared/outcomes/release/aws/release-store.ts';
import { startOpsLab } from '../../support/labs/ops-lab.ts';
import { sharedLab } from '../../support/labs/shared-lab.ts';
import { storeCells } from '../../support/samples/stored-cells.ts';
import { cellsOf, facetMonths } from '../../unit/outcomes/clinic.ts';

const settings = ['automatic', 'on-approval'] as const;

const lab = sharedLab(startOpsLab);
beforeEach(async () => {
  await lab().empty();
  await lab().at('2025-08-01T12:00:00Z');
  await storeCells(lab().document, localTables.outcomes, cellsOf('facet-joint-injection', facetMonths(1, 3)));
});

/** Runs `ops release` on a system with this setting, and says what is published and what waits. */
const released = async (publish: (typeof settings)[number], propose = false) => {
  const system = { ...(await openSystem({ folder: lab().folder }, {})), publish };
  const said: string[] = [];
  const io = {
    say: (line: string) => void said.push(line),
    complain: (line: string) => void said.push(line),
    ask: async () => undefined,
    environment: {},
  };
  const isGood = await release({ system, io, args: [], options: { json: false, propose } });
  await system.close();
  return {
    isGood,
    published: (await releaseStoreOn(lab().document, localTables.outcomes).all()).length,
    waits: (await candidateStoreOn(lab().document, localTables.outcomes).get()) !== undefined,
  };
};

describe('ops release', () => {
  it('publishes at once where the stage does', async () => {
    expect(await released('automatic')).toEqual({ isGood: true, published: 1, waits: false });
  });

  it('publishes nothing where releases wait for approval', async () => {
    expect(await released('on-approval')).toEqual({ isGood: true, published: 0, waits: true });
  });

  it('publishes nothing when it is asked for a proposal', async () => {
    expect(await released('automatic', true)).toEqual({ isGood: true, published: 0, waits: true });
  });
});

describe('a deployed stage, as its commands see it', () => {
  const loaded = loadStages('infra/settings/stages.json', 'production');
  const [production] = loaded.outcome === 'loaded' ? loaded.stages : [];

  it.each(settings)('publishes as its settings say: %s', async (publish) => {
    if (production === undefined) throw new Error('There is no production.');
    const system = stageSystem({ ...production, settings: { ...production.settings, publish } }, {});
    expect(system).toMatchObject({
      publish,
      synthetic: false,
      place: { kind: 'stage', stage: 'production' },
      tables: { care: 'aftercare-production-care', outcomes: 'aftercare-production-outcomes' },
    });
    await system.close();
  });
});
