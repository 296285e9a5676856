import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Log } from '../ports.ts';
import { compressUncached } from './compress.ts';

/** An answer with its headers by lower-case name. */
export type HttpResponse = {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** What is wrong with one part of a request, without what was sent. */
export type ProblemPart = { readonly path: string; readonly message: string };

const titles: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  410: 'Gone',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

/** Takes a status, gives its usual words. */
export const titleOf = (status: number): string => titles[status] ?? 'Error';

/**
 * Takes a status, a sentence for whoever reads the answer, and the parts that are wrong. Gives an answer as
 * RFC 9457 has it. Its type is `about:blank`: the status says it all.
 */
export const problemResponse = (
  status: number,
  detail: string,
  errors: readonly ProblemPart[] = [],
): HttpResponse => ({
  statusCode: status,
  headers: { 'content-type': 'application/problem+json' },
  body: JSON.stringify({
    type: 'about:blank',
    title: titleOf(status),
    status,
    detail,
    ...(errors.length === 0 ? {} : { errors }),
  }),
});

/** Thrown to answer with a client error from anywhere in a handler; its message is shown to the client. */
export class HttpError extends Error {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(statusCode: number, detail: string, headers: Readonly<Record<string, string>> = {}) {
    super(detail);
    this.name = 'HttpError';
    this.statusCode = statusCode;
    this.headers = headers;
  }
}

/** How an error is written; by default as problem+json. */
export type RenderError = (event: APIGatewayProxyEventV2, status: number, detail: string) => HttpResponse;

type HttpMiddleware = MiddlewareObj<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** A client error of another library (a router's 404) keeps its status; its words may hold the request. */
const foreignStatus = (error: unknown): number | undefined => {
  const status = isRecord(error) ? error['statusCode'] : undefined;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : undefined;
};

/**
 * Turns errors into answers: an `HttpError` as it says, another client error by its status, anything else into
 * a 500 that tells nothing, with the error's name (not its message) in the log.
 */
export const renderErrors = (
  log: Log,
  render: RenderError = (_event, status, detail) => problemResponse(status, detail),
): HttpMiddleware => ({
  onError: (request) => {
    const { error, event } = request;
    if (error instanceof HttpError) {
      const answer = render(event, error.statusCode, error.message);
      request.response = { ...answer, headers: { ...answer.headers, ...error.headers } };
      return;
    }
    const status = foreignStatus(error) ?? 500;
    if (status === 500) log.error('http.unexpected-error', { error: error?.name ?? 'unknown' });
    const detail =
      status === 500 ? 'Something went wrong here. Trying again later may help.' : titleOf(status);
    request.response = { ...render(event, status, detail) };
  },
});

const headersForAll: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex, nofollow',
};

/** Adds security headers; those of `changes` and those that the answer has already win over the usual ones. */
export const securityHeaders = (changes: Readonly<Record<string, string>> = {}): HttpMiddleware => {
  const add: NonNullable<HttpMiddleware['after']> = (request) => {
    if (request.response === undefined || request.response === null) return;
    request.response = {
      ...request.response,
      headers: { ...headersForAll, ...changes, ...request.response.headers },
    };
  };
  return { after: add, onError: add };
};

/** Takes an event, gives the size of its body in bytes, without decoding it. */
const bodySize = ({ body = '', isBase64Encoded }: APIGatewayProxyEventV2): number =>
  isBase64Encoded ? Math.floor((body.replace(/=+$/, '').length * 3) / 4) : Buffer.byteLength(body, 'utf8');

/** Refuses a body of more than `maxBytes` before anything reads it. */
export const bodyLimit = (maxBytes: number): HttpMiddleware => ({
  before: ({ event }) => {
    if (bodySize(event) > maxBytes) throw new HttpError(413, `The body must not exceed ${maxBytes} bytes.`);
  },
});

/** What an HTTP function's stack is made of. */
export type HttpStackOptions = {
  readonly log: Log;
  readonly maxBodyBytes: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly renderError?: RenderError;
};

/** Takes the options, gives the middlewares in the order in which they have to be used. */
export const httpStack = ({
  log,
  maxBodyBytes,
  headers,
  renderError,
}: HttpStackOptions): HttpMiddleware[] => [
  compressUncached(),
  securityHeaders(headers),
  renderErrors(log, renderError),
  bodyLimit(maxBodyBytes),
];
