import { gzipSync } from 'node:zlib';
import type { HttpMiddleware } from './middleware.ts';

/** A response that fits into one packet is not worth compressing. */
const minBytes = 1400;

/** True when `Accept-Encoding` names gzip, with a weight above zero. */
const acceptsGzip = (accepted = ''): boolean => {
  const gzip = accepted
    .toLowerCase()
    .split(',')
    .map((each) => each.trim().split(/\s*;\s*/))
    .find(([name]) => name === 'gzip');
  return gzip !== undefined && !gzip.some((part) => /^q=0(?:\.0*)?$/.test(part));
};

/**
 * Compresses responses that no cache may keep, where the client accepts gzip: CloudFront compresses only what it may
 * cache. The pages hold no secret that their reader does not have, so their length gives none away.
 */
export const compressUncached = (): HttpMiddleware => {
  const compress: NonNullable<HttpMiddleware['after']> = (request) => {
    const { event, response } = request;
    if (response === undefined || response === null) return;
    const { body = '', headers = {}, isBase64Encoded } = response;
    if (isBase64Encoded === true || Buffer.byteLength(body) < minBytes) return;
    if (!String(headers['cache-control']).includes('no-store')) return;
    if (!acceptsGzip(event.headers['accept-encoding'])) return;
    request.response = {
      ...response,
      headers: { ...headers, 'content-encoding': 'gzip', vary: 'accept-encoding' },
      body: gzipSync(body).toString('base64'),
      isBase64Encoded: true,
    };
  };
  return { after: compress, onError: compress };
};
