import * as z from 'zod';
import { templates } from '../support/templates.ts';

const resource = z.looseObject({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
});

export type Properties = Readonly<Record<string, unknown>>;

/** Returns every resource of a type in the service stack of a stage, by logical id. */
export const resourcesOf = (stage: string, type: string): ReadonlyMap<string, Properties> =>
  new Map(
    Object.entries(templates(stage).service.findResources(type)).map(([id, raw]) => [
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
