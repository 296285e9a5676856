import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { schemas } from '../../../infra/stacks/service/function-list.ts';

const root = join(import.meta.dirname, '../../..');
const page = readFileSync(join(root, 'docs/configuration.md'), 'utf8');
const listed = page.split(/<!-- variables: (?:begin|end) -->/)[1] ?? '';

const rows = listed
  .trim()
  .split('\n')
  .slice(2)
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, variable = '', meaning = '', example = '', functions = '']) => ({
    variable: variable.replaceAll('`', ''),
    meaning,
    example: example.replaceAll('`', ''),
    functions,
  }));

const users = new Map<string, string[]>();
for (const [name, schema] of Object.entries(schemas).toSorted(([a], [b]) => a.localeCompare(b))) {
  for (const variable of Object.keys(schema.shape)) {
    users.set(variable, [...(users.get(variable) ?? []), name]);
  }
}

describe('docs/configuration.md', () => {
  it('lists every variable of every function, in order, with the functions that read it', () => {
    expect(rows.map(({ variable, functions }) => [variable, functions])).toEqual(
      [...users]
        .toSorted(([a], [b]) => a.localeCompare(b))
        .map(([variable, names]) => [variable, names.join(', ')]),
    );
  });

  it('says of each what it means', () => {
    for (const { variable, meaning } of rows) expect(meaning.length, variable).toBeGreaterThan(10);
  });

  it.each(Object.entries(schemas))('gives examples that %s accepts', (_, schema) => {
    const examples = Object.fromEntries(rows.map(({ variable, example }) => [variable, example]));
    expect(schema.safeParse(examples).error?.issues ?? []).toEqual([]);
  });

  it.each(['PORT', 'SAMPLE_PATIENTS', 'SAMPLE_SEED'])('has %s, which npm start reads', (variable) => {
    expect(readFileSync(join(root, 'infra/laptop/start.ts'), 'utf8')).toContain(`${variable}:`);
    expect(page).toContain(`\`${variable}\``);
  });
});
