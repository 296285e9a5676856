import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  ApplicationLogLevel,
  Architecture,
  type Code,
  LoggingFormat,
  Runtime,
  SystemLogLevel,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { LogLevel, NodejsFunction, OutputFormat, SourceMapMode } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { FunctionManifest } from '../../shared/platform/function-manifest.ts';
import { acknowledge } from './acknowledge.ts';
import { bundleSettings } from './bundle-settings.ts';
import { checkEnvironment } from './check-environment.ts';
import { checkTimeBudget } from './check-time-budget.ts';
import { functionAcknowledgements } from './function-acknowledgements.ts';
import { type AlarmSurroundings, HouseAlarm } from './house-alarm.ts';
import { starResources } from './star-resources.ts';

const root = join(import.meta.dirname, '../..');

/** What all functions of a stage have in common. */
export type FunctionSurroundings = AlarmSurroundings & {
  readonly prefix: string;
  readonly logPrefix: string;
  readonly metricNamespace: string;
  readonly logKey: IKey;
  readonly logRetention: RetentionDays;
  /** Stands in for the bundles in tests, which look at templates only. */
  readonly code?: Code;
};

/** The queue for events that a function gave up on, and the key that encrypts it. */
export type FailureQueue = { readonly queue: IQueue; readonly key: IKey };

export type HouseFunctionProps = FunctionSurroundings & {
  readonly manifest: FunctionManifest;
  readonly environment: Readonly<Record<string, string>>;
  /** Everything the function may do, apart from writing its log and its dead letters. */
  readonly access: readonly PolicyStatement[];
  /** Required unless the function is called over HTTP, where the caller gets the error. */
  readonly failures?: FailureQueue;
};

/** Moves a bundle's source map, which would reveal the source, out of the asset to `cdk.out/source-maps`. */
const keepSourceMap = (name: string) => ({
  beforeBundling: () => [],
  beforeInstall: () => [],
  afterBundling: (_input: string, output: string) => [
    `mkdir -p "${join(root, 'cdk.out/source-maps')}"`,
    `mv "${join(output, 'index.js.map')}" "${join(root, 'cdk.out/source-maps', `${name}.js.map`)}"`,
  ],
});

/**
 * JSON, so that errors which the runtime itself logs (uncaught, or thrown while loading) have the `level` that the
 * runbooks filter by. WARN drops the three platform lines of each successful invocation; a time-out is still logged,
 * as a `platform.report` without a level. INFO is what Lambda takes lines without a level for: metrics are such lines.
 */
const logging = {
  loggingFormat: LoggingFormat.JSON,
  applicationLogLevelV2: ApplicationLogLevel.INFO,
  systemLogLevelV2: SystemLogLevel.WARN,
};

/** A function with everything that belongs to it: bundle, role, encrypted log, alarm on errors. */
export class HouseFunction extends Construct {
  readonly function: NodejsFunction;
  readonly logGroup: LogGroup;
  readonly policy: ManagedPolicy;

  constructor(scope: Construct, id: string, props: HouseFunctionProps) {
    super(scope, id);
    const { manifest } = props;
    const { name, trigger } = manifest;
    checkEnvironment(manifest, props.environment);
    checkTimeBudget(manifest);
    this.logGroup = new LogGroup(this, 'Log', {
      logGroupName: `${props.logPrefix}/${name}`,
      retention: props.logRetention,
      encryptionKey: props.logKey,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new Role(this, 'Role', {
      roleName: `${props.prefix}-${name}`,
      description: `What ${name} may do.`,
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    });
    this.policy = this.policyFor(props, role);
    this.function = new NodejsFunction(this, 'Function', {
      functionName: `${props.prefix}-${name}`,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: manifest.memoryMb,
      timeout: Duration.seconds(manifest.timeoutSeconds),
      reservedConcurrentExecutions: manifest.maxConcurrency,
      tracing: Tracing.DISABLED,
      role: role.withoutPolicyUpdates(),
      logGroup: this.logGroup,
      ...logging,
      environment: { ...props.environment, METRICS_NAMESPACE: props.metricNamespace },
      ...('maxRetries' in trigger && props.failures !== undefined
        ? {
            retryAttempts: trigger.maxRetries,
            maxEventAge: Duration.hours(6),
            onFailure: new SqsDestination(props.failures.queue),
          }
        : {}),
      ...(props.code === undefined ? this.bundled(name) : { code: props.code, handler: 'index.handler' }),
    });
    this.function.node.addDependency(this.policy);
    acknowledge(this.function, functionAcknowledgements(trigger));
    new HouseAlarm(this, 'Errors', {
      stage: props.stage,
      topic: props.topic,
      ...(props.runbookFolder === undefined ? {} : { runbookFolder: props.runbookFolder }),
      name: `${name}-errors`,
      metric: this.function.metricErrors({ period: Duration.minutes(5) }),
      impact: manifest.errorImpact,
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

  private policyFor({ manifest, access, failures }: HouseFunctionProps, role: Role): ManagedPolicy {
    const policy = new ManagedPolicy(this, 'Access', {
      description: `What ${manifest.name} may do.`,
      roles: [role],
      statements: [
        new PolicyStatement({
          actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
          resources: [this.logGroup.logGroupArn],
        }),
        ...access,
        ...(failures === undefined ? [] : deadLetterAccess(failures)),
      ],
    });
    const stars = access.filter(({ resources }) => resources.includes('*'));
    if (stars.length > 0) {
      acknowledge(policy, {
        'AwsSolutions-IAM5[Resource::*]': reasonsFor(stars.flatMap(({ actions }) => actions)),
      });
    }
    return policy;
  }
}

const deadLetterAccess = ({ queue, key }: FailureQueue) => [
  new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [queue.queueArn] }),
  new PolicyStatement({ actions: ['kms:Decrypt', 'kms:GenerateDataKey'], resources: [key.keyArn] }),
];

/** Returns why these actions are allowed on `*`. Throws on one that AWS can narrow to a resource. */
const reasonsFor = (actions: readonly string[]): string =>
  actions
    .map((action) => {
      const known = Object.entries(starResources).find(([name]) => name === action);
      if (known === undefined) throw new Error(`${action} must not be allowed on every resource.`);
      return `${action}: ${known[1]}`;
    })
    .join(' ');
