import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import * as z from 'zod';
import { ruleModulesIn } from '../mutations/areas.ts';
import { projectRoot, readSourceTree } from '../support/sources/source-tree.ts';
import type { Measure } from './figure.ts';

const share = z.object({ total: z.number(), covered: z.number(), pct: z.number() });
const file = z.object({ branches: share, lines: share });
const summary = z.looseObject({ total: file }).catchall(file);

/** Measures the branch coverage of the domain rules by the unit tests alone. */
export const measureCoverage: Measure = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'aftercare-coverage-'));
  try {
    const rules = ruleModulesIn(await readSourceTree(['shared']));
    const tests = spawn(
      process.execPath,
      [
        join(projectRoot, 'node_modules/vitest/vitest.mjs'),
        'run',
        '--project=unit',
        '--coverage',
        '--coverage.reportOnFailure',
        ...rules.map((path) => `--coverage.include=${path}`),
        '--coverage.reporter=json-summary',
        `--coverage.reportsDirectory=${folder}`,
        '--reporter=dot',
      ],
      { cwd: projectRoot, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    tests.stdout.resume();
    tests.stderr.resume();
    const [code] = await once(tests, 'exit');
    const { total, ...files } = summary.parse(
      JSON.parse(await readFile(join(folder, 'coverage-summary.json'), 'utf8')),
    );
    const missed = Object.entries(files)
      .map(([path, { branches }]) => ({
        name: relative(projectRoot, path),
        missed: branches.total - branches.covered,
      }))
      .filter(({ missed: branches }) => branches > 0)
      .toSorted((a, b) => b.missed - a.missed);
    return {
      'rule-branches': {
        measured: `${total.branches.pct}%`,
        bar: 'at least 95% of the branches of the rules',
        met: total.branches.pct >= 95,
        values: {
          branches: total.branches.total,
          covered: total.branches.covered,
          percent: total.branches.pct,
          linesPercent: total.lines.pct,
        },
        notes: [
          `${total.branches.covered} of ${total.branches.total} branches in ${rules.length} modules covered by the unit tests alone${code === 0 ? '' : ', some of which failed'}; ${total.lines.pct}% of the lines.`,
          `Branches not taken: ${missed.map(({ name, missed: branches }) => `${name} ${branches}`).join(', ')}.`,
        ],
      },
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
