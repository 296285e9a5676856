import { gzipSync } from 'node:zlib';
import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

type HttpMiddleware = MiddlewareObj<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>;

/** What fits in one packet gains nothing. */
const minBytes = 1400;

/** Takes a request's `Accept-Encoding`, says whether gzip is wanted: named, and not with a weight of zero. */
const takesGzip = (accepted = ''): boolean => {
  const gzip = accepted
    .toLowerCase()
    .split(',')
    .map((each) => each.trim().split(/\s*;\s*/))
    .find(([name]) => name === 'gzip');
  return gzip !== undefined && !gzip.some((part) => /^q=0(?:\.0*)?$/.test(part));
};

/**
 * Compresses what no cache may keep, for whoever takes gzip: CloudFront compresses only what it may cache itself. The
 * pages hold no secret that their reader does not have, so their length gives none away.
 */
export const compressUncached = (): HttpMiddleware => {
  const compress: NonNullable<HttpMiddleware['after']> = (request) => {
    const { event, response } = request;
    if (response === undefined || response === null) return;
    const { body = '', headers = {}, isBase64Encoded } = response;
    if (isBase64Encoded === true || Buffer.byteLength(body) < minBytes) return;
    if (!String(headers['cache-control']).includes('no-store')) return;
    if (!takesGzip(event.headers['accept-encoding'])) return;
    request.response = {
      ...response,
      headers: { ...headers, 'content-encoding': 'gzip', vary: 'accept-encoding' },
      body: gzipSync(body).toString('base64'),
      isBase64Encoded: true,
    };
  };
  return { after: compress, onError: compress };
};
