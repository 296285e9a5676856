import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { starResources } from '../../infra/constructs/star-resources.ts';
import { schemas } from '../../infra/stacks/service/function-list.ts';
import { type Allowed, allowedTo } from './support/policies.ts';
import { stageNames, templates } from './support/templates.ts';

/** Each line: actions, on what, which partitions, which attributes. Written down here a second time, on purpose. */
const expected: Readonly<Record<keyof typeof schemas, readonly string[]>> = {
  'enroll-episode': [
    'GetItem care ERASED#*',
    'Query PutItem care PATIENT#*',
    'PutItem care AUDIT#*',
    'write care key',
    'dead letters',
  ],
  'receive-procedure': [
    'GetItem care ERASED#*',
    'Query PutItem care PATIENT#*',
    'PutItem care AUDIT#*',
    'write care key',
  ],
  'send-due-emails': [
    'Query care/index/due DUE#*',
    'Query PutItem care PATIENT#*',
    'PutItem care LINK#*',
    'GetItem care CLINIC',
    'write care key',
    'SendRawEmail sender identity + configuration set',
    'GetSendQuota *',
    'dead letters',
  ],
  'record-email-event': [
    'GetItem care LINK#*',
    'Query PutItem care PATIENT#*',
    'PutItem care AUDIT#*',
    'write care key',
    'UpdateItem care PATIENT#* (pk sk revision touchpoints)',
    'dead letters',
  ],
  'serve-survey': [
    'GetItem care CLINIC',
    'GetItem care LINK#*',
    'Query PutItem care PATIENT#*',
    'PutItem care AUDIT#*',
    'write care key',
  ],
  'roll-up-responses': [
    'Query care PATIENT#*',
    'PutItem care PATIENT#* (pk sk revision contribution)',
    'UpdateItem outcomes CELLS#*',
    'write care key',
    'write outcomes key',
    'DescribeStream GetRecords GetShardIterator care stream',
    'ListStreams *',
    'dead letters',
  ],
  'publish-release': [
    'Query outcomes CELLS#* RELEASES',
    'GetItem PutItem outcomes RELEASES BASIS CANDIDATE',
    'write outcomes key',
    'dead letters',
  ],
  'tell-staff': [
    'read care key',
    'DescribeStream GetRecords GetShardIterator care stream',
    'ListStreams *',
    'dead letters',
    'SendRawEmail sender identity + configuration set',
  ],
  'serve-stats': ['GetItem Query outcomes RELEASES', 'read outcomes key'],
  'check-drift': [
    'Scan care (pk sk)',
    'Query care PATIENT#*',
    'Query outcomes CELLS#* RESIDUE#*',
    'read care key',
    'read outcomes key',
    'dead letters',
  ],
};

const functionNames = Object.keys(schemas);

/** Takes a statement, gives it as a line of the table above; undefined for the one that every function has. */
const lineOf = ({ actions, on, condition }: Allowed): string | undefined => {
  const target = on.join(' + ');
  const verbs = actions.map((action) => action.split(':')[1]).join(' ');
  const partitions = condition['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'] ?? [];
  const attributes = condition['ForAllValues:StringEquals']?.['dynamodb:Attributes'];
  if (target === 'own log') return undefined;
  if (target === 'dead letters') return target;
  if (target === 'transit key') return undefined;
  if (/^(care|outcomes) key$/.test(target)) {
    const via = condition['StringEquals']?.['kms:ViaService'];
    expect(via).toEqual(['dynamodb.us-east-1.amazonaws.com']);
    return `${actions.includes('kms:Encrypt') ? 'write' : 'read'} ${target}`;
  }
  return [
    verbs,
    target,
    ...partitions,
    ...(attributes === undefined ? [] : [`(${attributes.join(' ')})`]),
  ].join(' ');
};

describe('what each function may do', () => {
  it('knows every function there is', () => {
    const folders = readdirSync(join(import.meta.dirname, '../../functions'));
    expect(folders.sort()).toEqual(functionNames.sort());
    for (const stage of stageNames) {
      templates(stage).service.resourceCountIs('AWS::Lambda::Function', folders.length);
      templates(stage).service.resourceCountIs('AWS::IAM::ManagedPolicy', folders.length);
    }
  });

  for (const [name, lines] of Object.entries(expected)) {
    it(`${name}: its access pattern and nothing else`, () => {
      for (const stage of stageNames) {
        const allowed = allowedTo(templates(stage).service, name);
        expect(allowed.map(lineOf).filter((line) => line !== undefined)).toEqual(lines);
      }
    });

    it(`${name}: no wildcard but those that AWS requires`, () => {
      for (const { actions, on } of allowedTo(templates('production').service, name)) {
        for (const action of actions) expect(action).not.toContain('*');
        const wildcards = on.filter((each) => each.includes('*'));
        if (wildcards.length > 0) {
          expect(wildcards).toEqual(['*']);
          for (const action of actions) expect(Object.keys(starResources)).toContain(action);
        }
      }
    });
  }

  it('gives each wildcard a reason', () => {
    for (const reason of Object.values(starResources)) expect(reason).toMatch(/^.{40,}\.$/);
  });

  it('lets nobody who publishes reach people: no table, no index, no stream, no key', () => {
    for (const name of ['publish-release', 'serve-stats']) {
      const reached = allowedTo(templates('production').service, name).flatMap(({ on }) => on);
      expect(reached.filter((on) => /care/i.test(on))).toEqual([]);
      expect(reached).toContain('outcomes');
    }
  });

  it('sends from one address, through its identity and configuration set only', () => {
    for (const name of ['send-due-emails', 'tell-staff']) {
      const [send] = allowedTo(templates('production').service, name).filter(({ actions }) =>
        actions.includes('ses:SendRawEmail'),
      );
      expect(send?.condition).toEqual({
        StringEquals: { 'ses:FromAddress': ['care@aftercare.lakeside.example'] },
      });
    }
  });

  it('lets nobody who serves pages send email, and whoever tells staff read no record', () => {
    const actionsOf = (name: string) =>
      allowedTo(templates('production').service, name).flatMap(({ actions }) => actions);
    expect(actionsOf('serve-survey').filter((action) => action.startsWith('ses:'))).toEqual([]);
    expect(actionsOf('tell-staff').filter((action) => /Item|Query|Scan/.test(action))).toEqual([]);
  });

  it('has no policy inline, none of AWS, and no other role', () => {
    for (const stage of stageNames) {
      const { service, stateful } = templates(stage);
      for (const template of [service, stateful]) template.resourceCountIs('AWS::IAM::Policy', 0);
      const roles = Object.values(service.findResources('AWS::IAM::Role'));
      expect(roles).toHaveLength(functionNames.length);
      for (const { Properties } of roles) {
        expect(Properties.Policies).toBeUndefined();
        expect(Properties.ManagedPolicyArns).toBeUndefined();
        expect(Properties.RoleName).toMatch(new RegExp(`^aftercare-${stage}-`));
      }
    }
  });
});
