import { cellStoreOn } from '../../shared/outcomes/cells/aws/cell-store.ts';
import { claimDefinitions } from '../../shared/outcomes/claims/claim-definitions.ts';
import { candidateStoreOn, releaseStoreOn } from '../../shared/outcomes/release/aws/release-store.ts';
import { proposeRelease } from '../../shared/outcomes/release/propose-release.ts';
import { publishRelease } from '../../shared/outcomes/release/publish-release.ts';
import { documentClient } from '../../shared/platform/aws/dynamodb.ts';
import { type Environment, readEnvironment } from '../../shared/platform/environment.ts';
import { loggedInvocations } from '../../shared/platform/logging/invocation.ts';
import type { Runtime } from '../../shared/platform/logging/runtime.ts';
import { environmentSchema } from './environment.ts';

/**
 * Creates the handler that turns the counts into the next release, where the rules allow a new one. Where releases need
 * approval, it stores a candidate instead.
 */
export const createHandler = (environment: Environment, { clock, log, metrics }: Runtime) => {
  const settings = readEnvironment(environmentSchema, environment);
  const client = documentClient();
  const ports = {
    releases: releaseStoreOn(client, settings.OUTCOMES_TABLE),
    cells: cellStoreOn(client, settings.OUTCOMES_TABLE),
    candidates: candidateStoreOn(client, settings.OUTCOMES_TABLE),
    clock,
  };
  const options = {
    definitions: claimDefinitions,
    synthetic: settings.SYNTHETIC === 'true',
    codeVersion: settings.CODE_VERSION,
  };
  const run = settings.PUBLISH === 'automatic' ? publishRelease : proposeRelease;
  return loggedInvocations(log, async () => {
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
