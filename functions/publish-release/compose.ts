import middy from '@middy/core';
import { cellStoreOn } from '../../shared/adapters/dynamodb/cell-store.ts';
import { documentClient } from '../../shared/adapters/dynamodb/client.ts';
import { releaseStoreOn } from '../../shared/adapters/dynamodb/release-store.ts';
import { type Environment, readEnvironment } from '../../shared/adapters/system/environment.ts';
import type { Runtime } from '../../shared/adapters/system/runtime.ts';
import { publishRelease } from '../../shared/application/publish-release.ts';
import { claimDefinitions } from '../../shared/domain/claim-definitions.ts';
import { environmentSchema } from './environment.ts';

/** Makes the handler: the counts become the next release, if the rules allow anything new to be said. */
export const compose = (environment: Environment, { clock, log, metrics }: Runtime) => {
  const settings = readEnvironment(environmentSchema, environment);
  const client = documentClient();
  const ports = {
    releases: releaseStoreOn(client, settings.OUTCOMES_TABLE),
    cells: cellStoreOn(client, settings.OUTCOMES_TABLE),
    clock,
  };
  return middy(async () => {
    const published = await publishRelease(ports, {
      definitions: claimDefinitions,
      synthetic: settings.SYNTHETIC === 'true',
    });
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
