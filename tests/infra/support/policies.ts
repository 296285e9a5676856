import type { Template } from 'aws-cdk-lib/assertions';
import * as z from 'zod';

const texts = z.union([z.string().transform((text) => [text]), z.array(z.string())]);

const statement = z.object({
  Effect: z.literal('Allow'),
  Action: texts,
  Resource: z.unknown(),
  Condition: z.record(z.string(), z.record(z.string(), texts)).optional(),
});

const managedPolicy = z.object({
  Properties: z.object({ PolicyDocument: z.object({ Statement: z.array(statement) }) }),
});

export type Allowed = {
  readonly actions: readonly string[];
  /** The resources, each by a short name: `care`, `care/index/due`, `care stream`, `*`. */
  readonly on: readonly string[];
  readonly condition: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
};

/** How resources are recognised in a template; exports of the stateful stack contain the resource's id. */
const knownResources: readonly (readonly [RegExp, string])[] = [
  [/GetAttCareTable\w*StreamArn/, 'care stream'],
  [/GetAttCareTable\w*.*index\/due/, 'care/index/due'],
  [/GetAttCareTable/, 'care'],
  [/GetAttOutcomesTable/, 'outcomes'],
  [/GetAttCareKey/, 'care key'],
  [/GetAttOutcomesKey/, 'outcomes key'],
  [/TransitKey/, 'transit key'],
  [/configuration-set/, 'configuration set'],
  [/identity\//, 'sender identity'],
  [/Functions\w+Log/, 'own log'],
  [/DeadLetters(\w+?)Queue/, 'dead letters'],
];

const nameOf = (resource: unknown): string => {
  if (typeof resource === 'string') return resource;
  const text = JSON.stringify(resource);
  return knownResources.find(([pattern]) => pattern.test(text))?.[1] ?? text;
};

const listOf = (resource: unknown): readonly unknown[] => (Array.isArray(resource) ? resource : [resource]);

/** Everything that a function's role allows in a service template. */
export const allowedTo = (service: Template, name: string): readonly Allowed[] => {
  const id = `Functions${name.replaceAll('-', '')}Access`;
  const found = Object.entries(service.findResources('AWS::IAM::ManagedPolicy')).filter(([logicalId]) =>
    logicalId.startsWith(id),
  );
  return found.flatMap(([, resource]) =>
    managedPolicy.parse(resource).Properties.PolicyDocument.Statement.map((each) => ({
      actions: each.Action,
      on: listOf(each.Resource).map(nameOf),
      condition: each.Condition ?? {},
    })),
  );
};
