import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { createHandler } from '../../../functions/serve-stats/create-handler.ts';
import { localContext } from '../../../infra/laptop/emulation/http/http-event.ts';
import type { HttpHandler } from '../../../infra/laptop/emulation/http/http-routes.ts';
import { releaseStoreOn } from '../../../shared/outcomes/release/aws/release-store.ts';
import type { Release } from '../../../shared/outcomes/release/release-schema.ts';
import type { LogFields } from '../../../shared/platform/ports.ts';
import type { UtcInstant } from '../../../shared/platform/time.ts';
import { sampleDay } from '../samples/release-samples.ts';
import type { DynamoLab } from './dynamo-lab.ts';

/** Base URL of the pages in tests. */
export const baseUrl = 'https://stats.clinic.example';

/** Creates the API Gateway event of a request for a path with its query. */
export const requestFor = (
  url: string,
  headers: Readonly<Record<string, string>> = {},
  method = 'GET',
): APIGatewayProxyEventV2 => {
  const [path = '', query = ''] = url.split('?');
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: query,
    ...(query === '' ? {} : { queryStringParameters: Object.fromEntries(new URLSearchParams(query)) }),
    headers: { ...headers },
    isBase64Encoded: false,
    requestContext: {
      accountId: '000000000000',
      apiId: 'api',
      domainName: 'stats.clinic.example',
      domainPrefix: 'stats',
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'test' },
      requestId: 'r-1',
      routeKey: '$default',
      stage: '$default',
      time: '16/Nov/2026:12:00:00 +0000',
      timeEpoch: 1794830400,
    },
  };
};

/** A response of the function, with its headers as text. */
export type StatsResponse = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

const responseOf = ({
  statusCode,
  headers = {},
  body = '',
}: APIGatewayProxyStructuredResultV2): StatsResponse => ({
  status: statusCode ?? 200,
  headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
  body,
});

/** The real handler on its own table, with a settable clock and recorded errors and metrics. */
export type StatsHarness = {
  readonly handler: HttpHandler;
  readonly get: (
    url: string,
    headers?: Readonly<Record<string, string>>,
    method?: string,
  ) => Promise<StatsResponse>;
  readonly publish: (release: Release) => Promise<void>;
  readonly table: string;
  readonly setTime: (now: UtcInstant) => void;
  readonly errors: readonly { readonly code: string; readonly fields: LogFields }[];
  readonly metrics: readonly string[];
};

/** Creates the handler on fresh tables. Points its SDK client at `endpoint`, by default the lab's DynamoDB. */
export const statsHarness = async (
  lab: DynamoLab,
  { locale = 'en', endpoint = lab.dynamoEndpoint, url = baseUrl } = {},
): Promise<StatsHarness> => {
  process.env['AWS_ENDPOINT_URL_DYNAMODB'] = endpoint;
  process.env['AWS_REGION'] = 'us-east-1';
  process.env['AWS_ACCESS_KEY_ID'] = 'local';
  process.env['AWS_SECRET_ACCESS_KEY'] = 'local';
  const { tables } = await lab.freshTables();
  const store = releaseStoreOn(DynamoDBDocumentClient.from(lab.client), tables.outcomes);
  const errors: { readonly code: string; readonly fields: LogFields }[] = [];
  const metrics: string[] = [];
  let time: UtcInstant = `${sampleDay}T12:00:00Z`;
  const nothing = (): void => undefined;
  const handler = createHandler(
    {
      OUTCOMES_TABLE: tables.outcomes,
      BASE_URL: url,
      CLINIC_NAME: 'Lakeside Clinic',
      DEFAULT_LOCALE: locale,
    },
    {
      clock: { now: () => time },
      log: { info: nothing, warn: nothing, error: (code, fields = {}) => errors.push({ code, fields }) },
      metrics: { add: (name) => metrics.push(name) },
    },
  );
  return {
    handler,
    get: async (url, headers, method) =>
      responseOf(await handler(requestFor(url, headers, method), localContext('serve-stats'))),
    publish: async (release) => {
      await store.put(release);
    },
    table: tables.outcomes,
    setTime: (now) => {
      time = now;
    },
    errors,
    metrics,
  };
};
