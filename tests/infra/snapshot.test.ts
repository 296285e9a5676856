import type { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { templates } from './support/templates.ts';

/** Logical ids without CDK's hashes, by type. The access tests cover permissions. */
const billOfMaterials = (template: Template): Readonly<Record<string, readonly string[]>> => {
  const resources = Object.entries(template.toJSON()['Resources'] ?? {});
  const lines = resources.flatMap(([id, resource]) =>
    typeof resource === 'object' && resource !== null && 'Type' in resource
      ? [{ type: String(resource.Type), id: id.replace(/[0-9A-F]{8}$/, '') }]
      : [],
  );
  const shown = lines.filter(({ type }) => !/Permission|Policy$|Alias$/.test(type));
  const byType = Map.groupBy(shown, ({ type }) => type.replace('AWS::', ''));
  return Object.fromEntries(
    [...byType]
      .toSorted(([a], [b]) => a.localeCompare(b))
      .map(([type, all]) => [type, all.map(({ id }) => id)]),
  );
};

describe.each(['dev', 'production'])('what a stage is made of: %s', (stage) => {
  it.each(['stateful', 'service'] as const)('%s stack', (stack) => {
    expect(billOfMaterials(templates(stage)[stack])).toMatchSnapshot();
  });
});
