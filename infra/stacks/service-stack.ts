import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Key } from 'aws-cdk-lib/aws-kms';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import { acknowledge } from '../constructs/acknowledge.ts';
import type { FunctionSurroundings } from '../constructs/house-function.ts';
import { forThisAccount, HouseKey } from '../constructs/house-key.ts';
import type { Stage } from '../settings/load-settings.ts';
import { namesOf } from '../settings/names.ts';
import { Alarms } from './service/alarms.ts';
import { Counting } from './service/counting.ts';
import { makeDashboard } from './service/dashboard.ts';
import { DeadLetters } from './service/dead-letters.ts';
import { Edge, pageRoutes } from './service/edge.ts';
import { ClinicBus, EventRules } from './service/events.ts';
import { Firewall } from './service/firewall.ts';
import { Functions } from './service/functions.ts';
import { HouseApi } from './service/house-api.ts';
import { intakeAuthorizer, intakeRoutes } from './service/intake.ts';
import { OriginSecret } from './service/origin-secret.ts';
import { Telling } from './service/telling.ts';
import type { StatefulStack } from './stateful-stack.ts';

export type ServiceStackProps = StackProps & {
  readonly stage: Stage;
  readonly stateful: StatefulStack;
  /** Given by tests, which look at templates and not at bundles. */
  readonly code?: Code;
};

/** All that can be thrown away and deployed again: functions, events, pages, alarms. */
export class ServiceStack extends Stack {
  constructor(scope: Construct, id: string, { stage, stateful, code, ...props }: ServiceStackProps) {
    super(scope, id, props);
    const { settings } = stage;
    const names = namesOf(stage.name);
    const { logKey, email } = stateful;
    const logs = { logKey, logRetention: settings.logRetentionDays };
    const transitKey = this.makeTransitKey(names.prefix);
    const topic = this.makeTopic(names.prefix, transitKey, settings.alarmAddress);
    const letters = new DeadLetters(this, 'DeadLetters', { stage: stage.name, key: transitKey, topic });
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
      stage: stage.name,
      prefix: names.prefix,
      logPrefix: names.logPrefix,
      metricNamespace: names.metricNamespace,
      ...logs,
      topic,
      ...(code === undefined ? {} : { code }),
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
    const { byName } = new Functions(this, 'Functions', {
      surroundings,
      settings,
      targets: {
        care: stateful.careAccess,
        outcomes: stateful.outcomesAccess,
        careStreamArn: stateful.careStreamArn,
        email: {
          identityArn: email.identity.emailIdentityArn,
          configurationSetArn: email.configurationSetArn,
          from: settings.emailFrom,
        },
        uncounted: { queueArn: letters.uncounted.queueArn, keyArn: transitKey.keyArn },
        untold: { queueArn: letters.untold.queueArn, keyArn: transitKey.keyArn },
      },
      tables: { care: names.careTable, outcomes: names.outcomesTable },
      baseUrl: edge.url,
      originSecrets: secret.accepted,
      configurationSet: names.configurationSet,
      queues: letters.ofFunction,
      queueKey: transitKey,
    });
    acknowledge(pages.api, {
      'AwsSolutions-APIG4':
        'Patients have no account: the token in the link, 144 random bits, says who they are, and figures are public. The functions answer only what CloudFront passes on, behind the firewall.',
    });
    pages.serve(pageRoutes({ survey: byName['serve-survey'], stats: byName['serve-stats'] }));
    const intake = new HouseApi(this, 'Intake', {
      ...api('intake', 'For clinic systems, each of which proves who it is.'),
      authorizer: intakeAuthorizer(settings),
    });
    intake.serve(intakeRoutes(byName['receive-procedure']));
    new EventRules(this, 'Rules', {
      prefix: names.prefix,
      bus,
      eventSource: settings.eventSource,
      configurationSet: names.configurationSet,
      functions: byName,
      queues: letters.ofFunction,
    });
    new Counting(this, 'Counting', {
      streamArn: stateful.careStreamArn,
      counter: byName['roll-up-responses'],
      queue: letters.uncounted,
    });
    new Telling(this, 'Telling', {
      streamArn: stateful.careStreamArn,
      teller: byName['tell-staff'],
      queue: letters.untold,
    });
    new Alarms(this, 'Alarms', {
      stage: stage.name,
      topic,
      metricNamespace: names.metricNamespace,
      functions: byName,
      pages: pages.api,
      intake: intake.api,
    });
    makeDashboard(this, {
      name: names.prefix,
      metricNamespace: names.metricNamespace,
      functions: byName,
      pages: pages.api,
      queues: letters.all,
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

  /** One key for what is on its way: events and their archive, dead letters, alarms, the secret of the CDN. */
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
    acknowledge(topic, {
      'Serverless-SNSRedrivePolicy':
        'An email that does not arrive has nowhere to be redriven to; every alarm stays on the dashboard until it is over.',
    });
    return topic;
  }
}
