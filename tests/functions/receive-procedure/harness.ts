import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { createReceiver } from '../../../functions/receive-procedure/create-handler.ts';
import type { ReceiverParts } from '../../../functions/receive-procedure/receiver-parts.ts';
import type { ProcedureReport } from '../../../shared/care/intake/procedure-report.ts';
import type { ContactReport } from '../../../shared/care/patient/profiles.ts';
import type { LogFields } from '../../../shared/platform/ports.ts';
import { now, own } from '../../unit/care/intake/formats/samples.ts';

/** A request as the gateway hands it over. */
export const request = (
  path: string,
  body: string | Buffer | undefined,
  headers: Record<string, string> = { 'content-type': 'application/json' },
  method = 'POST',
): APIGatewayProxyEventV2 => ({
  version: '2.0',
  routeKey: '$default',
  rawPath: path,
  rawQueryString: '',
  headers,
  isBase64Encoded: Buffer.isBuffer(body),
  ...(body === undefined ? {} : { body: Buffer.isBuffer(body) ? body.toString('base64') : body }),
  requestContext: {
    accountId: '111111111111',
    apiId: 'api',
    domainName: 'api.example.org',
    domainPrefix: 'api',
    http: { method, path, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'test' },
    requestId: 'r-1',
    routeKey: '$default',
    stage: '$default',
    time: '10/Mar/2026:12:00:00 +0000',
    timeEpoch: 1773144000,
  },
});

const context: Context = {
  callbackWaitsForEmptyEventLoop: false,
  functionName: 'receive-procedure',
  functionVersion: '1',
  invokedFunctionArn: 'arn:aws:lambda:us-east-1:111111111111:function:receive-procedure',
  memoryLimitInMB: '256',
  awsRequestId: 'a-1',
  logGroupName: 'group',
  logStreamName: 'stream',
  getRemainingTimeInMillis: () => 10_000,
  done: () => undefined,
  fail: () => undefined,
  succeed: () => undefined,
};

/** A receiver that keeps what it took and what it logged. */
export const receiverHarness = (parts: Partial<ReceiverParts> = {}) => {
  const reports: ProcedureReport[] = [];
  const contacts: ContactReport[] = [];
  const logged: { readonly level: string; readonly code: string; readonly fields?: LogFields | undefined }[] =
    [];
  const measured = new Map<string, number>();
  const write =
    (level: string) =>
    (code: string, fields?: LogFields): void => {
      logged.push({ level, code, fields });
    };
  const handler = createReceiver({
    accept: async (report) => {
      reports.push(report);
      switch (report.status) {
        case 'completed':
          return { outcome: 'enrolled', episodes: 1 };
        case 'retracted':
          return { outcome: 'retracted' };
        case 'unfinished':
          return { outcome: 'ignored', reasons: [report.reason] };
      }
    },
    acceptContact: async (report) => {
      contacts.push(report);
      return { outcome: 'updated' };
    },
    ownSystems: own,
    now: () => now,
    log: { info: write('info'), warn: write('warn'), error: write('error') },
    metrics: { add: (name, value) => void measured.set(name, (measured.get(name) ?? 0) + value) },
    ...parts,
  });
  const call = async (event: APIGatewayProxyEventV2) => {
    const response = await handler(event, context);
    return {
      status: response.statusCode,
      type: response.headers?.['content-type'],
      headers: response.headers ?? {},
      text: response.body ?? '',
      body: JSON.parse(response.body ?? 'null'),
    };
  };
  return { call, reports, contacts, logged, measured };
};
