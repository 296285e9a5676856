import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadStages, readStages } from '../../infra/settings/load-settings.ts';
import { temporaryFolders } from '../support/labs/temporary-folder.ts';
import { settingsFile } from './support/templates.ts';

const root = join(import.meta.dirname, '../..');
const newFolder = temporaryFolders();

const good = {
  region: 'us-east-1',
  clinic: {
    name: 'Lakeside Clinic',
    phone: '(555) 010-0199',
    senderName: 'Lakeside Clinic',
    replyTo: 'care@lakeside.example',
    zone: 'America/New_York',
    locale: 'en',
  },
  emailFrom: 'care@lakeside.example',
  alarmAddress: 'operations@lakeside.example',
  eventSource: 'lakeside.procedures',
  logRetentionDays: 30,
  synthetic: true,
};

const domain = { name: 'lakeside.example', hostedZoneId: 'Z0123456789ABCDEFGHIJ' };

const wrong: readonly (readonly [string, object, string])[] = [
  [
    'an invalid address',
    { ...good, emailFrom: 'care@' },
    'emailFrom must be an email address such as care@clinic.example',
  ],
  [
    'a domain without a zone',
    { ...good, domain: { name: 'lakeside.example' } },
    'domain.hostedZoneId is missing: give the id of the Route 53 zone, or leave domain out',
  ],
  [
    'an invalid zone id',
    { ...good, domain: { ...domain, hostedZoneId: 'lakeside' } },
    'domain.hostedZoneId must be the id of a Route 53 zone, such as Z0123456789ABCDEFGHIJ',
  ],
  [
    'an invalid domain',
    { ...good, domain: { ...domain, name: 'https://x' } },
    'domain.name must be a domain name',
  ],
  [
    'a sender outside the domain',
    { ...good, domain: { ...domain, name: 'other.example' } },
    'emailFrom must be an address @other.example',
  ],
  [
    'an unknown time zone',
    { ...good, clinic: { ...good.clinic, zone: 'America/Springfield' } },
    'clinic.zone must be an IANA time zone such as America/New_York',
  ],
  [
    'an unsupported language',
    { ...good, clinic: { ...good.clinic, locale: 'fr' } },
    'clinic.locale must be one of en, es',
  ],
  ['another region', { ...good, region: 'eu-west-1' }, 'region must be us-east-1'],
  [
    'an event source of AWS',
    { ...good, eventSource: 'aws.ses' },
    'eventSource must be a source such as clinic.procedures',
  ],
  [
    'a retention that CloudWatch does not support',
    { ...good, logRetentionDays: 31 },
    'logRetentionDays must be one of 30',
  ],
  ['an unknown setting', { ...good, mailfrom: 'x' }, 'mailfrom is no setting'],
  ['an empty stage', {}, 'clinic'],
];

describe('settings', () => {
  it('accepts those of this repository', () => {
    expect(loadStages(settingsFile, undefined)).toMatchObject({
      outcome: 'loaded',
      stages: [{ name: 'dev' }, { name: 'staging' }, { name: 'production' }],
    });
    expect(loadStages(settingsFile, 'dev')).toMatchObject({ outcome: 'loaded', stages: [{ name: 'dev' }] });
  });

  it.each(wrong)('refuses %s in one line', (_what, settings, problem) => {
    const read = readStages({ dev: settings }, 'dev');
    expect(read).toMatchObject({ outcome: 'refused', problem: expect.stringContaining(problem) });
    if (read.outcome === 'refused') expect(read.problem).toMatch(/^Settings, stage dev: [^\n]+\.$/);
  });

  it('refuses an unknown stage, and names the known ones', () => {
    expect(readStages({ dev: good, live: good }, 'prod')).toEqual({
      outcome: 'refused',
      problem: 'Settings: there is no stage "prod"; there are dev, live.',
    });
  });

  it.each(['Dev', 'a', 'has space', '9lives'])('refuses %s as the name of a stage', (name) => {
    expect(readStages({ [name]: good }, undefined)).toMatchObject({ outcome: 'refused' });
  });

  it('refuses a missing file, and one that is not JSON', async () => {
    const file = join(await newFolder(), 'stages.json');
    expect(loadStages(file, undefined)).toMatchObject({
      problem: `Settings: the file ${file} cannot be read.`,
    });
    writeFileSync(file, '{');
    expect(loadStages(file, undefined)).toMatchObject({ problem: `Settings: the file ${file} is not JSON.` });
  });
});

describe('the app', () => {
  const run = async (context: object) => {
    const outdir = await newFolder();
    const { status, stderr, stdout } = spawnSync(
      process.execPath,
      [join(root, 'node_modules/tsx/dist/cli.mjs'), join(root, 'infra/app.ts')],
      {
        cwd: outdir,
        encoding: 'utf8',
        env: {
          ...process.env,
          CDK_CONTEXT_JSON: JSON.stringify(context),
          CDK_OUTDIR: join(outdir, 'cdk.out'),
        },
      },
    );
    return { status, stderr, stdout, written: readdirSync(outdir) };
  };

  it('reports an unknown stage in one line, exits 1 and writes nothing', async () => {
    expect(await run({ stage: 'prod' })).toEqual({
      status: 1,
      stderr: 'Settings: there is no stage "prod"; there are dev, staging, production.\n',
      stdout: '',
      written: [],
    });
  });

  it('reports a wrong settings file in one line, exits 1 and writes nothing', async () => {
    const settings = join(await newFolder(), 'stages.json');
    const zone = { ...good, clinic: { ...good.clinic, zone: 'Mars/Olympus' } };
    writeFileSync(settings, JSON.stringify({ dev: zone }));
    expect(await run({ settings })).toEqual({
      status: 1,
      stderr: 'Settings, stage dev: clinic.zone must be an IANA time zone such as America/New_York.\n',
      stdout: '',
      written: [],
    });
    expect(existsSync(settings)).toBe(true);
  });
});
