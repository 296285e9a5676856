import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { FunctionEnvironment } from '../../constructs/function-environment.ts';
import { type FunctionSurroundings, HouseFunction } from '../../constructs/house-function.ts';
import { codeVersion } from '../../settings/code-version.ts';
import type { StageSettings } from '../../settings/stage-settings.ts';
import { type AccessTargets, accessOf } from './function-access.ts';
import { type FunctionName, schemas, shapes } from './function-list.ts';

export type FunctionsProps = {
  readonly surroundings: FunctionSurroundings;
  readonly settings: StageSettings;
  readonly targets: Omit<AccessTargets, 'scope'>;
  readonly tables: { readonly care: string; readonly outcomes: string };
  readonly baseUrl: string;
  readonly originSecrets: string;
  readonly configurationSet: string;
  /** Where the events of asynchronous calls go that failed for good, by function. */
  readonly queues: Readonly<Record<AsyncFunctionName, IQueue>>;
  readonly queueKey: IKey;
};

/** The functions that are called asynchronously: by the bus, by SES events, by a schedule. */
export type AsyncFunctionName =
  | 'enroll-episode'
  | 'record-email-event'
  | 'send-due-emails'
  | 'publish-release'
  | 'check-drift';

type Environments = {
  readonly [Name in FunctionName]: FunctionEnvironment<(typeof schemas)[Name]>;
};

/** Takes what the stage knows, gives each function all of its variables: one too few is a type error. */
const environmentsOf = (props: FunctionsProps): Environments => {
  const { settings, tables, baseUrl } = props;
  const { clinic } = settings;
  const CARE_TABLE = tables.care;
  const OUTCOMES_TABLE = tables.outcomes;
  const SYNTHETIC = String(settings.synthetic);
  const sender = {
    CLINIC_NAME: clinic.name,
    CLINIC_SENDER_NAME: clinic.senderName,
    CLINIC_REPLY_TO: clinic.replyTo,
    EMAIL_FROM: settings.emailFrom,
    CONFIGURATION_SET: props.configurationSet,
  };
  const patients = { DEFAULT_ZONE: clinic.zone, DEFAULT_LOCALE: clinic.locale };
  return {
    'enroll-episode': { CARE_TABLE, ...patients },
    'receive-procedure': { CARE_TABLE, ...patients },
    'send-due-emails': {
      CARE_TABLE,
      BASE_URL: baseUrl,
      CLINIC_PHONE: clinic.phone,
      ...sender,
    },
    'record-email-event': { CARE_TABLE },
    'serve-survey': {
      CARE_TABLE,
      DEFAULT_LOCALE: clinic.locale,
      CLINIC_NAME: clinic.name,
      CLINIC_PHONE: clinic.phone,
      SYNTHETIC,
      ORIGIN_SECRETS: props.originSecrets,
    },
    'roll-up-responses': { CARE_TABLE, OUTCOMES_TABLE },
    'publish-release': {
      OUTCOMES_TABLE,
      SYNTHETIC,
      // Not compiled in: bundles stay the same from commit to commit.
      CODE_VERSION: codeVersion(),
      PUBLISH: settings.publish,
    },
    'serve-stats': {
      OUTCOMES_TABLE,
      BASE_URL: baseUrl,
      CLINIC_NAME: clinic.name,
      DEFAULT_LOCALE: clinic.locale,
      ORIGIN_SECRETS: props.originSecrets,
    },
    'tell-staff': {
      DEFAULT_LOCALE: clinic.locale,
      ...sender,
      STAFF_ADDRESS: settings.staffAddress ?? '',
      WORKLIST_COMMAND: `npm run ops -- worklist --stage ${props.surroundings.stage}`,
    },
    'check-drift': { CARE_TABLE, OUTCOMES_TABLE },
  };
};

/** The ten functions of a stage, by name. */
export class Functions extends Construct {
  readonly byName: Readonly<Record<FunctionName, NodejsFunction>>;

  constructor(scope: Construct, id: string, props: FunctionsProps) {
    super(scope, id);
    const environments = environmentsOf(props);
    const access = accessOf({ ...props.targets, scope: this });
    const queues: Readonly<Partial<Record<FunctionName, IQueue>>> = props.queues;
    const make = <Name extends FunctionName>(name: Name): NodejsFunction => {
      const { asyncRetries, ...shape } = shapes[name];
      const queue = queues[name];
      return new HouseFunction(this, name, {
        ...props.surroundings,
        ...shape,
        name,
        schema: schemas[name],
        environment: environments[name],
        access: access[name],
        ...(asyncRetries === undefined || queue === undefined
          ? {}
          : { async: { retries: asyncRetries, queue, queueKey: props.queueKey } }),
      }).function;
    };
    this.byName = {
      'enroll-episode': make('enroll-episode'),
      'receive-procedure': make('receive-procedure'),
      'send-due-emails': make('send-due-emails'),
      'record-email-event': make('record-email-event'),
      'serve-survey': make('serve-survey'),
      'roll-up-responses': make('roll-up-responses'),
      'publish-release': make('publish-release'),
      'serve-stats': make('serve-stats'),
      'tell-staff': make('tell-staff'),
      'check-drift': make('check-drift'),
    };
  }
}
