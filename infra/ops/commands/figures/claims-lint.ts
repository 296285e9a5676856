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
  'no-such-claim': 'no claim covers this',
  withheld: 'the claim is withheld',
  stale: 'the figures are a year old',
  'too-high': 'it says more than the release',
  'other-figure': 'the release has another figure',
  'too-precise': 'it is more precise than the release',
  'no-source': 'it is not presented as your own figure and cites no source',
};

const maxWaitMs = 20_000;

const pageAt = async (place: string): Promise<string> => {
  if (!/^https?:\/\//.test(place)) {
    try {
      return readFileSync(place, 'utf8');
    } catch {
      throw opsProblem(`Cannot read the file ${place}. Give an HTML file, or a URL with http or https.`);
    }
  }
  const response = await fetch(place, { signal: AbortSignal.timeout(maxWaitMs) }).catch(() => undefined);
  if (response?.ok !== true) {
    throw opsProblem(
      `Cannot read the page ${place}${response === undefined ? '' : ` (HTTP ${response.status})`}. Save it to a file and give that.`,
    );
  }
  return response.text();
};

const linesOf = ({ line, words, outcome, claim, reason, instead, sentence }: LintFinding) => [
  `line ${line}: ${words}: ${outcome}${claim === null ? '' : ` (${claim})`}${reason === null ? '' : `, ${reasonWords[reason]}`}`,
  `  ${sentence}`,
  ...(instead === null ? [] : [`  instead: ${instead}`]),
];

export const claimsCommand = (run: Run): Command =>
  new Command('claims').description('Checks public statements against the latest release.').addCommand(
    onSystem(
      new Command('lint')
        .description('Finds the percentages on a web page that the latest release does not support.')
        .argument('<page>', 'a URL or an HTML file')
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
            `${countOf(findings.length, 'percentage')} checked against release ${latest.public.number}; ${wrong} not supported.`,
          );
        }
        return wrong === 0;
      },
    ),
  );
