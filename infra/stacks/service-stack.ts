import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import type { FunctionManifest } from '../../shared/platform/function-manifest.ts';
import { acknowledge } from '../constructs/acknowledge.ts';
import type { AlarmSurroundings } from '../constructs/house-alarm.ts';
import type { FunctionSurroundings } from '../constructs/house-function.ts';
import { forThisAccount, HouseKey } from '../constructs/house-key.ts';
import type { Stage } from '../settings/load-settings.ts';
import { namesOf } from '../settings/names.ts';
import { stageVariables } from '../settings/variables.ts';
import { Alarms } from './service/alarms.ts';
import { ClinicBus } from './service/clinic-bus.ts';
import { createDashboard } from './service/dashboard.ts';
import { DeadLetterQueues } from './service/dead-letters.ts';
import { Edge } from './service/edge.ts';
import { EventRules } from './service/event-rules.ts';
import { Firewall } from './service/firewall.ts';
import { Functions } from './service/functions.ts';
import { HouseApi, intakeAuthorizer } from './service/house-api.ts';
import { OriginSecret } from './service/origin-secret.ts';
import { readStreams } from './service/streams.ts';
import type { StatefulStack } from './stateful-stack.ts';

export type ServiceStackProps = StackProps & {
  readonly stage: Stage;
  readonly stateful: StatefulStack;
  readonly functions: readonly FunctionManifest[];
  /** Stands in for the bundles in tests, which look at templates only. */
  readonly code?: Code;
  /** Where runbooks are looked for; `docs/runbooks` unless a test has its own. */
  readonly runbookFolder?: string;
};

/** Everything that can be deleted and deployed again: functions, events, pages, alarms. */
export class ServiceStack extends Stack {
  constructor(scope: Construct, id: string, props: ServiceStackProps) {
    super(scope, id, props);
    const { stage, stateful, functions: manifests } = props;
    const { settings } = stage;
    const names = namesOf(stage.name);
    const { email } = stateful;
    const logs = { logKey: stateful.logKey, logRetention: settings.logRetentionDays };
    const transitKey = this.makeTransitKey(names.prefix);
    const alarms: AlarmSurroundings = {
      stage: stage.name,
      topic: this.makeTopic(names.prefix, transitKey, settings.alarmAddress),
      ...(props.runbookFolder === undefined ? {} : { runbookFolder: props.runbookFolder }),
    };
    const queues = new DeadLetterQueues(this, 'DeadLetters', {
      ...alarms,
      functions: manifests,
      key: transitKey,
    });
    const { bus } = new ClinicBus(this, 'Clinic', {
      name: names.bus,
      key: transitKey,
      eventSource: settings.eventSource,
      accounts: settings.eventAccounts,
    });
    const secret = new OriginSecret(this, 'OriginSecret', {
      key: transitKey,
      generation: settings.originSecretGeneration,
    });
    const surroundings: FunctionSurroundings = {
      ...alarms,
      prefix: names.prefix,
      logPrefix: names.logPrefix,
      metricNamespace: names.metricNamespace,
      ...logs,
      ...(props.code === undefined ? {} : { code: props.code }),
    };
    const api = (name: string, description: string) => ({
      name: `${names.prefix}-${name}`,
      description,
      rate: 50,
      burst: 100,
      logGroupName: `${names.logPrefix}/api/${name}`,
      ...logs,
    });
    const pages = new HouseApi(this, 'Pages', api('pages', 'Behind CloudFront: patients and visitors.'));
    const edge = new Edge(this, 'Edge', {
      prefix: names.prefix,
      api: pages,
      originSecret: secret.current,
      firewallArn: new Firewall(this, 'Firewall', { prefix: names.prefix, ...logs }).arn,
      ...(settings.domain === undefined ? {} : { domain: settings.domain }),
    });
    const { all: functions } = new Functions(this, 'Functions', {
      manifests,
      surroundings,
      targets: {
        care: stateful.careAccess,
        outcomes: stateful.outcomesAccess,
        careStreamArn: stateful.careStreamArn,
        email: {
          identityArn: email.identity.emailIdentityArn,
          configurationSetArn: email.configurationSetArn,
          from: settings.emailFrom,
        },
      },
      variables: stageVariables(stage, names, { baseUrl: edge.url, originSecrets: secret.accepted }),
      queues,
      queueKey: transitKey,
    });
    acknowledge(pages.api, {
      'AwsSolutions-APIG4':
        'Patients have no account: the token in the link, 144 random bits, says who they are, and figures are public. The functions answer only what CloudFront passes on, behind the firewall.',
    });
    pages.serve('pages', functions);
    const intake = new HouseApi(this, 'Intake', {
      ...api('intake', 'For clinic systems, each of which proves who it is.'),
      authorizer: intakeAuthorizer(settings),
    });
    intake.serve('intake', functions);
    new EventRules(this, 'Rules', {
      prefix: names.prefix,
      bus,
      eventSource: settings.eventSource,
      configurationSet: names.configurationSet,
      functions,
    });
    readStreams(this, stateful.careStreamArn, functions);
    new Alarms(this, 'Alarms', {
      surroundings: alarms,
      metricNamespace: names.metricNamespace,
      functions,
      pages: pages.api,
      intake: intake.api,
    });
    createDashboard(this, {
      name: names.prefix,
      metricNamespace: names.metricNamespace,
      functions,
      apis: { pages: pages.api, intake: intake.api },
      queues: queues.all,
    });
    new CfnOutput(this, 'PagesUrl', { value: edge.url, description: 'Where patients and visitors come in.' });
    new CfnOutput(this, 'IntakeUrl', {
      value: intake.api.apiEndpoint,
      description: 'Where clinic systems post to.',
    });
    new CfnOutput(this, 'BusArn', {
      value: bus.eventBusArn,
      description: 'Where clinic systems put events on.',
    });
  }

  /** One key for data in transit: events and their archive, dead letters, alarms, the secret of the CDN. */
  private makeTransitKey(prefix: string): Key {
    const use = ['kms:Decrypt', 'kms:GenerateDataKey'];
    const conditions = forThisAccount(this);
    return new HouseKey(this, 'TransitKey', {
      alias: `${prefix}-transit`,
      description: 'Encrypts events, dead letters and alarms on their way.',
      users: [
        {
          service: 'events.amazonaws.com',
          actions: [...use, 'kms:DescribeKey', 'kms:ReEncrypt*'],
          conditions,
        },
        { service: 'cloudwatch.amazonaws.com', actions: use, conditions },
      ],
    }).key;
  }

  private makeTopic(prefix: string, key: Key, address: string): Topic {
    const topic = new Topic(this, 'Operations', {
      topicName: `${prefix}-alarms`,
      masterKey: key,
      enforceSSL: true,
    });
    topic.addSubscription(new EmailSubscription(address));
    // A topic with a policy of its own loses SNS's default one, by which the account's alarms may publish.
    topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: forThisAccount(this),
      }),
    );
    acknowledge(topic, {
      'Serverless-SNSRedrivePolicy':
        'An email that does not arrive has nowhere to be redriven to; every alarm stays on the dashboard until it is over.',
    });
    return topic;
  }
}
