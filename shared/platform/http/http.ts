/** A response with its headers by lower-case name. */
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
  410: 'Gone',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

/** The reason phrase of a status (RFC 9110). */
export const titleOf = (status: number): string => titles[status] ?? 'Error';

/**
 * Creates a problem+json response (RFC 9457) with a sentence for the client's developer and the parts that are wrong.
 * Its type is `about:blank`: the status says it all.
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

/** Thrown to respond with a client error from anywhere in a handler; its message is shown to the client. */
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
