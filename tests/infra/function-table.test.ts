import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { functions } from '../../infra/functions.ts';
import { functionTable, withFunctionTable } from '../../infra/tools/function-table.ts';

const root = join(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs/architecture.md'), 'utf8');

describe('the table of functions in docs/architecture.md', () => {
  it('is current: `npm run schemas` writes it', () => {
    expect(page).toContain(functionTable(functions));
    expect(withFunctionTable(page, functions)).toBe(page);
  });

  it('changes with a manifest', () => {
    const [first, ...rest] = functions;
    expect(withFunctionTable(page, [{ ...first, memoryMb: 4096 }, ...rest])).not.toBe(page);
  });

  it('needs its markers', () => {
    expect(() => withFunctionTable('# A page\n', functions)).toThrow('no markers');
  });
});

describe('each function', () => {
  it.each(functions)('$name: its folder has its name, and its metrics and log lines carry it', ({ name }) => {
    const handler = readFileSync(join(root, 'functions', name, 'handler.ts'), 'utf8');
    expect(handler).toContain(`lambdaRuntime('${name}')`);
  });
});
