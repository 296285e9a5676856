import { createHash } from 'node:crypto';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { type HttpResponse, problemResponse } from '../../shared/platform/http/http.ts';

/**
 * How long caches may keep an answer, and for how long they may use an old one while we are down: never more
 * than an hour behind, so a withdrawn claim is soon gone everywhere.
 */
const cacheControl = 'public, max-age=300, stale-if-error=3600';

/** What any site may read with a script of its own, and use in its pages. */
const forEverySite = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'ETag, Repr-Digest',
  'cross-origin-resource-policy': 'cross-origin',
} as const;

/** Takes a content type, a body and more headers, gives an answer that caches may keep and any site may use. */
export const sharedAnswer = (
  contentType: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): HttpResponse => cachedAnswer(contentType, body, { ...forEverySite, ...headers });

/**
 * Takes a content type, a body and more headers, gives an answer that caches may keep. Its ETag is the SHA-256
 * of the body, so that of a release as JSON is its digest; `Repr-Digest` (RFC 9530) says the same in Base64.
 */
export const cachedAnswer = (
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

/** A cache between may have weakened the tag when it compressed the body: compared as RFC 9110 13.1.2 says. */
const matches = (ifNoneMatch: string, etag: string): boolean =>
  ifNoneMatch.split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag);

/** Takes a request and its answer, gives 304 without a body where the client has it already. */
export const revalidated = ({ headers }: APIGatewayProxyEventV2, answer: HttpResponse): HttpResponse => {
  const { etag, 'content-type': _type, 'repr-digest': _digest, ...rest } = answer.headers;
  const ifNoneMatch = headers['if-none-match'];
  return etag !== undefined && ifNoneMatch !== undefined && matches(ifNoneMatch, etag)
    ? { statusCode: 304, headers: { etag, ...rest }, body: '' }
    : answer;
};

/** Takes a status and what to say, gives a problem that any site's script may read. */
export const problem = (status: number, detail: string): HttpResponse => {
  const answer = problemResponse(status, detail);
  return { ...answer, headers: { ...answer.headers, ...forEverySite } };
};
