import { z } from 'zod';

/** `owner/name@<commit>`, with a path inside the repository if any; actions of this repository need no commit. */
const pinned = /^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/;

const step = z.object({ uses: z.string().optional(), run: z.string().optional() });

const permissions = z.union([z.string(), z.record(z.string(), z.string())]);

const job = z.object({
  'timeout-minutes': z.number().optional(),
  permissions: permissions.optional(),
  uses: z.string().optional(),
  steps: z.array(step).default([]),
});

const workflow = z.object({
  on: z.union([z.string(), z.array(z.string()), z.record(z.string(), z.unknown())]),
  permissions: permissions.optional(),
  concurrency: z.unknown().optional(),
  jobs: z.record(z.string(), job),
});

const action = z.object({ runs: z.object({ steps: z.array(step) }) });

/** The npm scripts that a text runs: `npm test`, `npm start`, `npm run check`. Commands of npm's own are left out. */
export const scriptsIn = (text: string): readonly string[] =>
  [...text.matchAll(/\bnpm (?:run (?:--silent )?([\w:-]+)|(test|start)\b)/g)].map(
    ([, script, short]) => script ?? short ?? '',
  );

const stepProblems = (
  steps: readonly z.infer<typeof step>[],
  scripts: readonly string[],
): readonly string[] =>
  steps.flatMap(({ uses, run = '' }) => [
    ...(uses === undefined || uses.startsWith('./') || pinned.test(uses) ? [] : [`${uses} is not pinned`]),
    ...scriptsIn(run)
      .filter((script) => !scripts.includes(script))
      .map((script) => `there is no script ${script}`),
    // What a pull request says of itself must not become part of a command.
    ...(/\$\{\{\s*github\.(?:event|head_ref)/.test(run) ? [`a command is built from an event: ${run}`] : []),
  ]);

/** Jobs may widen this one right by name; everything else stays read-only. */
const widened = ['security-events'];

const permissionProblems = (
  given: z.infer<typeof permissions> | undefined,
  mayWiden: readonly string[],
): readonly string[] => {
  if (typeof given === 'string') return [`permissions: ${given}`];
  return Object.entries(given ?? {})
    .filter(([scope, right]) => right !== 'read' && right !== 'none' && !mayWiden.includes(scope))
    .map(([scope, right]) => `permissions: ${scope}: ${right}`);
};

/** Returns what is wrong with a parsed workflow, given the scripts of package.json. */
export const workflowProblems = (parsed: unknown, scripts: readonly string[]): readonly string[] => {
  const { on, permissions: given, concurrency, jobs } = workflow.parse(parsed);
  return [
    ...(JSON.stringify(on).includes('pull_request_target') ? ['runs on pull_request_target'] : []),
    ...(given === undefined ? ['sets no permissions'] : permissionProblems(given, [])),
    ...(concurrency === undefined ? ['sets no concurrency'] : []),
    ...Object.entries(jobs).flatMap(([name, { 'timeout-minutes': minutes, uses, steps, permissions: own }]) =>
      [
        ...(minutes === undefined || minutes > 20 ? ['has no timeout of at most 20 minutes'] : []),
        ...permissionProblems(own, widened),
        ...stepProblems([{ uses }, ...steps], scripts),
      ].map((problem) => `${name}: ${problem}`),
    ),
  ];
};

/** Returns what is wrong with a parsed composite action, given the scripts of package.json. */
export const actionProblems = (parsed: unknown, scripts: readonly string[]): readonly string[] =>
  stepProblems(action.parse(parsed).runs.steps, scripts);
