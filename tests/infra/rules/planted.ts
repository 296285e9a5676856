import { templates } from '../support/templates.ts';

type Properties = Readonly<Record<string, unknown>>;
type Resource = { readonly Type: string; readonly Properties: Properties };

/** A change of one resource's properties: of its type, and with this text in them. */
export type Fault = {
  readonly type: string;
  readonly with: string;
  readonly properties: (before: Properties) => Properties;
};

/** Returns the service template of production with a fault in it. Throws when the fault changes nothing. */
export const planted = (
  ...faults: readonly Fault[]
): { readonly Resources: Readonly<Record<string, Resource>> } => {
  const resources = new Map<string, Resource>(
    Object.entries(templates('production').service.toJSON()['Resources']),
  );
  for (const fault of faults) {
    const found = [...resources].find(
      ([, { Type, Properties }]) => Type === fault.type && JSON.stringify(Properties).includes(fault.with),
    );
    if (found === undefined) throw new Error(`There is no ${fault.type} with ${fault.with}.`);
    const [id, resource] = found;
    const properties = JSON.parse(JSON.stringify(fault.properties(resource.Properties)));
    if (JSON.stringify(properties) === JSON.stringify(resource.Properties)) {
      throw new Error(`The fault in ${id} changes nothing.`);
    }
    resources.set(id, { ...resource, Properties: properties });
  }
  return { Resources: Object.fromEntries(resources) };
};

/** Returns the logical id of the resource of a type with this text in its properties. */
export const idOf = (type: string, text: string): string => {
  const all = Object.entries(templates('production').service.findResources(type));
  const found = all.find(([, { Properties }]) => JSON.stringify(Properties).includes(text));
  if (found === undefined) throw new Error(`There is no ${type} with ${text}.`);
  return found[0];
};

/** Returns the service template of production with one more resource. */
export const withResource = (id: string, Type: string, Properties: Properties) => ({
  Resources: { ...templates('production').service.toJSON()['Resources'], [id]: { Type, Properties } },
});

const of = (type: string, text: string, more: Properties): Fault => ({
  type,
  with: text,
  properties: (before) => ({ ...before, ...more }),
});

export const lambda = (name: string, more: Properties) =>
  of('AWS::Lambda::Function', `"aftercare-production-${name}"`, more);
export const mapping = (of_: string, more: Properties) =>
  of('AWS::Lambda::EventSourceMapping', `Functions${of_.replaceAll('-', '')}`, more);
export const alarm = (name: string, more: Properties) =>
  of('AWS::CloudWatch::Alarm', `"aftercare-production-${name}"`, more);
export const rule = (name: string, properties: Fault['properties']): Fault => ({
  type: 'AWS::Events::Rule',
  with: `"aftercare-production-${name}"`,
  properties,
});

/** Replaces a text in the body of the dashboard. */
export const dashboard = (from: string, to: string): Fault => ({
  type: 'AWS::CloudWatch::Dashboard',
  with: 'DashboardBody',
  properties: (before) =>
    JSON.parse(
      JSON.stringify(before).replaceAll(JSON.stringify(from).slice(1, -1), JSON.stringify(to).slice(1, -1)),
    ),
});
