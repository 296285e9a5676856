import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { APIGatewayProxyEventV2, APIGatewayProxyResultV2, Context } from 'aws-lambda';
import type { RouteMatch } from './http-routes.ts';

/** HTTP APIs pass these bodies as text and all others, forms included, as Base64. */
const textTypes = /^(text\/|application\/(json|javascript|xml)\b)/i;

const joinedHeaders = (request: IncomingMessage): Record<string, string> =>
  Object.fromEntries(
    Object.entries(request.headersDistinct)
      .filter(([name]) => name !== 'cookie')
      .map(([name, values]) => [name.toLowerCase(), (values ?? []).join(',')]),
  );

const joinedQuery = (rawQuery: string): Record<string, string> => {
  const joined: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(rawQuery)) {
    joined[name] = joined[name] === undefined ? value : `${joined[name]},${value}`;
  }
  return joined;
};

/** Converts a request to an API Gateway event of payload format 2.0. */
export const toEvent = (
  request: IncomingMessage,
  body: Buffer,
  { route, pathParameters }: RouteMatch,
  now: Date = new Date(),
): APIGatewayProxyEventV2 => {
  const [rawPath = '/', rawQueryString = ''] = splitOnce(request.url ?? '/', '?');
  const headers = joinedHeaders(request);
  const cookies = request.headers.cookie?.split(/;\s*/).filter((cookie) => cookie !== '');
  const method = request.method ?? 'GET';
  const isText = textTypes.test(headers['content-type'] ?? 'text/plain');
  const query = joinedQuery(rawQueryString);
  return {
    version: '2.0',
    routeKey: `${route.method} ${route.path}`,
    rawPath,
    rawQueryString,
    ...(cookies !== undefined && { cookies }),
    headers,
    ...(Object.keys(query).length > 0 && { queryStringParameters: query }),
    ...(Object.keys(pathParameters).length > 0 && { pathParameters: { ...pathParameters } }),
    requestContext: {
      accountId: '000000000000',
      apiId: 'local',
      domainName: headers['host'] ?? 'localhost',
      domainPrefix: 'localhost',
      http: {
        method,
        path: rawPath,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp: request.socket.remoteAddress ?? '127.0.0.1',
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: randomUUID(),
      routeKey: `${route.method} ${route.path}`,
      stage: '$default',
      time: now.toUTCString(),
      timeEpoch: now.getTime(),
    },
    ...(body.length > 0 && { body: body.toString(isText ? 'utf8' : 'base64') }),
    isBase64Encoded: body.length > 0 && !isText,
  };
};

const splitOnce = (text: string, at: string): readonly string[] => {
  const index = text.indexOf(at);
  return index < 0 ? [text] : [text.slice(0, index), text.slice(index + 1)];
};

/** Writes a function's result as the response. As on AWS, a result without a status code is a JSON body. */
export const sendResult = (
  response: ServerResponse,
  result: APIGatewayProxyResultV2,
  method: string,
): void => {
  const isStructured = typeof result === 'object' && 'statusCode' in result;
  const { statusCode, headers, cookies, body, isBase64Encoded } = isStructured
    ? result
    : {
        statusCode: 200,
        headers: { 'content-type': 'application/json' },
        cookies: undefined,
        body: typeof result === 'string' ? result : JSON.stringify(result),
        isBase64Encoded: false,
      };
  const bytes = Buffer.from(body ?? '', isBase64Encoded === true ? 'base64' : 'utf8');
  response.statusCode = statusCode ?? 200;
  for (const [name, value] of Object.entries(headers ?? {})) response.setHeader(name, String(value));
  if (cookies !== undefined && cookies.length > 0) response.setHeader('set-cookie', cookies);
  if (response.statusCode !== 204 && response.statusCode !== 304) {
    response.setHeader('content-length', bytes.length);
  }
  response.end(method === 'HEAD' ? undefined : bytes);
};

/** Creates a Lambda context with 29 seconds remaining, API Gateway's integration timeout. */
export const localContext = (functionName: string): Context => {
  const endsAt = Date.now() + 29_000;
  return {
    callbackWaitsForEmptyEventLoop: false,
    functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:us-east-1:000000000000:function:${functionName}`,
    memoryLimitInMB: '512',
    awsRequestId: randomUUID(),
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: 'local',
    getRemainingTimeInMillis: () => Math.max(0, endsAt - Date.now()),
    done: () => undefined,
    fail: () => undefined,
    succeed: () => undefined,
  };
};
