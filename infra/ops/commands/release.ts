import { Command } from 'commander';
import { publishRelease } from '../../../shared/application/publish-release.ts';
import { claimDefinitions } from '../../../shared/domain/claim-definitions.ts';
import { jsonOption, onSystem, type Run, withJson } from '../command.ts';
import { asJson, countOf } from '../io.ts';
import { partsOf } from '../parts.ts';

/** Makes the command that publishes now, if the counts allow it. */
export const releaseCommand = (run: Run): Command =>
  onSystem(
    new Command('release')
      .description('Publish now what the counts allow to be said, as the daily run would.')
      .option(...jsonOption),
    run,
    withJson,
    async ({ system, io, options }) => {
      const published = await publishRelease(partsOf(system), {
        definitions: claimDefinitions,
        synthetic: system.synthetic,
      });
      if (options.json) {
        io.say(
          asJson(
            published.outcome === 'published'
              ? {
                  outcome: published.outcome,
                  number: published.release.public.number,
                  digest: published.release.digest,
                  news: published.news,
                }
              : { outcome: published.outcome },
          ),
        );
        return published.outcome !== 'lost-race';
      }
      if (published.outcome === 'lost-race') {
        io.complain('Another run was publishing at the same time. Try again.');
        return false;
      }
      if (published.outcome === 'nothing-new') {
        const { latest } = published;
        io.say(
          `Nothing new may be said. ${latest === undefined ? 'There is no release yet.' : `Release ${latest} stands.`}`,
        );
        return true;
      }
      const { number, claims } = published.release.public;
      io.say(
        `Release ${number}, ${countOf(published.news.length, 'claim')} new, digest ${published.release.digest}.`,
      );
      for (const claim of claims) {
        if (claim.status === 'published') io.say(`  ${claim.sentence.en}`);
      }
      return true;
    },
  );
