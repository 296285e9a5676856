import { Command } from 'commander';
import { z } from 'zod';
import { claimDefinitions } from '../../../../shared/outcomes/claims/claim-definitions.ts';
import { candidateStoreOn } from '../../../../shared/outcomes/release/aws/release-store.ts';
import {
  type ApproveOutcome,
  approveRelease,
  type ProposeOutcome,
  proposeRelease,
} from '../../../../shared/outcomes/release/propose-release.ts';
import { type PublishOutcome, publishRelease } from '../../../../shared/outcomes/release/publish-release.ts';
import type { Release } from '../../../../shared/outcomes/release/release-schema.ts';
import { codeVersion } from '../../../settings/code-version.ts';
import { jsonOption, onSystem, type Run, withJson } from '../../command.ts';
import { asJson, countOf, type Io } from '../../io.ts';
import { partsOf } from '../../parts.ts';

const options = withJson.extend({
  approve: z
    .string()
    .regex(/^[0-9a-f]{64}$/, '--approve takes the digest of the candidate, 64 hexadecimal digits')
    .optional(),
  propose: z.boolean().default(false),
});

const say = (io: Io, { public: { number, claims }, digest }: Release): void => {
  const fresh = claims.flatMap((claim) => (claim.status === 'published' ? [claim.sentence.en] : []));
  io.say(`Release ${number}, ${countOf(fresh.length, 'claim')} new, digest ${digest}.`);
  for (const sentence of fresh) io.say(`  ${sentence}`);
};

type Outcome = Exclude<PublishOutcome | ApproveOutcome | ProposeOutcome, { readonly release: Release }>;

const latestOf = (latest: number | undefined): string =>
  latest === undefined ? 'There is no release yet.' : `Release ${latest} stands.`;

/** What is said when no release came of it. */
const wordsFor = (ended: Outcome): string => {
  switch (ended.outcome) {
    case 'nothing-new':
      return `Nothing new may be said. ${latestOf(ended.latest)}`;
    case 'lost-race':
      return 'Another run was publishing at the same time. Try again.';
    case 'not-proposed':
      return ended.waiting === undefined
        ? 'No release waits for approval.'
        : `Another release waits for approval, with the digest ${ended.waiting}.`;
    case 'altered':
      return 'The candidate is not what was proposed: its digest does not fit. Find out who changed it.';
    case 'overtaken':
      return 'A newer release was published since. Propose again.';
    case 'moved-on':
      return 'The counts no longer give this release. Propose again, and look at the new one.';
  }
};

const summaryOf = (ended: PublishOutcome | ApproveOutcome | ProposeOutcome) =>
  'release' in ended
    ? {
        outcome: ended.outcome,
        number: ended.release.public.number,
        digest: ended.release.digest,
        codeVersion: ended.release.basis.codeVersion,
        ...('news' in ended ? { news: ended.news } : {}),
      }
    : { outcome: ended.outcome };

/** Makes the command that publishes now, if the counts allow it, proposes, or approves what was proposed. */
export const releaseCommand = (run: Run): Command =>
  onSystem(
    new Command('release')
      .description(
        'Publish now what the counts allow to be said, as the daily run would. Where releases wait for approval, propose it.',
      )
      .option('--propose', 'only propose it, and print the digest to approve')
      .option('--approve <digest>', 'publish the candidate of this digest, if the counts still give it')
      .option(...jsonOption),
    run,
    options,
    async ({ system, io, options: { json, approve, propose } }) => {
      const parts = partsOf(system);
      const ports = { ...parts, candidates: candidateStoreOn(system.documents, system.tables.outcomes) };
      const given = {
        definitions: claimDefinitions,
        synthetic: system.synthetic,
        codeVersion: codeVersion(),
      };
      const waits = propose || system.publish === 'on-approval';
      const ended =
        approve === undefined
          ? await (waits ? proposeRelease : publishRelease)(ports, given)
          : await approveRelease(ports, given, approve);
      const isGood = 'release' in ended || ended.outcome === 'nothing-new';
      if (json) {
        io.say(asJson(summaryOf(ended)));
        return isGood;
      }
      if (!('release' in ended)) {
        (isGood ? io.say : io.complain)(wordsFor(ended));
        return isGood;
      }
      say(io, ended.release);
      if (ended.outcome !== 'published') {
        io.say(`It waits. Publish it with: npm run ops -- release --approve ${ended.release.digest}`);
      }
      return true;
    },
  );
