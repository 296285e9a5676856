import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { starResources } from '../../infra/constructs/star-resources.ts';
import { type FunctionName, functions } from '../../infra/functions.ts';
import { type Allowed, allowedTo } from './support/policies.ts';
import { stageNames, templates } from './support/templates.ts';

/** Each line: actions, resource, partitions, attributes. A second record of the manifests' grants, on purpose. */
const expected: Readonly<Record<FunctionName, readonly string[]>> = {
  'enroll-episode': [
    'ConditionCheckItem care ERASED#*',
    'Query PutItem care PATIENT#*',
    'GetItem PutItem care RECORD#*',
    'PutItem care AUDIT#*',
    'write care key',
    'dead letters',
  ],
  'receive-procedure': [
    'ConditionCheckItem care ERASED#*',
    'Query PutItem care PATIENT#*',
    'GetItem PutItem care RECORD#*',
    'PutItem care AUDIT#*',
    'write care key',
  ],
  'send-due-emails': [
    'Query care/index/due DUE#*',
    'Query PutItem care PATIENT#*',
    'PutItem care LINK#*',
    'GetItem care CLINIC',
    'SendRawEmail sender identity + configuration set',
    'GetSendQuota *',
    'write care key',
    'dead letters',
  ],
  'record-email-event': [
    'GetItem care LINK#*',
    'Query PutItem care PATIENT#*',
    'PutItem care AUDIT#*',
    'UpdateItem care PATIENT#* (pk sk revision touchpoints)',
    'write care key',
    'dead letters',
  ],
  'serve-survey': [
    'GetItem care CLINIC',
    'GetItem care LINK#*',
    'ConditionCheckItem care ERASED#*',
    'Query PutItem care PATIENT#*',
    'PutItem care AUDIT#*',
    'write care key',
  ],
  'roll-up-responses': [
    'Query care PATIENT#*',
    'GetItem care COUNTED#*',
    'PutItem care COUNTED#* (pk sk revision contribution)',
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
    'SendRawEmail sender identity + configuration set',
    'read care key',
    'DescribeStream GetRecords GetShardIterator care stream',
    'ListStreams *',
    'dead letters',
  ],
  'serve-stats': ['GetItem Query outcomes RELEASES', 'read outcomes key'],
  'check-drift': [
    'Scan care (pk sk)',
    'Query care PATIENT#*',
    'GetItem care COUNTED#*',
    'Query outcomes CELLS#* RESIDUE#*',
    'read care key',
    'read outcomes key',
    'dead letters',
  ],
};

const functionNames: readonly string[] = functions.map(({ name }) => name);

/** A statement as a line of the table above; undefined for the two that follow from others. */
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
  it('is listed for every folder under functions/', () => {
    const folders = readdirSync(join(import.meta.dirname, '../../functions'));
    expect(folders.toSorted()).toEqual(functionNames.toSorted());
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

    it(`${name}: no wildcard except where AWS requires one`, () => {
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

  it('keeps functions that publish away from people: no table, no index, no stream, no key', () => {
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

  it('lets pages send no email, and lets the email to staff read no record', () => {
    const actionsOf = (name: string) =>
      allowedTo(templates('production').service, name).flatMap(({ actions }) => actions);
    expect(actionsOf('serve-survey').filter((action) => action.startsWith('ses:'))).toEqual([]);
    expect(actionsOf('tell-staff').filter((action) => /Item|Query|Scan/.test(action))).toEqual([]);
  });

  it('has no inline policy, no AWS managed policy and no other role', () => {
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
