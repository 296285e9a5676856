import * as z from 'zod';
import { type StageTemplates, templates } from '../support/templates.ts';

const resource = z.looseObject({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
});

export type Properties = Readonly<Record<string, unknown>>;

/** Returns every resource of a type in a stack of a stage, by logical id. */
export const resourcesOf = (
  stage: string,
  type: string,
  stack: keyof StageTemplates = 'service',
): ReadonlyMap<string, Properties> =>
  new Map(
    Object.entries(templates(stage)[stack].findResources(type)).map(([id, raw]) => [
      id,
      resource.parse(raw).Properties,
    ]),
  );

const reference = z.union([
  z.object({ Ref: z.string() }).transform(({ Ref }) => Ref),
  z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) }).transform((it) => it['Fn::GetAtt'][0]),
]);

/** Returns the logical id that a `Ref` or `Fn::GetAtt` points at, or undefined for anything else. */
export const logicalIdIn = (value: unknown): string | undefined => reference.safeParse(value).data;

const names = z.union([
  z.object({ FunctionName: z.string() }).transform(({ FunctionName }) => FunctionName),
  z.object({ QueueName: z.string() }).transform(({ QueueName }) => QueueName),
  z.object({ Name: z.string() }).transform(({ Name }) => Name),
]);

/** Returns the given name of the resource that a value refers to, without the stage's prefix; a text is its own name. */
export const nameIn = (stage: string, value: unknown): string => {
  const prefix = `aftercare-${stage}-`;
  if (typeof value === 'string') return value.replace(prefix, '');
  const id = logicalIdIn(value);
  const all = templates(stage).service.toJSON()['Resources'];
  const name = names.safeParse(id === undefined ? undefined : all[id]?.Properties).data;
  if (name === undefined) throw new Error(`Nothing with a name is referred to by ${JSON.stringify(value)}.`);
  return name.replace(prefix, '');
};

const hash = /[0-9A-F]{8}$/;
const join = z.object({ 'Fn::Join': z.tuple([z.string(), z.array(z.unknown())]) });
const attribute = z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) });
const imported = z.object({ 'Fn::ImportValue': z.string() });

/**
 * Returns a value of a template as it reads: texts joined, a reference as its logical id without CDK's hash, an
 * attribute after a dot, what CloudFormation knows in braces.
 */
export const plain = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  const joined = join.safeParse(value).data?.['Fn::Join'];
  if (joined !== undefined) return joined[1].map(plain).join(joined[0]);
  const got = attribute.safeParse(value).data?.['Fn::GetAtt'];
  if (got !== undefined) return `${got[0].replace(hash, '')}.${got[1]}`;
  const other = imported.safeParse(value).data?.['Fn::ImportValue'];
  if (other !== undefined)
    return other.replace(/^.*ExportsOutput(FnGetAtt|Ref)/, '').replace(/[0-9A-F]{8}/g, '.');
  const id = logicalIdIn(value);
  if (id !== undefined) return id.startsWith('AWS::') ? `{${id.slice(5)}}` : id.replace(hash, '');
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plain(each)]));
};

const texts = z.union([z.string().transform((text) => [text]), z.array(z.string())]);

const statement = z.strictObject({
  Effect: z.enum(['Allow', 'Deny']),
  Principal: z.union([z.literal('*').transform(() => ({ AWS: '*' })), z.record(z.string(), z.string())]),
  Action: texts,
  Resource: z.unknown(),
  Condition: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
  Sid: z.string().optional(),
});

/** Returns a policy on a resource as lines: who, what, and under which condition. A refusal begins with `never`. */
export const linesOf = (policy: unknown): readonly string[] =>
  z
    .object({ Statement: z.array(statement) })
    .parse(plain(policy))
    .Statement.map(({ Effect, Principal, Action, Condition }) => {
      const who = Object.values(Principal)
        .join(' ')
        .replace('arn:{Partition}:iam::{AccountId}:root', 'account');
      const tests = Object.entries(Condition).flatMap(([operator, keys]) =>
        Object.entries(keys).map(([key, expected]) => `${key} ${operator} ${expected}`),
      );
      const what = Action.map((action) => action.replace(/^kms:(?!\*)/, '')).join(' ');
      const condition = tests.length === 0 ? '' : ` if ${tests.join(' and ')}`;
      return `${Effect === 'Deny' ? 'never ' : ''}${who}: ${what}${condition}`;
    });
