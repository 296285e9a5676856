import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { aftercareApp } from './aftercare-app.ts';
import { loadStages } from './settings/load-settings.ts';

/** Takes a key of the context (`cdk synth -c stage=dev`), gives its text. */
const asked = (key: string): string | undefined => {
  const value: unknown = new App({ autoSynth: false, analyticsReporting: false }).node.tryGetContext(key);
  return typeof value === 'string' ? value : undefined;
};

const file = asked('settings') ?? join(import.meta.dirname, 'settings/stages.json');
const loaded = loadStages(file, asked('stage'));
if (loaded.outcome === 'refused') {
  process.stderr.write(`${loaded.problem}\n`);
  process.exitCode = 1;
} else {
  aftercareApp(loaded.stages).app.synth();
}
