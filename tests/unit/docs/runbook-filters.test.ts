import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { loggedInvocations } from '../../../shared/platform/logging/invocation.ts';
import { logEvents } from '../../../shared/platform/logging/log-events.ts';
import { lambdaRuntime } from '../../../shared/platform/logging/runtime.ts';
import { context } from '../../support/labs/function-lab.ts';
import { filterPattern } from '../../support/logs/filter-pattern.ts';
import { failingLines, lambdaLines, textLine } from '../../support/logs/lambda-lines.ts';
import { recordedLines } from '../../support/logs/recorded-lines.ts';

const root = join(import.meta.dirname, '../../..');
const functions = readdirSync(join(root, 'functions'));

type Command = { readonly runbook: string; readonly group: string; readonly pattern: string };

/** The commands in the runbooks that filter a log group, in their order. */
const commands: readonly Command[] = readdirSync(join(root, 'docs/runbooks')).flatMap((file) => {
  const text = readFileSync(join(root, 'docs/runbooks', file), 'utf8');
  return [...text.matchAll(/`aws logs tail (\S+) [^`]*?--filter-pattern '([^']*)'/g)].map(
    ([, group = '', pattern = '']) => ({ runbook: file.replace(/\.md$/, ''), group, pattern }),
  );
});

const codeIn = (pattern: string): string | undefined => /\$\.message = "([^"]*)"/.exec(pattern)?.[1];

/** A line of each event by its code, as the runtime writes it; and the line that goes with a thrown error. */
const ourLines = new Map<string, string>();
let metricLine = '';

beforeAll(async () => {
  const { log, metrics } = lambdaRuntime('serve-survey');
  const [written = ''] = await recordedLines(() =>
    log.info('sweep.done', { sent: 1, putOff: 0, stopped: 0, failed: 0, ambiguous: 0, broken: 0 }),
  );
  for (const [code, { level }] of Object.entries(logEvents)) {
    ourLines.set(code, JSON.stringify({ ...JSON.parse(written), message: code, level }));
  }
  const run = loggedInvocations(log, async () => {
    throw new TypeError('broken');
  });
  const [failed = ''] = await recordedLines(() => run({}, context).catch(() => undefined));
  expect(JSON.parse(failed)).toMatchObject({ message: 'invocation.failed' });
  ourLines.set('invocation.failed', failed);
  [metricLine = ''] = await recordedLines(() => metrics.add('Failed', 1));
});

describe('a filter in a runbook', () => {
  it('is there, and is found by this test', () => {
    expect(commands.length).toBeGreaterThan(15);
    const quoted = readdirSync(join(root, 'docs/runbooks'))
      .map((file) => readFileSync(join(root, 'docs/runbooks', file), 'utf8'))
      .join('')
      .split('--filter-pattern').length;
    expect(commands).toHaveLength(quoted - 1);
  });

  it.each(commands)('$runbook: $pattern reads the log of a function of ours', ({ group }) => {
    expect(functions.map((name) => `/aftercare/STAGE/${name}`)).toContain(group);
  });

  it.each(commands.filter(({ pattern }) => codeIn(pattern) !== undefined))(
    '$runbook: $pattern shows the lines of that event and no others',
    ({ pattern }) => {
      const code = codeIn(pattern) ?? '';
      expect(Object.keys(logEvents)).toContain(code);
      const matches = filterPattern(pattern);
      expect([...ourLines].filter(([, line]) => matches(line)).map(([name]) => name)).toEqual([code]);
      expect([...Object.values(lambdaLines), metricLine].filter(matches)).toEqual([]);
    },
  );

  it.each(commands.filter(({ pattern }) => codeIn(pattern) === undefined))(
    '$runbook: $pattern shows every way in which a function fails, and nothing else',
    ({ pattern }) => {
      const matches = filterPattern(pattern);
      const shown = [...ourLines].filter(([, line]) => matches(line)).map(([code]) => code);
      const errors = Object.entries(logEvents).filter(([, { level }]) => level === 'ERROR');
      expect(shown.toSorted()).toEqual(errors.map(([code]) => code).toSorted());
      const lambda = Object.entries(lambdaLines).filter(([, line]) => matches(line));
      expect(lambda.map(([kind]) => kind).toSorted()).toEqual(failingLines.toSorted());
      expect([metricLine, textLine].filter(matches)).toEqual([]);
    },
  );

  it.each(functions)("is the first thing to look at in %s's errors runbook", (name) => {
    const text = readFileSync(join(root, 'docs/runbooks', `${name}-errors.md`), 'utf8');
    const [first = ''] = text.split('## Look')[1]?.match(/^- .*$/m) ?? [];
    expect(first).toContain(
      `\`aws logs tail /aftercare/STAGE/${name} --since 1h --filter-pattern '{ ($.level`,
    );
  });
});

describe('the filter syntax', () => {
  const line = '{"a":{"b":"text","n":3},"list":[{"c":"x"}]}';

  it.each([
    ['{ $.a.b = "text" }', true],
    ['{ $.a.b = "te*" }', true],
    ['{ $.a.b = "e" }', false],
    ['{ $.a.b != "text" }', false],
    ['{ $.a.b != "other" }', true],
    ['{ $.a.n = 3 }', true],
    ['{ $.a.n = "3" }', false],
    ['{ $.list[0].c = "x" }', true],
    ['{ $.missing = "x" }', false],
    ['{ $.missing != "x" }', false],
    ['{ $.a.n = 4 || $.a.b = "text" && $.a.n = 3 }', true],
    ['{ ($.a.n = 4 || $.a.b = "text") && $.a.n = 4 }', false],
  ])('%s', (pattern, expected) => {
    expect(filterPattern(pattern)(line)).toBe(expected);
    expect(filterPattern(pattern)('no JSON')).toBe(false);
  });

  it.each([
    'ERROR',
    '{ $.a }',
    '{ $.a = }',
    '{ ($.a = 1 }',
    '{ $.a = 1 $.b = 2 }',
    '{ $.a IS TRUE }',
    '{ a = 1 }',
  ])('throws on %s', (pattern) => expect(() => filterPattern(pattern)).toThrow('Not a'));
});
