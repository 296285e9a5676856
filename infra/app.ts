import { join } from 'node:path';
import * as z from 'zod';
import { aftercareApp } from './aftercare-app.ts';
import { loadStages } from './settings/load-settings.ts';
import { claimComplaints } from './tools/claim-complaints.ts';

/** The context of `cdk -c stage=dev`, read before there is an app, because an app creates its folder at once. */
const context = z
  .object({ stage: z.string().optional(), settings: z.string().optional() })
  .parse(JSON.parse(process.env['CDK_CONTEXT_JSON'] ?? '{}'));

const file = context.settings ?? join(import.meta.dirname, 'settings/stages.json');
const loaded = loadStages(file, context.stage);
const problems = [...claimComplaints(), ...(loaded.outcome === 'refused' ? [loaded.problem] : [])];
if (loaded.outcome === 'refused' || problems.length > 0) {
  process.stderr.write(`${problems.join('\n')}\n`);
  process.exitCode = 1;
} else {
  aftercareApp(loaded.stages).app.synth();
}
