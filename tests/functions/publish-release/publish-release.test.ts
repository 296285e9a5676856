import { beforeEach, describe, expect, it } from 'vitest';
import { createHandler } from '../../../functions/publish-release/create-handler.ts';
import { candidateStoreOn, releaseStoreOn } from '../../../shared/outcomes/release/aws/release-store.ts';
import { context, startFunctionLab, type World } from '../../support/labs/function-lab.ts';
import { sharedLab } from '../../support/labs/shared-lab.ts';
import { storeCells } from '../../support/samples/stored-cells.ts';
import { cellsOf, facetMonths } from '../../unit/outcomes/clinic.ts';

const lab = sharedLab(startFunctionLab);
let world: World;
beforeEach(async () => {
  world = await lab().fresh('2025-08-01T12:00:00Z');
  const cells = cellsOf('facet-joint-injection', facetMonths(1, 3));
  await storeCells(world.document, world.tables.outcomes, cells);
});

const run = (variables: Readonly<Record<string, string>> = {}) =>
  createHandler({ ...world.environment, ...variables }, world.runtime)({}, context);
const releases = () => releaseStoreOn(world.document, world.tables.outcomes).all();
const proposal = () => candidateStoreOn(world.document, world.tables.outcomes).get();

describe('publish-release', () => {
  it('publishes by itself where nothing else is set, once', async () => {
    expect(await run()).toEqual({ outcome: 'published', number: 1 });
    expect(await run()).toEqual({ outcome: 'nothing-new' });
    expect((await releases()).map(({ basis }) => basis.codeVersion)).toEqual(['1.2.3+0123456789ab']);
    expect(await proposal()).toBeUndefined();
    expect(world.measured.get('ReleasePublished')).toBe(1);
  });

  it('proposes where releases wait for approval, and publishes nothing', async () => {
    const variables = { PUBLISH: 'on-approval' };
    const proposed = await run(variables);
    const waiting = await proposal();
    expect(proposed).toEqual({ outcome: 'proposed', number: 1, digest: waiting?.digest });
    world.at('2025-08-02T12:00:00Z');
    expect(await run(variables)).toEqual({ outcome: 'waits', number: 1, digest: waiting?.digest });
    expect(await releases()).toEqual([]);
    expect(world.measured.get('ReleasePublished')).toBeUndefined();
    expect(world.measured.get('ReleaseWaiting')).toBe(2);
    expect(world.said.map(({ code }) => code)).toEqual(['release.proposed', 'release.waits']);
  });

  it('does not start with a setting that it does not know', () => {
    expect(() => createHandler({ ...world.environment, PUBLISH: 'sometimes' }, world.runtime)).toThrow(
      /Environment: PUBLISH/,
    );
  });
});
