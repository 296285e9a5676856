import { createHash } from 'node:crypto';
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import type { APIGatewayProxyEventV2, Context, DynamoDBStreamEvent } from 'aws-lambda';
import type { TableNames } from '../../../infra/laptop/emulation/dynamodb/make-tables.ts';
import { localAwsEnvironment } from '../../../infra/laptop/emulation/functions/laptop-aws.ts';
import { careStoreOn } from '../../../shared/care/patient/aws/care-store.ts';
import type { CareStore } from '../../../shared/care/patient/ports.ts';
import type { Runtime } from '../../../shared/platform/logging/runtime.ts';
import type { LogFields } from '../../../shared/platform/ports.ts';
import type { UtcInstant } from '../../../shared/platform/time.ts';
import { type DynamoLab, startLab } from './dynamo-lab.ts';

/** A line of a function's log. */
export type Said = { readonly level: string; readonly code: string; readonly fields?: LogFields | undefined };

/** Tables and environment variables for one test, with a runtime that records logs and metrics. */
export type World = {
  readonly tables: TableNames;
  readonly document: DynamoDBDocumentClient;
  readonly store: CareStore;
  readonly environment: Readonly<Record<string, string>>;
  readonly runtime: Runtime;
  /** The log, oldest line first. */
  readonly said: Said[];
  readonly measured: Map<string, number>;
  /** Sets the clock. */
  readonly at: (now: UtcInstant) => void;
  /** Every item of both tables, sorted: two results are equal exactly when nothing changed between them. */
  readonly everything: () => Promise<readonly Readonly<Record<string, unknown>>[]>;
};

export type FunctionLab = {
  readonly lab: DynamoLab;
  readonly fresh: (now?: UtcInstant) => Promise<World>;
  readonly stop: () => Promise<void>;
};

/** A Lambda context. */
export const context: Context = {
  callbackWaitsForEmptyEventLoop: false,
  functionName: 'function',
  functionVersion: '1',
  invokedFunctionArn: 'arn:aws:lambda:us-east-1:111111111111:function:function',
  memoryLimitInMB: '256',
  awsRequestId: 'request-1',
  logGroupName: 'group',
  logStreamName: 'stream',
  getRemainingTimeInMillis: () => 10_000,
  done: () => undefined,
  fail: () => undefined,
  succeed: () => undefined,
};

/** Starts a DynamoDB, and points the functions' own SDK clients at it and at `ses` by environment variables. */
export const startFunctionLab = async (ses = 'http://127.0.0.1:9'): Promise<FunctionLab> => {
  const lab = await startLab();
  Object.assign(process.env, localAwsEnvironment({ dynamo: lab.dynamoEndpoint, ses }));
  const document = DynamoDBDocumentClient.from(lab.client, {
    marshallOptions: { removeUndefinedValues: true },
  });

  const scan = async (table: string) => {
    const items: Record<string, unknown>[] = [];
    for await (const page of paginateScan({ client: document }, { TableName: table })) {
      items.push(...(page.Items ?? []));
    }
    return items.toSorted((a, b) => (`${a['pk']} ${a['sk']}` < `${b['pk']} ${b['sk']}` ? -1 : 1));
  };

  const fresh = async (start: UtcInstant = '2026-03-02T21:00:00Z'): Promise<World> => {
    const { tables } = await lab.freshTables();
    let now = start;
    const said: Said[] = [];
    const measured = new Map<string, number>();
    const say =
      (level: string) =>
      (code: string, fields?: LogFields): void => {
        said.push({ level, code, fields });
      };
    return {
      tables,
      document,
      store: careStoreOn(document, tables.care),
      environment: {
        CARE_TABLE: tables.care,
        OUTCOMES_TABLE: tables.outcomes,
        DEFAULT_ZONE: 'America/New_York',
        DEFAULT_LOCALE: 'en',
        PATIENT_SYSTEMS: 'urn:clinic:patient',
        BASE_URL: 'https://care.clinic.example',
        CLINIC_NAME: 'Lakeside Clinic',
        CLINIC_SENDER_NAME: 'Lakeside Clinic',
        CLINIC_PHONE: '(555) 010-0199',
        CLINIC_REPLY_TO: 'care@clinic.example',
        EMAIL_FROM: 'care@clinic.example',
        CONFIGURATION_SET: 'aftercare',
        STAFF_ADDRESS: 'care-team@clinic.example',
        WORKLIST_COMMAND: 'npm run ops -- worklist',
        SYNTHETIC: 'true',
        CODE_VERSION: '1.2.3+0123456789ab',
      },
      runtime: {
        clock: { now: () => now },
        log: { info: say('info'), warn: say('warn'), error: say('error') },
        metrics: { add: (name, value) => void measured.set(name, (measured.get(name) ?? 0) + value) },
      },
      said,
      measured,
      at: (moment) => {
        now = moment;
      },
      everything: async () => [...(await scan(tables.care)), ...(await scan(tables.outcomes))],
    };
  };
  return { lab, fresh, stop: lab.stop };
};

/** A request for a page. With `form` or `body` it is a POST by default. */
export type PageCall = {
  readonly method?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly form?: Readonly<Record<string, string>>;
  readonly body?: string;
};

/** Creates the API Gateway event of a request for a path such as `/s/TOKEN`. */
export const pageEvent = (path: string, call: PageCall = {}): APIGatewayProxyEventV2 => {
  const text = call.form === undefined ? call.body : new URLSearchParams(call.form).toString();
  const method = call.method ?? (text === undefined ? 'GET' : 'POST');
  const token = path.split('/')[2];
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: '',
    ...(call.query === undefined ? {} : { queryStringParameters: { ...call.query } }),
    ...(token === undefined ? {} : { pathParameters: { token } }),
    headers: {
      ...(text === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
      ...call.headers,
    },
    ...(text === undefined ? {} : { body: Buffer.from(text).toString('base64') }),
    isBase64Encoded: text !== undefined,
    requestContext: {
      accountId: '111111111111',
      apiId: 'api',
      domainName: 'care.clinic.example',
      domainPrefix: 'care',
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'test' },
      requestId: 'request-1',
      routeKey: '$default',
      stage: '$default',
      time: '16/Mar/2026:12:00:00 +0000',
      timeEpoch: 1773662400,
    },
  };
};

/** Creates a stream batch of changes to these keys, in order. */
export const streamBatch = (
  keys: readonly { readonly pk: unknown; readonly sk: unknown }[],
  eventName: 'INSERT' | 'MODIFY' | 'REMOVE' = 'MODIFY',
): DynamoDBStreamEvent => ({
  Records: keys.map(({ pk, sk }, index) => ({
    eventID: createHash('sha256').update(`${pk} ${sk} ${index}`).digest('hex'),
    eventName,
    eventSource: 'aws:dynamodb',
    dynamodb: {
      Keys: { pk: { S: String(pk) }, sk: { S: String(sk) } },
      SequenceNumber: String(1000 + index),
      StreamViewType: 'KEYS_ONLY',
    },
  })),
});

/** Creates a bus event, by default `Procedure Completed`; `detail` replaces parts of its detail. */
export const busEvent = (
  detail: Readonly<Record<string, unknown>> = {},
  detailType = 'Procedure Completed',
  time = '2026-03-02T20:00:00Z',
) => ({
  version: '0',
  id: 'bus-1',
  source: 'clinic.ehr',
  account: '111111111111',
  region: 'us-east-1',
  resources: [],
  time,
  'detail-type': detailType,
  detail: {
    version: 1,
    eventId: 'e-1',
    patient: {
      id: 'p-1',
      email: 'maria@example.com',
      givenName: 'Maria',
      locale: 'en',
      timeZone: 'America/New_York',
    },
    procedure: {
      id: 's-1',
      codes: [{ system: 'LOCAL', code: 'epidural-steroid-injection' }],
      performedAt: '2026-03-02',
    },
    ...detail,
  },
});

/** Creates an SES event about an email, as EventBridge delivers it. */
export const sesEvent = (
  eventType: string,
  sendId: string,
  rest: Readonly<Record<string, unknown>> = {},
) => ({
  source: 'aws.ses',
  'detail-type': 'Email',
  detail: {
    eventType,
    mail: {
      messageId: 'm-1',
      destination: ['maria@example.com'],
      tags: { sendId: [sendId] },
      headers: [{ name: 'To', value: 'Maria <maria@example.com>' }],
    },
    ...rest,
  },
});
