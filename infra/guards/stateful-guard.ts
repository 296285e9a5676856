import * as z from 'zod';

/** Types of resources whose loss or replacement destroys data that no deployment restores. */
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
 * Properties whose change makes CloudFormation replace the resource or makes it easier to lose. Apart from these, only
 * type and logical id are guarded.
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

/** Returns the guarded part of a synthesized template. */
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
 * Returns a sentence for each resource that a deployment would delete, replace or protect less. New resources are not
 * dangerous, but must be added to the list.
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
