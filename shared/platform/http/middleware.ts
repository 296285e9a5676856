import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { isBusy } from '../contention.ts';
import { errorFields } from '../logging/errors.ts';
import type { Log, Metrics } from '../ports.ts';
import { HttpError, type HttpResponse, problemResponse } from './http.ts';

/** A middleware of an HTTP function. `after` and `onError` run from the last one in the stack to the first. */
export type HttpMiddleware = MiddlewareObj<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>;

/** Renders an error; by default as problem+json. */
export type RenderError = (event: APIGatewayProxyEventV2, status: number, detail: string) => HttpResponse;

const headersForAll: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex, nofollow',
};

/** Adds the security headers; those that a response sets itself win. */
export const securityHeaders = (): HttpMiddleware => {
  const add: NonNullable<HttpMiddleware['after']> = (request) => {
    if (request.response === undefined || request.response === null) return;
    request.response = {
      ...request.response,
      headers: { ...headersForAll, ...request.response.headers },
    };
  };
  return { after: add, onError: add };
};

/** The Retry-After of a busy store, in seconds: what collides or is throttled now has passed by then. */
const retrySeconds = 2;

/**
 * Turns errors into responses: an `HttpError` as it says, a busy store into a 503 with `Retry-After`, anything else
 * into a 500 that explains nothing. A 500 is logged and counted by the metric `Failed`, for Lambda itself sees a
 * successful invocation.
 */
export const renderErrors = (
  log: Log,
  metrics: Metrics,
  render: RenderError = (_event, status, detail) => problemResponse(status, detail),
): HttpMiddleware => ({
  onError: (request) => {
    const { error, event } = request;
    if (error instanceof HttpError) {
      const response = render(event, error.statusCode, error.message);
      request.response = { ...response, headers: { ...response.headers, ...error.headers } };
      return;
    }
    if (isBusy(error)) {
      log.warn('http.busy', errorFields(error));
      const response = render(event, 503, 'Too much arrives here at once. Send it again in a moment.');
      request.response = {
        ...response,
        headers: { ...response.headers, 'retry-after': String(retrySeconds) },
      };
      return;
    }
    log.error('http.unexpected-error', errorFields(error));
    metrics.add('Failed', 1);
    request.response = render(event, 500, 'Something went wrong here. Trying again later may help.');
  },
});

/** The size of a body in bytes, without decoding it. */
const bodySize = ({ body = '', isBase64Encoded }: APIGatewayProxyEventV2): number =>
  isBase64Encoded ? Math.floor((body.replace(/=+$/, '').length * 3) / 4) : Buffer.byteLength(body, 'utf8');

/** Rejects a body of more than `maxBytes` (413) before anything reads it. */
export const bodyLimit = (maxBytes: number): HttpMiddleware => ({
  before: ({ event }) => {
    if (bodySize(event) > maxBytes) throw new HttpError(413, `The body must not exceed ${maxBytes} bytes.`);
  },
});
