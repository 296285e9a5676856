import middy from '@middy/core';
import { cellStoreOn } from '../../shared/adapters/dynamodb/cell-store.ts';
import { documentClient } from '../../shared/adapters/dynamodb/client.ts';
import { proposalStoreOn, releaseStoreOn } from '../../shared/adapters/dynamodb/release-store.ts';
import { type Environment, readEnvironment } from '../../shared/adapters/system/environment.ts';
import type { Runtime } from '../../shared/adapters/system/runtime.ts';
import { proposeRelease } from '../../shared/application/propose-release.ts';
import { publishRelease } from '../../shared/application/publish-release.ts';
import { claimDefinitions } from '../../shared/domain/claim-definitions.ts';
import { environmentSchema } from './environment.ts';

/**
 * Makes the handler: the counts become the next release, if the rules allow anything new to be said. Where releases
 * wait for approval, it becomes a proposal instead.
 */
export const compose = (environment: Environment, { clock, log, metrics }: Runtime) => {
  const settings = readEnvironment(environmentSchema, environment);
  const client = documentClient();
  const ports = {
    releases: releaseStoreOn(client, settings.OUTCOMES_TABLE),
    cells: cellStoreOn(client, settings.OUTCOMES_TABLE),
    proposals: proposalStoreOn(client, settings.OUTCOMES_TABLE),
    clock,
  };
  const options = { definitions: claimDefinitions, synthetic: settings.SYNTHETIC === 'true' };
  const run = settings.PUBLISH === 'automatic' ? publishRelease : proposeRelease;
  return middy(async () => {
    const published = await run(ports, options);
    if (published.outcome === 'proposed' || published.outcome === 'waits') {
      const { digest } = published.release;
      const { number } = published.release.public;
      log.info(`release.${published.outcome}`, { number, digest });
      metrics.add('ReleaseWaiting', 1);
      return { outcome: published.outcome, number, digest };
    }
    if (published.outcome === 'published') {
      const { number } = published.release.public;
      log.info('release.published', { number });
      metrics.add('ReleasePublished', 1);
      return { outcome: published.outcome, number };
    }
    log.info('release.none', { outcome: published.outcome });
    return { outcome: published.outcome };
  });
};
