import { App, type AppProps, Tags, Validations } from 'aws-cdk-lib';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks, ServerlessChecks } from 'cdk-nag';
import type { FunctionManifest } from '../shared/platform/function-manifest.ts';
import { functions } from './functions.ts';
import { ContradictionChecks } from './guards/contradiction-checks.ts';
import type { Stage } from './settings/load-settings.ts';
import { namesOf } from './settings/names.ts';
import { ServiceStack } from './stacks/service-stack.ts';
import { StatefulStack } from './stacks/stateful-stack.ts';

export type AftercareOptions = {
  readonly app?: AppProps;
  /** The functions to deploy; all of `infra/functions.ts` when absent. */
  readonly functions?: readonly FunctionManifest[];
  /** Stands in for the bundles in tests, which look at templates only. */
  readonly code?: () => Code;
  /** Where runbooks are looked for; `docs/runbooks` when absent. */
  readonly runbookFolder?: string;
};

export type AftercareStacks = { readonly stateful: StatefulStack; readonly service: ServiceStack };

/** Creates the app with two stacks for each stage. Four rule packs and our own check it when it is synthesized. */
export const aftercareApp = (
  stages: readonly Stage[],
  options: AftercareOptions = {},
): { readonly app: App; readonly stacks: Readonly<Record<string, AftercareStacks>> } => {
  const app = new App({ ...options.app, autoSynth: false, analyticsReporting: false });
  const stacks = Object.fromEntries(stages.map((stage) => [stage.name, stacksOf(app, stage, options)]));
  Validations.of(app).addPlugins(
    new AwsSolutionsChecks(app),
    new HIPAASecurityChecks(app),
    new NIST80053R5Checks(app),
    new ServerlessChecks(app),
    new ContradictionChecks(),
  );
  return { app, stacks };
};

const stacksOf = (app: App, stage: Stage, options: AftercareOptions): AftercareStacks => {
  const { prefix } = namesOf(stage.name);
  const { account, region } = stage.settings;
  const common = {
    stage,
    env: { region, ...(account === undefined ? {} : { account }) },
    terminationProtection: true,
  };
  const stateful = new StatefulStack(app, `${prefix}-stateful`, {
    ...common,
    description: `Aftercare ${stage.name}: what outlives every deployment.`,
  });
  const service = new ServiceStack(app, `${prefix}-service`, {
    ...common,
    stateful,
    terminationProtection: false,
    description: `Aftercare ${stage.name}: functions, events, pages, alarms.`,
    functions: options.functions ?? functions,
    ...(options.code === undefined ? {} : { code: options.code() }),
    ...(options.runbookFolder === undefined ? {} : { runbookFolder: options.runbookFolder }),
  });
  for (const stack of [stateful, service]) {
    Tags.of(stack).add('project', 'aftercare');
    Tags.of(stack).add('stage', stage.name);
  }
  return { stateful, service };
};
