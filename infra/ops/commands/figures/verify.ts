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
import { sayComparison } from './recompute.ts';

const faultWords: Readonly<Record<ReleaseFault['kind'], string>> = {
  altered: 'what is shown is not what was published',
  'chain-broken': 'it does not follow from the release before it',
  'not-from-its-counts': 'a figure does not follow from the counts kept with it',
};

const remadeWords = {
  'same-digest': 'today gives the same digest',
  'moved-on': 'would come out differently today: the counts have moved on since',
} as const;

const numberFrom = (text: string | undefined): number | undefined => {
  const number = z.coerce.number().int().min(1).optional().safeParse(text);
  if (!number.success) throw opsProblem('Give the number of a release, such as 1, or nothing for all.');
  return number.data;
};

/** Makes the command that proves counts and releases. */
export const verifyCommand = (run: Run): Command =>
  onSystem(
    new Command('verify')
      .description(
        'Prove the published figures: counts against records, each release against its digest, its counts and the one before it.',
      )
      .argument('[number]', 'one release only; the counts are then not read again from the records')
      .option(...jsonOption),
    run,
    withJson,
    async ({ system, io, args: [text], options }) => {
      const number = numberFrom(text);
      const parts = partsOf(system);
      const found = await verifyReleasesWith({ ...parts, definitions: claimDefinitions })(number);
      if (found === undefined) throw opsProblem(`There is no release ${number}.`);
      const counts = number === undefined ? await compareCountsWith(parts)() : undefined;
      const areCountsRight =
        counts === undefined || (counts.differences.length === 0 && counts.uncounted.length === 0);
      const isGood = found.faults.length === 0 && areCountsRight;
      if (options.json) {
        const shown = counts === undefined ? {} : { ...counts, uncounted: counts.uncounted.length };
        io.say(asJson({ ...found, ...shown }));
        return isGood;
      }
      if (counts !== undefined) sayComparison(io, counts);
      const what = number === undefined ? countOf(found.releases, 'release') : `Release ${number}`;
      const good = number === undefined ? 'as published' : 'is as published';
      io.say(
        found.faults.length === 0 ? `${what} ${good}.` : `${countOf(found.faults.length, 'fault')} found.`,
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
