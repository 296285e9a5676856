import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import {
  type LintFinding,
  type LintReason,
  lintClaims,
} from '../../../../shared/outcomes/linter/lint-claims.ts';
import { utcDateOf } from '../../../../shared/platform/time.ts';
import { jsonOption, onSystem, type Run, withJson } from '../../command.ts';
import { asJson, countOf } from '../../io.ts';
import { partsOf } from '../../parts.ts';
import { opsProblem } from '../../problems.ts';

const reasonWords: Readonly<Record<LintReason, string>> = {
  'no-such-claim': 'no claim is about this',
  withheld: 'the claim is withheld',
  stale: 'the figures are a year old',
  'too-high': 'it says more than the release does',
  'other-figure': 'the release has another figure',
  'too-precise': 'it is more precise than what is published',
  'no-source': 'it is not called your own, and names no source',
};

const longestWait = 20_000;

const pageAt = async (place: string): Promise<string> => {
  if (!/^https?:\/\//.test(place)) {
    try {
      return readFileSync(place, 'utf8');
    } catch {
      throw opsProblem(`The file ${place} cannot be read. Give a file, or an address with http or https.`);
    }
  }
  const answer = await fetch(place, { signal: AbortSignal.timeout(longestWait) }).catch(() => undefined);
  if (answer?.ok !== true) {
    throw opsProblem(
      `The page ${place} cannot be read${answer === undefined ? '' : ` (${answer.status})`}. Save it to a file and give that.`,
    );
  }
  return answer.text();
};

const linesOf = ({ line, words, outcome, claim, reason, instead, sentence }: LintFinding) => [
  `line ${line}: ${words}: ${outcome}${claim === null ? '' : ` (${claim})`}${reason === null ? '' : `, ${reasonWords[reason]}`}`,
  `  ${sentence}`,
  ...(instead === null ? [] : [`  instead: ${instead}`]),
];

/** Makes the command that holds a page against the current release. */
export const claimsCommand = (run: Run): Command =>
  new Command('claims').description('Work with what may be said in public.').addCommand(
    onSystem(
      new Command('lint')
        .description('Find each percentage of a web page that the current release does not support.')
        .argument('<page>', 'an address, or a file of HTML')
        .option(...jsonOption),
      run,
      withJson,
      async ({ system, io, args: [place = ''], options }) => {
        const latest = await partsOf(system).releases.latest();
        if (latest === undefined) throw opsProblem('There is no release yet. Publish one with `release`.');
        const today = utcDateOf(system.clock.now());
        const findings = lintClaims(await pageAt(place), latest.public, today);
        const wrong = findings.filter(({ outcome }) => outcome === 'not-supported').length;
        if (options.json) io.say(asJson({ release: latest.public.number, findings }));
        else {
          for (const line of findings.flatMap(linesOf)) io.say(line);
          io.say(
            `${countOf(findings.length, 'percentage')} held against release ${latest.public.number}; ${wrong} not supported.`,
          );
        }
        return wrong === 0;
      },
    ),
  );
