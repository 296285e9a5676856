import * as z from 'zod';

const resource = z.object({ Type: z.string(), Properties: z.record(z.string(), z.unknown()).default({}) });

const templateSchema = z.object({ Resources: z.record(z.string(), resource) });

/** The resources of a synthesized template. */
export type Template = z.output<typeof templateSchema>;

export const readTemplate = (template: unknown): Template => templateSchema.parse(template);

const reference = z.union([
  z.object({ Ref: z.string() }).transform(({ Ref }) => Ref),
  z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) }).transform((it) => it['Fn::GetAtt'][0]),
]);

/** The logical id that a value refers to; undefined where it refers to none, or to one of another stack. */
export const target = z.unknown().transform((value) => reference.safeParse(value).data);

/** Returns the resources of a type by logical id, with the properties that a schema names. */
export const resourcesOf = <Schema extends z.ZodType>(
  { Resources }: Template,
  type: string,
  schema: Schema,
): ReadonlyMap<string, z.output<Schema>> =>
  new Map(
    Object.entries(Resources).flatMap(([id, { Type, Properties }]) =>
      Type === type ? [[id, schema.parse(Properties)]] : [],
    ),
  );
