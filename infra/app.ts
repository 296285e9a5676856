import { join } from 'node:path';
import * as z from 'zod';
import { aftercareApp } from './aftercare-app.ts';
import { loadStages } from './settings/load-settings.ts';

/** What `cdk` was asked with `-c stage=dev`, read before there is an app: an app makes its folder at once. */
const asked = z
  .object({ stage: z.string().optional(), settings: z.string().optional() })
  .parse(JSON.parse(process.env['CDK_CONTEXT_JSON'] ?? '{}'));

const file = asked.settings ?? join(import.meta.dirname, 'settings/stages.json');
const loaded = loadStages(file, asked.stage);
if (loaded.outcome === 'refused') {
  process.stderr.write(`${loaded.problem}\n`);
  process.exitCode = 1;
} else {
  aftercareApp(loaded.stages).app.synth();
}
