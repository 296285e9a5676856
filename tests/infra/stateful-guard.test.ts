import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dangersOf, statefulListSchema, statefulOf } from '../../infra/guards/stateful-guard.ts';
import { stageNames, templates } from './support/templates.ts';

const file = join(import.meta.dirname, '../../infra/guards/stateful-resources.json');

const proposed = () =>
  Object.fromEntries(
    stageNames.flatMap((stage) => {
      const { stateful, service } = templates(stage);
      return [
        [`aftercare-${stage}-stateful`, statefulOf(stateful.toJSON())],
        [`aftercare-${stage}-service`, statefulOf(service.toJSON())],
      ];
    }),
  );

/** After an intended change whose rollout is planned: WRITE_STATEFUL=1 npm test -- --project infra */
if (process.env['WRITE_STATEFUL'] === '1') writeFileSync(file, `${JSON.stringify(proposed(), null, 2)}\n`);

const committed = statefulListSchema.parse(JSON.parse(readFileSync(file, 'utf8')));

describe('a deployment deletes and replaces no stateful resource', () => {
  it.each(Object.keys(committed))('%s', (stack) => {
    expect(dangersOf(committed[stack] ?? {}, proposed()[stack] ?? {})).toEqual([]);
  });

  it('knows every stack', () => expect(Object.keys(proposed())).toEqual(Object.keys(committed)));
});

describe('the guard', () => {
  const template = (): { Resources: Record<string, { Type: string; Properties: Record<string, unknown> }> } =>
    structuredClone(templates('production').stateful.toJSON()) as never;
  const dangers = (change: (resources: ReturnType<typeof template>['Resources'], table: string) => void) => {
    const changed = template();
    const table = Object.keys(changed.Resources).find((id) => id.startsWith('CareTable')) ?? '';
    change(changed.Resources, table);
    return dangersOf(committed['aftercare-production-stateful'] ?? {}, statefulOf(changed));
  };

  it('detects a deletion', () => {
    const found = dangers((resources, table) => {
      delete resources[table];
    });
    expect(found).toEqual([
      expect.stringMatching(/^CareTable\w+ \(AWS::DynamoDB::GlobalTable\) would be deleted$/),
    ]);
  });

  it('treats a new logical id as a deletion', () => {
    const found = dangers((resources, table) => {
      const moved = resources[table];
      delete resources[table];
      if (moved !== undefined) resources['Renamed'] = moved;
    });
    expect(found).toEqual([
      expect.stringContaining('would be deleted'),
      expect.stringContaining('Renamed is new'),
    ]);
  });

  it.each(['TableName', 'KeySchema', 'GlobalSecondaryIndexes'])('detects a change of %s', (name) => {
    const found = dangers((resources, table) => {
      const properties = resources[table]?.Properties ?? {};
      properties[name] = 'something else';
    });
    expect(found).toEqual([expect.stringContaining(`would be replaced: ${name} changes`)]);
  });

  it('detects a lifted retention', () => {
    const found = dangers((resources, table) => {
      Object.assign(resources[table] ?? {}, { DeletionPolicy: 'Delete' });
    });
    expect(found).toEqual([expect.stringContaining('would lose its DeletionPolicy')]);
  });
});
