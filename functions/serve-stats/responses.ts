import { createHash } from 'node:crypto';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { type HttpResponse, problemResponse } from '../../shared/platform/http/http.ts';

/**
 * How long caches may keep a response, and for how long they may use an old one while we are down: never more
 * than an hour behind, so a withdrawn claim is soon gone everywhere.
 */
const cacheControl = 'public, max-age=300, stale-if-error=3600';

/** Lets any site read a response with its own script and use it in its pages. */
const forEverySite = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'ETag, Repr-Digest',
  'cross-origin-resource-policy': 'cross-origin',
} as const;

/** Creates a response that caches may keep and any site may use. */
export const sharedResponse = (
  contentType: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): HttpResponse => cachedResponse(contentType, body, { ...forEverySite, ...headers });

/**
 * Creates a response that caches may keep. Its ETag is the SHA-256 of the body, so that of a release as JSON is its
 * digest; `Repr-Digest` (RFC 9530) has the same in Base64.
 */
export const cachedResponse = (
  contentType: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): HttpResponse => {
  const hash = createHash('sha256').update(body, 'utf8').digest();
  return {
    statusCode: 200,
    headers: {
      'content-type': contentType,
      'cache-control': cacheControl,
      etag: `"${hash.toString('hex')}"`,
      'repr-digest': `sha-256=:${hash.toString('base64')}:`,
      ...headers,
    },
    body,
  };
};

/** A cache on the way may have weakened the tag when it compressed the body: weak comparison, RFC 9110 13.1.2. */
const matches = (ifNoneMatch: string, etag: string): boolean =>
  ifNoneMatch.split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag);

/** Returns 304 without a body where the client has the response already, else the response. */
export const revalidated = ({ headers }: APIGatewayProxyEventV2, response: HttpResponse): HttpResponse => {
  const { etag, 'content-type': _type, 'repr-digest': _digest, ...rest } = response.headers;
  const ifNoneMatch = headers['if-none-match'];
  return etag !== undefined && ifNoneMatch !== undefined && matches(ifNoneMatch, etag)
    ? { statusCode: 304, headers: { etag, ...rest }, body: '' }
    : response;
};

/** Creates a problem response that any site's script may read. */
export const problem = (status: number, detail: string): HttpResponse => {
  const response = problemResponse(status, detail);
  return { ...response, headers: { ...response.headers, ...forEverySite } };
};
