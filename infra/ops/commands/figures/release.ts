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
import { type CommandAction, jsonOption, onSystem, type Run, withJson } from '../../command.ts';
import { asJson, countOf, type Io } from '../../io.ts';
import { partsOf } from '../../parts.ts';

const options = withJson.extend({
  approve: z
    .string()
    .regex(/^[0-9a-f]{64}$/, "--approve needs the candidate's digest, 64 hexadecimal digits")
    .optional(),
  propose: z.boolean().default(false),
});

const printRelease = (io: Io, { public: { number, claims }, digest }: Release): void => {
  const sentences = claims.flatMap((claim) => (claim.status === 'published' ? [claim.sentence.en] : []));
  io.say(`Release ${number}: ${countOf(sentences.length, 'new claim')}, digest ${digest}.`);
  for (const sentence of sentences) io.say(`  ${sentence}`);
};

type Result = PublishOutcome | ApproveOutcome | ProposeOutcome;

const latestOf = (latest: number | undefined): string =>
  latest === undefined ? 'There is no release yet.' : `Release ${latest} is still the latest.`;

/** Explains why there is no release. */
const wordsFor = (result: Exclude<Result, { readonly release: Release }>): string => {
  switch (result.outcome) {
    case 'nothing-new':
      return `The counts allow nothing new. ${latestOf(result.latest)}`;
    case 'lost-race':
      return 'Another run published at the same time. Try again.';
    case 'not-proposed':
      return result.waiting === undefined
        ? 'No release is awaiting approval.'
        : `Another release is awaiting approval, with the digest ${result.waiting}.`;
    case 'altered':
      return 'The candidate was altered: it does not match its digest. Find out who changed it.';
    case 'overtaken':
      return 'A newer release has been published since. Propose again.';
    case 'moved-on':
      return 'The counts no longer produce this release. Propose again and review the new one.';
  }
};

const summaryOf = (result: Result) =>
  'release' in result
    ? {
        outcome: result.outcome,
        number: result.release.public.number,
        digest: result.release.digest,
        codeVersion: result.release.basis.codeVersion,
        ...('news' in result ? { news: result.news } : {}),
      }
    : { outcome: result.outcome };

/** Publishes or approves a release, or proposes one where releases wait for approval. */
export const release: CommandAction<z.infer<typeof options>> = async ({
  system,
  io,
  options: { json, approve, propose },
}) => {
  const parts = partsOf(system);
  const ports = { ...parts, candidates: candidateStoreOn(system.documents, system.tables.outcomes) };
  const basis = {
    definitions: claimDefinitions,
    synthetic: system.synthetic,
    codeVersion: codeVersion(),
  };
  const needsApproval = propose || system.publish === 'on-approval';
  const result =
    approve === undefined
      ? await (needsApproval ? proposeRelease : publishRelease)(ports, basis)
      : await approveRelease(ports, basis, approve);
  const isGood = 'release' in result || result.outcome === 'nothing-new';
  if (json) {
    io.say(asJson(summaryOf(result)));
    return isGood;
  }
  if (!('release' in result)) {
    (isGood ? io.say : io.complain)(wordsFor(result));
    return isGood;
  }
  printRelease(io, result.release);
  if (result.outcome !== 'published') {
    io.say(
      `It is awaiting approval. Publish it with: npm run ops -- release --approve ${result.release.digest}`,
    );
  }
  return true;
};

export const releaseCommand = (run: Run): Command =>
  onSystem(
    new Command('release')
      .description(
        'Publishes what the counts allow, as the daily run does. Where releases need approval, proposes it instead.',
      )
      .option('--propose', 'propose a release without publishing it, and print the digest to approve')
      .option('--approve <digest>', 'publish the candidate with this digest if the counts still produce it')
      .option(...jsonOption),
    run,
    options,
    release,
  );
