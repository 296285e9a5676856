import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { type AftercareOptions, aftercareApp } from '../../../infra/aftercare-app.ts';
import { loadStages, type Stage } from '../../../infra/settings/load-settings.ts';

/** The settings file that the app is synthesized from. */
export const settingsFile = join(import.meta.dirname, '../../../infra/settings/stages.json');

/** All stages of the settings file. */
export const allStages = (): readonly Stage[] => {
  const loaded = loadStages(settingsFile, undefined);
  if (loaded.outcome === 'refused') throw new Error(loaded.problem);
  return loaded.stages;
};

export type StageTemplates = { readonly stateful: Template; readonly service: Template };

/**
 * Synthesizes the templates of stages. The rule packs check them on the way, and throw on a finding that is not
 * acknowledged. Bundles are left out, since no template depends on their content.
 */
export const templatesOf = (
  stages: readonly Stage[],
  options: Pick<AftercareOptions, 'functions' | 'runbookFolder'> = {},
): ReadonlyMap<string, StageTemplates> => {
  const outdir = mkdtempSync(join(tmpdir(), 'aftercare-cdk-'));
  try {
    const { app, stacks } = aftercareApp(stages, {
      ...options,
      app: { outdir },
      code: () => Code.fromInline('// left out'),
    });
    const assembly = app.synth();
    const templateOf = (stackName: string): Template =>
      Template.fromJSON(assembly.getStackByName(stackName).template);
    return new Map(
      Object.entries(stacks).map(([name, { stateful, service }]) => [
        name,
        { stateful: templateOf(stateful.stackName), service: templateOf(service.stackName) },
      ]),
    );
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
};

const cached = new Map<string, StageTemplates>();

/** The templates of a stage, synthesized once per test file. */
export const templates = (stage: string): StageTemplates => {
  if (cached.size === 0) for (const [name, made] of templatesOf(allStages())) cached.set(name, made);
  const found = cached.get(stage);
  if (found === undefined) throw new Error(`There is no stage ${stage}.`);
  return found;
};

export const stageNames = ['dev', 'staging', 'production'] as const;
