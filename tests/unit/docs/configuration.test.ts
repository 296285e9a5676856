import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { functions } from '../../../infra/functions.ts';

const root = join(import.meta.dirname, '../../..');
const page = readFileSync(join(root, 'docs/configuration.md'), 'utf8');
const table = page.split(/<!-- variables: (?:begin|end) -->/)[1] ?? '';

const rows = table
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
for (const { name, environment } of functions.toSorted((a, b) => a.name.localeCompare(b.name))) {
  for (const variable of Object.keys(environment.shape)) {
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

  it.each(functions)('gives examples that $name accepts', ({ environment }) => {
    const examples = Object.fromEntries(rows.map(({ variable, example }) => [variable, example]));
    expect(environment.safeParse(examples).error?.issues ?? []).toEqual([]);
  });

  it.each(['PORT', 'SAMPLE_PATIENTS', 'SAMPLE_SEED'])('has %s, which npm start reads', (variable) => {
    expect(readFileSync(join(root, 'infra/laptop/start.ts'), 'utf8')).toContain(`${variable}:`);
    expect(page).toContain(`\`${variable}\``);
  });
});
