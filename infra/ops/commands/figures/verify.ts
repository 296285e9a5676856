import { Command } from 'commander';
import * as z from 'zod';
import { compareCountsWith } from '../../../../shared/counting/check-drift.ts';
import { claimDefinitions } from '../../../../shared/outcomes/claims/claim-definitions.ts';
import {
  type ReleaseFault,
  verifyReleasesWith,
} from '../../../../shared/outcomes/release/verify-releases.ts';
import { jsonOption, onSystem, type Run, withJson } from '../../command.ts';
import { asJson, countOf } from '../../io.ts';
import { partsOf } from '../../parts.ts';
import { opsProblem } from '../../problems.ts';
import { areCorrect, printComparison } from './recompute.ts';

const faultWords: Readonly<Record<ReleaseFault['kind'], string>> = {
  altered: 'its content is not what was published',
  'chain-broken': 'its link to the previous release is broken',
  'not-from-its-counts': 'a figure does not follow from the counts stored with it',
};

const remadeWords = {
  'same-digest': 'comes out with the same digest today',
  'moved-on': 'would come out differently today: the counts have changed since',
} as const;

const numberFrom = (text: string | undefined): number | undefined => {
  const number = z.coerce.number().int().min(1).optional().safeParse(text);
  if (!number.success)
    throw opsProblem('Give the number of a release, such as 1, or no number for all releases.');
  return number.data;
};

export const verifyCommand = (run: Run): Command =>
  onSystem(
    new Command('verify')
      .description(
        'Verifies the published figures: the counts against the records, and each release against its digest, its counts and the previous release.',
      )
      .argument('[number]', 'verify one release only, without comparing the counts with the records')
      .option(...jsonOption),
    run,
    withJson,
    async ({ system, io, args: [text], options }) => {
      const number = numberFrom(text);
      const parts = partsOf(system);
      const found = await verifyReleasesWith({ ...parts, definitions: claimDefinitions })(number);
      if (found === undefined) throw opsProblem(`There is no release ${number}.`);
      const counts = number === undefined ? await compareCountsWith(parts)() : undefined;
      const isGood = found.faults.length === 0 && (counts === undefined || areCorrect(counts));
      if (options.json) {
        const shown = counts === undefined ? {} : { ...counts, uncounted: counts.uncounted.length };
        io.say(asJson({ ...found, ...shown }));
        return isGood;
      }
      if (counts !== undefined) printComparison(io, counts);
      const verified = number === undefined ? countOf(found.releases, 'release') : `release ${number}`;
      io.say(
        found.faults.length === 0
          ? `Verified ${verified}: as published.`
          : `${countOf(found.faults.length, 'fault')} found.`,
      );
      for (const fault of found.faults) {
        const claim = fault.kind === 'not-from-its-counts' ? ` (${fault.claim})` : '';
        io.say(`  release ${fault.number}: ${faultWords[fault.kind]}${claim}`);
      }
      if (found.remade !== undefined) {
        io.say(`Release ${found.remade.number} ${remadeWords[found.remade.outcome]}.`);
      }
      if (!isGood) io.complain('See docs/runbooks/counts-drift.md.');
      return isGood;
    },
  );
