import { readdir, readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importProblems, importsOf, type SourceFile } from './import-direction.ts';

const root = join(import.meta.dirname, '../../..');

const sourceFiles = async (): Promise<readonly SourceFile[]> => {
  const folders = ['shared', 'functions', 'infra', 'tests'];
  const found = await Promise.all(
    folders.map(async (folder) =>
      (await readdir(join(root, folder), { recursive: true }))
        .filter((path) => /\.tsx?$/.test(path) && !path.includes('node_modules'))
        .map((path) => `${folder}/${path.split(sep).join('/')}`),
    ),
  );
  return Promise.all(
    found.flat().map(async (path) => ({ path, text: await readFile(join(root, path), 'utf8') })),
  );
};

describe('imports', () => {
  it('run one way in all of the project', async () => {
    const files = await sourceFiles();
    expect(files.length).toBeGreaterThan(200);
    expect(files.flatMap(({ text }) => importsOf(text)).length).toBeGreaterThan(600);
    expect(importProblems(files)).toEqual([]);
  });
});

describe('the check itself', () => {
  it.each([
    ["import { a } from './a.ts';", ['./a.ts']],
    ['import type { A } from "../a.ts";', ['../a.ts']],
    ["import {\n  a,\n  type B,\n} from '../b.ts';", ['../b.ts']],
    ["export { a } from './a.ts';", ['./a.ts']],
    ["export * from './a.ts';", ['./a.ts']],
    ["import './side-effect.ts';", ['./side-effect.ts']],
    ["const a = await import('./late.ts');", ['./late.ts']],
    ["// import { a } from './a.ts';", []],
    ["/*\n * import { a } from './a.ts';\n */", []],
    ["const url = 'https://example.org'; import { b } from './b.ts';", ['./b.ts']],
  ])('reads %j', (text, imports) => {
    expect(importsOf(text)).toEqual(imports);
  });

  it.each([
    ['shared/domain/a.ts', '../application/ports.ts'],
    ['shared/domain/a.ts', '../adapters/system/clock.ts'],
    ['shared/domain/a.ts', '../tables.ts'],
    ['shared/domain/a.ts', '../messages/en.ts'],
    ['shared/domain/a.ts', '@aws-sdk/client-dynamodb'],
    ['shared/domain/a.ts', 'node:fs'],
    ['shared/domain/a.ts', 'node:timers/promises'],
    ['shared/domain/a.ts', '../../docs/openapi.json'],
    ['shared/application/a.ts', '../adapters/system/clock.ts'],
    ['shared/application/a.ts', '@aws-sdk/client-ses'],
    ['shared/adapters/ses/a.ts', '../../web/frame.ts'],
    ['shared/adapters/ses/a.ts', '../../../functions/send-due-emails/create-handler.ts'],
    ['shared/web/a.tsx', '../email/mime.ts'],
    ['shared/web/a.tsx', '../adapters/system/clock.ts'],
    ['shared/email/a.ts', '../web/frame.ts'],
    ['functions/serve-survey/a.ts', '../send-due-emails/compose.ts'],
    ['functions/serve-survey/a.ts', '../../infra/laptop/emulation/functions/laptop-aws.ts'],
    ['functions/serve-survey/a.ts', '../../tests/support/samples/builders.ts'],
    ['shared/domain/a.ts', '../../tests/support/samples/builders.ts'],
    ['infra/local/a.ts', '../../tests/support/samples/builders.ts'],
    ['functions/serve-survey/a.ts', '../../../shared/platform/time.ts'],
    ['infra/local/a.ts', '/srv/project/shared/platform/time.ts'],
  ])('finds %s importing %s', (path, specifier) => {
    const text = `import { planted } from '${specifier}';`;
    expect(importProblems([{ path, text }]).length).toBe(1);
  });

  it.each([
    ['shared/domain/a.ts', './time.ts'],
    ['shared/domain/a.ts', 'node:crypto'],
    ['shared/application/a.ts', '../domain/time.ts'],
    ['shared/adapters/dynamodb/a.ts', '../../tables.ts'],
    ['shared/adapters/ses/a.ts', '../system/clock.ts'],
    ['shared/web/stats/a.tsx', '../../messages/en.ts'],
    ['functions/serve-survey/a.ts', './compose.ts'],
    ['functions/serve-survey/a.ts', '../../shared/platform/http/http.ts'],
    ['infra/local/a.ts', '../../functions/serve-survey/create-handler.ts'],
    ['tests/unit/a.test.ts', '../../infra/laptop/emulation/functions/laptop-aws.ts'],
    ['tests/unit/a.test.ts', '../../package.json'],
  ])('lets %s import %s', (path, specifier) => {
    expect(importProblems([{ path, text: `import { fine } from '${specifier}';` }])).toEqual([]);
  });
});
