import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { describe, expect, it } from 'vitest';
import { HouseAlarm } from '../../infra/constructs/house-alarm.ts';
import { functions } from '../../infra/functions.ts';
import { templates } from './support/templates.ts';

const root = join(import.meta.dirname, '../..');
const alarms = Object.values(templates('production').service.findResources('AWS::CloudWatch::Alarm')).map(
  ({ Properties }) => ({
    name: String(Properties.AlarmName).replace('aftercare-production-', ''),
    properties: Properties,
  }),
);

describe.each(alarms)('alarm $name', ({ name, properties }) => {
  it('states what it means for people, and has a runbook that says what to do', () => {
    const [impact, runbook = ''] = String(properties.AlarmDescription).split(' Runbook: ');
    expect(impact).toMatch(/^[A-Z].{20,}\.$/);
    expect(runbook).toBe(`docs/runbooks/${name}.md`);
    const text = readFileSync(join(root, runbook), 'utf8');
    for (const heading of ['## What it means', '## Look', '## Do', '## Afterwards'])
      expect(text).toContain(heading);
    expect(text).toContain(impact);
  });

  it('notifies when it goes off and when it is over', () => {
    expect(properties.AlarmActions).toHaveLength(1);
    expect(properties.OKActions).toHaveLength(1);
  });
});

describe('alarms', () => {
  it('exist for the errors of each function', () => {
    const names = alarms.map(({ name }) => name);
    for (const { name } of functions) expect(names).toContain(`${name}-errors`);
  });

  it('are the only subjects of runbooks', () => {
    const runbooks = readdirSync(join(root, 'docs/runbooks')).map((file) => file.replace(/\.md$/, ''));
    expect(runbooks.toSorted()).toEqual(alarms.map(({ name }) => name).toSorted());
    for (const runbook of runbooks)
      expect(existsSync(join(root, 'docs/runbooks', `${runbook}.md`))).toBe(true);
  });
});

describe('an alarm', () => {
  const make = (name: string, impact: string) => {
    const stack = new Stack(new App({ autoSynth: false }), 'Test');
    const metric = new Metric({ namespace: 'n', metricName: 'm' });
    return new HouseAlarm(stack, 'Alarm', {
      name,
      impact,
      metric,
      stage: 'test',
      topic: new Topic(stack, 'Topic'),
    });
  };
  const impact = 'Patients wait for something that does not come.';

  it('cannot be created without a runbook', () => {
    expect(() => make('no-such-alarm', impact)).toThrow('write docs/runbooks/no-such-alarm.md');
  });

  it('cannot be created without an impact', () => {
    expect(() => make('email-failed', '')).toThrow('does not state its impact on people');
    expect(() => make('email-failed', impact)).not.toThrow();
  });
});
