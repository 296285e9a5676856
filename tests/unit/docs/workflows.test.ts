import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { actionProblems, scriptsIn, workflowProblems } from './workflow-rules.ts';

const root = join(import.meta.dirname, '../../..');

const read = (path: string): string => readFileSync(join(root, path), 'utf8');

const scripts = Object.keys(
  z.object({ scripts: z.record(z.string(), z.string()) }).parse(JSON.parse(read('package.json'))).scripts,
);

const workflows = globSync('.github/workflows/*.yml', { cwd: root });
const actions = globSync('.github/actions/*/action.yml', { cwd: root });

describe('workflows', () => {
  it.each(workflows)('%s is pinned, bounded and read-only', (path) => {
    expect(workflowProblems(parse(read(path)), scripts)).toEqual([]);
  });

  it.each(actions)('%s is pinned', (path) => {
    expect(actionProblems(parse(read(path)), scripts)).toEqual([]);
  });

  it('name the version of every pinned action, and one commit for each version', () => {
    const uses = [...workflows, ...actions].flatMap((path) =>
      [...read(path).matchAll(/uses: ([^./\s][^\s]*)(.*)$/gm)].map(([, action = '', comment = '']) => ({
        action,
        comment,
      })),
    );
    expect(uses.length).toBeGreaterThan(10);
    for (const { action, comment } of uses) expect(comment, action).toMatch(/^ # v\d+\.\d+\.\d+$/);
    const byCommit = Map.groupBy(uses, ({ action }) => action.split('@')[1]);
    for (const [commit, all] of byCommit) {
      expect([...new Set(all.map(({ comment }) => comment))], commit).toHaveLength(1);
    }
  });

  it('run files and actions of this repository that exist', () => {
    const named = [...workflows, ...actions].flatMap((path) =>
      [...read(path).matchAll(/(?:bash (\.ci\/\S+)|uses: \.\/(\S+))/g)].map(
        ([, file, folder]) => file ?? `${folder}/action.yml`,
      ),
    );
    expect(named).toContain('.ci/run');
    for (const path of named) expect(existsSync(join(root, path)), path).toBe(true);
  });

  it('cover every kind of test', () => {
    const ran = read('.github/workflows/ci.yml');
    const projects = [...read('vitest.config.ts').matchAll(/project\('(\w+)',/g)].map(([, name]) => name);
    expect(projects.length).toBeGreaterThan(4);
    for (const name of projects) expect(ran).toContain(`--project ${name}`);
  });
});

describe('the rules for workflows', () => {
  const jobs = { check: { 'timeout-minutes': 5, steps: [{ run: 'npm run check' }] } };
  const good = { on: { push: null }, permissions: { contents: 'read' }, concurrency: 'ci', jobs };
  const title = ['$', '{{ github.event.pull_request.title }}'].join('');
  const withStep = (step: unknown) => ({ ...good, jobs: { check: { ...jobs.check, steps: [step] } } });

  it('pass a workflow that follows them', () => {
    expect(workflowProblems(good, scripts)).toEqual([]);
  });

  it.each([
    ['a tag', withStep({ uses: 'actions/checkout@v7' }), 'check: actions/checkout@v7 is not pinned'],
    ['an abbreviated commit', withStep({ uses: 'a/b@3d3c42e' }), 'check: a/b@3d3c42e is not pinned'],
    ['an unknown script', withStep({ run: 'npm run lint' }), 'check: there is no script lint'],
    [
      'a command made of a title',
      withStep({ run: `echo ${title}` }),
      `check: a command is built from an event: echo ${title}`,
    ],
    ['no timeout', { ...good, jobs: { a: { steps: [] } } }, 'a: has no timeout of at most 20 minutes'],
    ['default permissions', { ...good, permissions: undefined }, 'sets no permissions'],
    ['all permissions', { ...good, permissions: 'write-all' }, 'permissions: write-all'],
    ['a right to write', { ...good, permissions: { contents: 'write' } }, 'permissions: contents: write'],
    [
      'a job that may write',
      { ...good, jobs: { a: { 'timeout-minutes': 5, permissions: { packages: 'write' } } } },
      'a: permissions: packages: write',
    ],
    ['no concurrency', { ...good, concurrency: undefined }, 'sets no concurrency'],
    [
      'the right of the base branch',
      { ...good, on: { pull_request_target: null } },
      'runs on pull_request_target',
    ],
  ])('find %s', (_, workflow, problem) => {
    expect(workflowProblems(workflow, scripts)).toEqual([problem]);
  });
});

describe('npm scripts', () => {
  const pages = ['README.md', 'CONTRIBUTING.md', '.ci/run', ...globSync('docs/**/*.md', { cwd: root })];

  it.each(pages)('that %s names exist', (path) => {
    expect(scriptsIn(read(path)).filter((script) => !scripts.includes(script))).toEqual([]);
  });

  it('are found in a text', () => {
    expect(scriptsIn('`npm ci && npm test`, npm run --silent claims, npm run mutate:domain x')).toEqual([
      'test',
      'claims',
      'mutate:domain',
    ]);
  });
});
