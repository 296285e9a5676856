import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Architecture, type Code, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { LogLevel, NodejsFunction, OutputFormat, SourceMapMode } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type * as z from 'zod/mini';
import { acknowledge } from './acknowledge.ts';
import { bundleSettings } from './bundle-settings.ts';
import { functionAcknowledgements } from './function-acknowledgements.ts';
import { checkEnvironment, type FunctionEnvironment } from './function-environment.ts';
import { HouseAlarm } from './house-alarm.ts';
import { starResources } from './star-resources.ts';

const root = join(import.meta.dirname, '../..');

/** What all functions of a stage have in common. */
export type FunctionSurroundings = {
  readonly stage: string;
  readonly prefix: string;
  readonly logPrefix: string;
  readonly metricNamespace: string;
  readonly logKey: IKey;
  readonly logRetention: RetentionDays;
  readonly topic: ITopic;
  /** Given by tests, which look at templates and not at bundles. */
  readonly code?: Code;
};

export type HouseFunctionProps<Schema extends z.ZodMiniObject> = FunctionSurroundings & {
  /** The folder under `functions/`. */
  readonly name: string;
  readonly schema: Schema;
  readonly environment: FunctionEnvironment<Schema>;
  /** All that the function may do, besides writing its log. */
  readonly access: readonly PolicyStatement[];
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  /** The most that run at once: a limit on cost, and on what one function can take from another. */
  readonly concurrency: number;
  /** For a function that is called asynchronously: its tries, and where the event goes after the last one. */
  readonly async?: { readonly retries: 0 | 1 | 2; readonly queue: IQueue; readonly queueKey: IKey };
  /** What it does to people while the function fails. */
  readonly errorImpact: string;
};

/** A source map of ours would give away the source: it stays with whoever built, under `cdk.out/source-maps`. */
const keepSourceMap = (name: string) => ({
  beforeBundling: () => [],
  beforeInstall: () => [],
  afterBundling: (_input: string, output: string) => [
    `mkdir -p "${join(root, 'cdk.out/source-maps')}"`,
    `mv "${join(output, 'index.js.map')}" "${join(root, 'cdk.out/source-maps', `${name}.js.map`)}"`,
  ],
});

/** A function with all that belongs to one: a bundle, a role of its own, an encrypted log, an alarm on errors. */
export class HouseFunction<Schema extends z.ZodMiniObject> extends Construct {
  readonly function: NodejsFunction;
  readonly logGroup: LogGroup;
  readonly policy: ManagedPolicy;

  constructor(scope: Construct, id: string, props: HouseFunctionProps<Schema>) {
    super(scope, id);
    checkEnvironment(props.name, props.schema, props.environment);
    this.logGroup = new LogGroup(this, 'Log', {
      logGroupName: `${props.logPrefix}/${props.name}`,
      retention: props.logRetention,
      encryptionKey: props.logKey,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new Role(this, 'Role', {
      roleName: `${props.prefix}-${props.name}`,
      description: `What ${props.name} may do.`,
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    });
    this.policy = this.policyFor(props, role);
    this.function = new NodejsFunction(this, 'Function', {
      functionName: `${props.prefix}-${props.name}`,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: props.memoryMb,
      timeout: Duration.seconds(props.timeoutSeconds),
      reservedConcurrentExecutions: props.concurrency,
      tracing: Tracing.DISABLED,
      role: role.withoutPolicyUpdates(),
      logGroup: this.logGroup,
      environment: { ...props.environment, METRICS_NAMESPACE: props.metricNamespace },
      ...(props.async === undefined
        ? {}
        : {
            retryAttempts: props.async.retries,
            maxEventAge: Duration.hours(6),
            onFailure: new SqsDestination(props.async.queue),
          }),
      ...(props.code === undefined
        ? this.bundled(props.name)
        : { code: props.code, handler: 'index.handler' }),
    });
    this.function.node.addDependency(this.policy);
    acknowledge(this.function, functionAcknowledgements(props.async !== undefined));
    new HouseAlarm(this, 'Errors', {
      name: `${props.name}-errors`,
      stage: props.stage,
      metric: this.function.metricErrors({ period: Duration.minutes(5) }),
      impact: props.errorImpact,
      topic: props.topic,
    });
  }

  private bundled(name: string) {
    rmSync(join(root, 'cdk.out/source-maps', `${name}.js.map`), { force: true });
    return {
      entry: join(root, 'functions', name, 'handler.ts'),
      handler: 'handler',
      projectRoot: root,
      depsLockFilePath: join(root, 'package-lock.json'),
      bundling: {
        format: OutputFormat.CJS,
        ...bundleSettings,
        bundleAwsSDK: true,
        sourceMap: true,
        sourceMapMode: SourceMapMode.EXTERNAL,
        sourcesContent: false,
        logLevel: LogLevel.WARNING,
        commandHooks: keepSourceMap(name),
      },
    };
  }

  private policyFor(props: HouseFunctionProps<Schema>, role: Role): ManagedPolicy {
    const policy = new ManagedPolicy(this, 'Access', {
      description: `What ${props.name} may do.`,
      roles: [role],
      statements: [
        new PolicyStatement({
          actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
          resources: [this.logGroup.logGroupArn],
        }),
        ...props.access,
        ...(props.async === undefined ? [] : deadLetterAccess(props.async)),
      ],
    });
    const stars = props.access.filter(({ resources }) => resources.includes('*'));
    if (stars.length > 0) {
      acknowledge(policy, {
        'AwsSolutions-IAM5[Resource::*]': reasonsFor(stars.flatMap(({ actions }) => actions)),
      });
    }
    return policy;
  }
}

const deadLetterAccess = ({ queue, queueKey }: { readonly queue: IQueue; readonly queueKey: IKey }) => [
  new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [queue.queueArn] }),
  new PolicyStatement({ actions: ['kms:Decrypt', 'kms:GenerateDataKey'], resources: [queueKey.keyArn] }),
];

/** Takes actions that are allowed on `*`, gives the reasons. Throws on one that AWS lets narrow to a resource. */
const reasonsFor = (actions: readonly string[]): string =>
  actions
    .map((action) => {
      const known = Object.entries(starResources).find(([name]) => name === action);
      if (known === undefined) throw new Error(`${action} must not be allowed on every resource.`);
      return `${action}: ${known[1]}`;
    })
    .join(' ');
