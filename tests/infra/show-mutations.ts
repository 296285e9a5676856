import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Breaks a copy of the project in one way at a time and shows whether a check notices. `npm run mutate:infra` tries all
 * ways, `npm run mutate:infra -- WORD` those with the word in their description; it exits 1 if one goes unnoticed.
 */
type Mutation = {
  readonly what: string;
  readonly file: string;
  readonly from: string;
  readonly to: string;
  /** `tsc`, or the test file that must fail. */
  readonly noticedBy: 'tsc' | string;
  /** What the check must report, so that a failure for another reason does not count. */
  readonly says: RegExp;
};

const sender = 'functions/send-due-emails/function.ts';
const variables = 'infra/settings/variables.ts';

const mutations: readonly Mutation[] = [
  {
    what: 'a grant: the sender may no longer store links',
    file: sender,
    from: "    { kind: 'items', table: 'care', actions: ['PutItem'], partitions: ['links'] },\n",
    to: '',
    noticedBy: 'tests/infra/access.test.ts',
    says: /send-due-emails: its access pattern and nothing else/,
  },
  {
    what: 'a boundary: publishing may read people',
    file: 'functions/publish-release/function.ts',
    from: '  access: [\n',
    to: "  access: [\n    { kind: 'items', table: 'care', actions: ['Query'], partitions: ['patients'] },\n",
    noticedBy: 'tests/infra/access.test.ts',
    says: /keeps functions that publish away from people/,
  },
  {
    what: 'a leading key: the patients’ pages may read every link and every patient',
    file: 'infra/constructs/access.ts',
    from: "'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [...partitions] },\n      ...(attributes",
    to: '...(attributes',
    noticedBy: 'tests/infra/access.test.ts',
    says: /serve-survey: its access pattern and nothing else/,
  },
  {
    what: 'an environment variable: the sender has no configuration set',
    file: variables,
    from: '  CONFIGURATION_SET: names.configurationSet,\n',
    to: '',
    noticedBy: 'tsc',
    says: /CONFIGURATION_SET/,
  },
  {
    what: 'an optional environment variable: the pages do not know the secret of the CDN',
    file: variables,
    from: '  ORIGIN_SECRETS: originSecrets,\n',
    to: '',
    noticedBy: 'tsc',
    says: /ORIGIN_SECRETS/,
  },
  {
    what: 'the impact of an alarm',
    file: sender,
    from: "      impact: 'No email goes out at all: no care instructions tonight, no survey today.',\n",
    to: '',
    noticedBy: 'tsc',
    says: /impact/,
  },
  {
    what: 'the dead-letter queue of a function',
    file: 'functions/tell-staff/function.ts',
    from: "    deadLetters: {\n      name: 'staff-not-told',\n      impact: 'Patients asked for a call or reported a warning sign, and staff got no email about it.',\n    },\n",
    to: '',
    noticedBy: 'tsc',
    says: /deadLetters/,
  },
  {
    what: 'the log format by which runbooks find what the runtime logs',
    file: 'infra/constructs/house-function.ts',
    from: '      ...logging,\n',
    to: '',
    noticedBy: 'tests/infra/service.test.ts',
    says: /runs every function on arm64/,
  },
  {
    what: 'a line of the list: a function that is described and not deployed',
    file: 'infra/functions.ts',
    from: '  tellStaff,\n',
    to: '',
    noticedBy: 'tests/infra/access.test.ts',
    says: /is listed for every folder under functions/,
  },
  {
    what: 'point-in-time recovery',
    file: 'infra/constructs/house-table.ts',
    from: 'pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: 35',
    to: 'pointInTimeRecoveryEnabled: false',
    noticedBy: 'tests/infra/stateful.test.ts',
    says: /restorable, and hard to delete/,
  },
  {
    what: 'the expiry of links on AWS, though the laptop has it',
    file: 'infra/constructs/house-table.ts',
    from: '...(definition.timeToLive === undefined ? {} : { timeToLiveAttribute: definition.timeToLive }),',
    to: '',
    noticedBy: 'tests/infra/tables.test.ts',
    says: /care has the same keys, indexes, stream and expiry/,
  },
  {
    what: 'the logical id of the people’s table',
    file: 'infra/stacks/stateful-stack.ts',
    from: "new HouseTable(this, 'Care', {",
    to: "new HouseTable(this, 'People', {",
    noticedBy: 'tests/infra/stateful-guard.test.ts',
    says: /would be deleted/,
  },
  {
    what: 'the check of the CDN’s secret',
    file: 'functions/serve-survey/create-handler.ts',
    from: '    .use(onlyThroughCdn(variables.ORIGIN_SECRETS))\n',
    to: '',
    noticedBy: 'tests/infra/service.test.ts',
    says: /serves the public only through CloudFront/,
  },
  {
    what: 'the firewall',
    file: 'infra/stacks/service/edge.ts',
    from: '      webAclId: props.firewallArn,\n',
    to: '',
    noticedBy: 'tests/infra/literals/edge.test.ts',
    says: /Validation failed|AwsSolutions-CFR2|nothing but through the firewall/,
  },
];

const root = join(import.meta.dirname, '../..');
const copy = mkdtempSync(join(tmpdir(), 'aftercare-mutations-'));

const listed = spawnSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
});
for (const file of listed.stdout.split('\0').filter((name) => name !== '')) {
  cpSync(join(root, file), join(copy, file), { recursive: true, force: true });
}
symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));

const run = (noticedBy: string): { readonly failed: boolean; readonly output: string } => {
  const [program, ...parameters] =
    noticedBy === 'tsc'
      ? ['node_modules/.bin/tsc', '-p', '.']
      : ['node_modules/.bin/vitest', 'run', '--project', 'infra', noticedBy];
  const { status, stdout, stderr } = spawnSync(join(copy, program ?? ''), parameters, {
    cwd: copy,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  });
  return { failed: status !== 0, output: `${stdout}${stderr}` };
};

/** The output without the names of tests that passed. */
const complaints = (output: string): string =>
  output
    .split('\n')
    .filter((line) => !line.includes('✓'))
    .join('\n');

const word = process.argv[2] ?? '';
const chosen = mutations.filter(({ what }) => what.includes(word));
let unnoticed = 0;
for (const { what, file, from, to, noticedBy, says } of chosen) {
  const path = join(copy, file);
  const before = readFileSync(path, 'utf8');
  if (!before.includes(from))
    throw new Error(`${file} has changed: there is no "${from.trim()}" to take away.`);
  writeFileSync(path, before.replace(from, to));
  const { failed, output } = run(noticedBy);
  const isNoticed = failed && says.test(complaints(output));
  if (!isNoticed) unnoticed += 1;
  process.stdout.write(`${isNoticed ? 'noticed  ' : 'UNNOTICED'}  ${what}  (${noticedBy})\n`);
  writeFileSync(path, before);
}
rmSync(copy, { recursive: true, force: true });
process.stdout.write(`${chosen.length - unnoticed} of ${chosen.length} noticed\n`);
process.exitCode = unnoticed === 0 ? 0 : 1;
