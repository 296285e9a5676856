import { describe, expect, it } from 'vitest';
import { importsOf, readSourceTree } from '../../support/sources/source-tree.ts';
import { ambientProblems, importProblems } from './boundaries.ts';

const importing = (path: string, specifier: string) =>
  new Map([[path, `import { planted } from '${specifier}';\n`]]);

const containing = (path: string, text: string) => new Map([[path, text]]);

describe('the source tree', async () => {
  const tree = await readSourceTree(['shared', 'functions', 'infra', 'tests']);

  it('is read whole', () => {
    expect(tree.size).toBeGreaterThan(400);
    expect([...tree.values()].flatMap(importsOf).length).toBeGreaterThan(2000);
  });

  it('imports in the order of the layers, and packages where they belong', () => {
    expect(importProblems(tree)).toEqual([]);
  });

  it('uses the environment, the clock, chance and AWS clients only where they are handed out', () => {
    expect(ambientProblems(tree)).toEqual([]);
  });
});

describe('reading imports', () => {
  it.each([
    ["import { a } from './a.ts';", './a.ts', false],
    ['import type { A } from "../a.ts";', '../a.ts', true],
    ["import {\n  a,\n  type B,\n} from '../b.ts';", '../b.ts', false],
    ["import { type A, type B } from './types.ts';", './types.ts', true],
    ["import a, { type B } from './mixed.ts';", './mixed.ts', false],
    ["import * as z from 'zod';", 'zod', false],
    ["export { a } from './a.ts';", './a.ts', false],
    ["export type { A } from './a.ts';", './a.ts', true],
    ["export * from './all.ts';", './all.ts', false],
    ["export * as all from './all.ts';", './all.ts', false],
    ["import './side-effect.ts';", './side-effect.ts', false],
    ["const a = await import('./late.ts');", './late.ts', false],
    ["type A = import('./inline.ts').A;", './inline.ts', false],
    ["const url = 'https://example.org'; import { b } from './b.ts';", './b.ts', false],
    ["const glob = 'functions/*'; import { b } from './b.ts'; const end = '*/';", './b.ts', false],
  ])('finds the one in %j', (text, specifier, isType) => {
    expect(importsOf(text)).toEqual([{ specifier, isType }]);
  });

  it.each([
    "// import { a } from './a.ts';",
    "/*\n * import { a } from './a.ts';\n */",
    "const text = 'import is a word, from this too';",
  ])('finds none in %j', (text) => {
    expect(importsOf(text)).toEqual([]);
  });
});

describe('a planted import', () => {
  it.each([
    ['shared/platform/a.ts', '../protocol/plans.ts'],
    ['shared/protocol/a.ts', '../care/patient/episode.ts'],
    ['shared/protocol/a.ts', '../outcomes/cells/contribution.ts'],
    ['shared/care/patient/a.ts', '../../outcomes/cells/contribution.ts'],
    ['shared/care/survey/a.ts', '../../messages/en.ts'],
    ['shared/care/intake/a.ts', '../../operations/canary.ts'],
    ['shared/outcomes/claims/a.ts', '../../care/patient/episode.ts'],
    ['shared/outcomes/release/aws/a.ts', '../../../care/patient/aws/care-store.ts'],
    ['shared/outcomes/cells/a.ts', '../../counting/contribute.ts'],
    ['shared/counting/a.ts', '../operations/canary.ts'],
    ['shared/operations/a.ts', '../web/house/headers.ts'],
    ['shared/messages/a.ts', '../care/patient/episode.ts'],
    ['shared/email/a.ts', '../outcomes/claims/figures.ts'],
    ['shared/email/a.ts', '../web/survey/frame.ts'],
    ['shared/web/house/a.ts', '../../messages/en.ts'],
    ['shared/web/survey/a.tsx', '../../outcomes/claims/figures.ts'],
    ['shared/web/survey/a.tsx', '../stats/frame.ts'],
    ['shared/web/stats/a.tsx', '../../care/survey/answers.ts'],
    ['shared/web/stats/a.tsx', '../../counting/contribute.ts'],
    ['shared/web/stats/a.tsx', '../../email/mime.ts'],
    ['shared/care/patient/a.ts', '../../../functions/send-due-emails/create-handler.ts'],
    ['functions/serve-survey/a.ts', '../send-due-emails/create-handler.ts'],
    ['functions/serve-survey/a.ts', '../../infra/laptop/played-clock.ts'],
    ['functions/serve-survey/a.ts', '../../tests/support/samples/builders.ts'],
    ['functions/serve-survey/a.ts', '../../docs/examples.ts'],
    ['shared/protocol/a.ts', '../../tests/support/samples/builders.ts'],
    ['shared/protocol/a.ts', '../../docs/openapi.json'],
    ['infra/laptop/a.ts', '../../tests/support/samples/builders.ts'],
    ['infra/laptop/a.ts', '../../docs/openapi.json'],
    ['shared/new-layer/a.ts', '../platform/time.ts'],
    ['functions/serve-survey/a.ts', '../../shared/new-layer/a.ts'],
    ['functions/serve-survey/a.ts', '../../../shared/platform/time.ts'],
    ['infra/laptop/a.ts', '/srv/project/shared/platform/time.ts'],
    ['infra/laptop/a.ts', 'file:///srv/project/shared/platform/time.ts'],
  ])('is found when %s imports %s', (path, specifier) => {
    expect(importProblems(importing(path, specifier))).toHaveLength(1);
  });

  it('is found whatever its form', () => {
    const forms = [
      "import '../care/a.ts';",
      "import type { A } from '../care/a.ts';",
      "export * from '../care/a.ts';",
      "const a = await import('../care/a.ts');",
      "type A = import('../care/a.ts').A;",
    ];
    for (const form of forms) {
      expect(importProblems(containing('shared/outcomes/a.ts', form)), form).toHaveLength(1);
    }
  });

  it('is found when its specifier is computed', () => {
    const text = 'const path = a();\nexport const late = await import(path);\n';
    expect(importProblems(containing('shared/outcomes/a.ts', text))).toHaveLength(1);
  });

  it.each([
    ['shared/care/patient/a.ts', '@aws-sdk/client-dynamodb'],
    ['shared/outcomes/release/a.ts', '@aws-sdk/lib-dynamodb'],
    ['shared/platform/a.ts', '@aws-sdk/client-ses'],
    ['functions/serve-stats/a.ts', '@aws-sdk/client-dynamodb'],
    ['shared/protocol/a.ts', 'node:fs'],
    ['shared/care/emailing/a.ts', 'node:timers/promises'],
    ['shared/care/emailing/a.ts', 'node:process'],
    ['shared/outcomes/claims/a.ts', 'preact'],
    ['shared/messages/a.ts', 'zod'],
    ['shared/web/survey/browser/a.ts', 'preact'],
    ['shared/care/staff/a.ts', '@middy/core'],
    ['shared/care/survey/a.ts', 'csv-parse/sync'],
    ['functions/serve-survey/a.ts', 'aws-cdk-lib'],
  ])('is found when %s imports the package %s', (path, specifier) => {
    expect(importProblems(importing(path, specifier))).toHaveLength(1);
  });

  it.each([
    ['shared/care/patient/a.ts', './aws/care-store.ts'],
    ['shared/operations/a.ts', './aws/care-overview.ts'],
    ['shared/operations/export-patient.ts', '../care/patient/aws/items.ts'],
  ])('is found when %s imports the adapter %s', (path, specifier) => {
    expect(importProblems(importing(path, specifier))).toHaveLength(1);
  });
});

describe('an import in order', () => {
  it.each([
    ['shared/platform/calendar.ts', './time.ts'],
    ['shared/protocol/a.ts', '../platform/time.ts'],
    ['shared/care/survey/a.ts', '../patient/episode.ts'],
    ['shared/care/patient/aws/a.ts', '../../../platform/aws/dynamodb.ts'],
    ['shared/care/patient/aws/a.ts', '@aws-sdk/lib-dynamodb'],
    ['shared/outcomes/claims/a.ts', '../../protocol/measures.ts'],
    ['shared/counting/a.ts', '../care/patient/episode.ts'],
    ['shared/counting/a.ts', '../outcomes/cells/contribution.ts'],
    ['shared/operations/a.ts', '../counting/ports.ts'],
    ['shared/email/a.ts', '../care/survey/preselection.ts'],
    ['shared/web/stats/a.tsx', '../../messages/stats/en.ts'],
    ['shared/web/stats/csv.ts', 'csv-stringify/sync'],
    ['shared/care/intake/formats/a.ts', 'zod/mini'],
    ['functions/serve-survey/a.ts', './create-handler.ts'],
    ['functions/serve-survey/a.ts', '../../shared/platform/http/http.ts'],
    ['functions/serve-survey/a.ts', '@middy/core'],
    ['infra/laptop/a.ts', '../../functions/serve-survey/create-handler.ts'],
    ['infra/laptop/a.ts', 'node:child_process'],
    ['tests/unit/a.test.ts', '../../infra/laptop/played-clock.ts'],
    ['tests/unit/a.test.ts', '../../docs/openapi.json'],
    ['shared/outcomes/release/a.ts', '../../../package.json'],
  ])('is let through when %s imports %s', (path, specifier) => {
    expect(importProblems(importing(path, specifier))).toEqual([]);
  });
});

describe('a planted use of the machine', () => {
  const rule = 'shared/care/patient/a.ts';

  it.each([
    [rule, 'const table = process.env.CARE_TABLE;'],
    [rule, "const table = process['env'];"],
    [rule, 'const line = process.stdout.write("x");'],
    ['functions/serve-stats/create-handler.ts', 'const table = process.env.OUTCOMES_TABLE;'],
    [rule, 'const now = Date.now();'],
    [rule, 'const now = new Date();'],
    [rule, 'const now = new Date;'],
    [rule, 'const now = Date();'],
    ['shared/outcomes/release/a.ts', 'const today = Temporal.Now.plainDateISO();'],
    ['functions/serve-stats/routes.ts', 'const now = new Date();'],
    ['shared/care/emailing/a.ts', 'await new Promise((done) => setTimeout(done, 5));'],
    ['shared/care/emailing/a.ts', 'const started = performance.now();'],
    ['shared/outcomes/claims/a.ts', 'const pick = Math.random();'],
    [rule, 'const id = crypto.randomUUID();'],
    ['functions/serve-survey/create-handler.ts', 'const token = randomBytes(3);'],
    ['functions/serve-stats/serve.ts', 'const client = new DynamoDBClient({});'],
    ['functions/tell-staff/new-notices.ts', 'const client = sesClient();'],
    ['shared/operations/a.ts', 'const client = documentClient();'],
  ])('is found in %s: %s', (path, text) => {
    expect(ambientProblems(containing(path, text))).toHaveLength(1);
  });

  it.each([
    ['shared/platform/logging/runtime.ts', 'const now = new Date(); const { env } = process; Math.random();'],
    ['shared/care/patient/aws/a.ts', 'const client = new DynamoDBClient({ region: process.env.REGION });'],
    ['functions/serve-stats/handler.ts', 'export const handler = createHandler(process.env);'],
    ['functions/serve-stats/create-handler.ts', 'const client = documentClient();'],
    ['shared/web/stats/browser/a.ts', 'const now = Date.now();'],
    [rule, '// Date.now() would tie the rule to the clock.\nconst at = new Date(instant);'],
    [rule, "const text = 'It is a short process.';"],
    ['infra/laptop/a.ts', 'const port = process.env.PORT ?? Date.now();'],
  ])('is let through in %s: %s', (path, text) => {
    expect(ambientProblems(containing(path, text))).toEqual([]);
  });
});
