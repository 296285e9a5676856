import * as z from 'zod';

/** Types of resources whose loss or replacement loses something that no deployment brings back. */
export const statefulTypes = [
  'AWS::DynamoDB::GlobalTable',
  'AWS::KMS::Key',
  'AWS::KMS::Alias',
  'AWS::S3::Bucket',
  'AWS::CloudTrail::Trail',
  'AWS::SES::EmailIdentity',
  'AWS::SES::ConfigurationSet',
  'AWS::Events::EventBus',
  'AWS::Events::Archive',
  'AWS::SQS::Queue',
] as const;

/**
 * Properties a change of which makes CloudFormation put a new resource in the place of the old one, or makes the
 * old one easier to lose. Of the rest only their type and logical id are guarded.
 */
const guardedProperties: Readonly<Record<(typeof statefulTypes)[number], readonly string[]>> = {
  'AWS::DynamoDB::GlobalTable': ['TableName', 'KeySchema', 'GlobalSecondaryIndexes', 'SSESpecification'],
  'AWS::KMS::Key': ['KeySpec', 'KeyUsage', 'MultiRegion', 'PendingWindowInDays'],
  'AWS::KMS::Alias': ['AliasName'],
  'AWS::S3::Bucket': ['BucketName', 'ObjectLockEnabled'],
  'AWS::CloudTrail::Trail': ['TrailName'],
  'AWS::SES::EmailIdentity': ['EmailIdentity'],
  'AWS::SES::ConfigurationSet': ['Name'],
  'AWS::Events::EventBus': ['Name'],
  'AWS::Events::Archive': ['ArchiveName', 'SourceArn'],
  'AWS::SQS::Queue': ['QueueName', 'FifoQueue'],
};

const guardedResource = z.object({
  Type: z.enum(statefulTypes),
  DeletionPolicy: z.string().exactOptional(),
  UpdateReplacePolicy: z.string().exactOptional(),
  Properties: z.record(z.string(), z.unknown()).default({}),
});

const templateSchema = z.object({ Resources: z.record(z.string(), z.unknown()) });

/** The stateful resources of a template, by logical id. */
export type StatefulList = Readonly<Record<string, z.output<typeof guardedResource>>>;

export const statefulListSchema = z.record(z.string(), z.record(z.string(), guardedResource));

/** Takes a synthesized template, gives what of it is guarded. */
export const statefulOf = (template: unknown): StatefulList =>
  Object.fromEntries(
    Object.entries(templateSchema.parse(template).Resources).flatMap(([id, raw]) => {
      const parsed = guardedResource.safeParse(raw);
      if (!parsed.success) return [];
      const guarded = guardedProperties[parsed.data.Type];
      const properties = Object.entries(parsed.data.Properties).filter(([name]) => guarded.includes(name));
      return [[id, { ...parsed.data, Properties: Object.fromEntries(properties) }]];
    }),
  );

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/**
 * Takes what is deployed and what would be, gives a sentence for each thing that would be deleted, replaced or
 * less protected. Something new is not dangerous, but has to be written into the list.
 */
export const dangersOf = (deployed: StatefulList, proposed: StatefulList): readonly string[] => [
  ...Object.entries(deployed).flatMap(([id, before]) => {
    const after = proposed[id];
    if (after === undefined) return [`${id} (${before.Type}) would be deleted`];
    if (after.Type !== before.Type) return [`${id} would be replaced: its type changes`];
    const changed = guardedProperties[before.Type].filter(
      (name) => !same(before.Properties[name], after.Properties[name]),
    );
    const policies = (['DeletionPolicy', 'UpdateReplacePolicy'] as const).filter(
      (name) => before[name] !== after[name],
    );
    return [
      ...changed.map((name) => `${id} (${before.Type}) would be replaced: ${name} changes`),
      ...policies.map((name) => `${id} (${before.Type}) would lose its ${name}`),
    ];
  }),
  ...Object.keys(proposed)
    .filter((id) => deployed[id] === undefined)
    .map((id) => `${id} is new: add it to infra/guards/stateful-resources.json`),
];
