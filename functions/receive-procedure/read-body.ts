import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { HttpError } from '../../shared/platform/http/http.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true });

const mediaTypeOf = (event: APIGatewayProxyEventV2): string =>
  (event.headers['content-type'] ?? '').toLowerCase().replaceAll(/[\s"]/g, '');

const textOf = ({ body = '', isBase64Encoded }: APIGatewayProxyEventV2): string => {
  if (!isBase64Encoded) {
    if (!body.isWellFormed()) throw new HttpError(400, 'The body is not valid UTF-8.');
    return body;
  }
  try {
    return utf8.decode(Buffer.from(body, 'base64'));
  } catch {
    throw new HttpError(400, 'The body is not valid UTF-8.');
  }
};

/**
 * Takes a request and the media types its route reads, gives the parsed JSON body. Throws an `HttpError`: 415
 * for another type, character set or a compressed body, 400 for what is not UTF-8 or not JSON.
 */
export const readJsonBody = (event: APIGatewayProxyEventV2, types: readonly string[]): unknown => {
  const [type = '', ...parameters] = mediaTypeOf(event).split(';');
  const otherCharset = parameters.some((text) => text.startsWith('charset=') && text !== 'charset=utf-8');
  if (!types.includes(type) || otherCharset) {
    throw new HttpError(415, `The content type must be ${types.join(' or ')}, in UTF-8.`);
  }
  if ((event.headers['content-encoding'] ?? 'identity').toLowerCase() !== 'identity') {
    throw new HttpError(415, 'The body must not be compressed.', { 'accept-encoding': 'identity' });
  }
  const text = textOf(event);
  try {
    return JSON.parse(text);
  } catch {
    throw new HttpError(400, 'The body is not valid JSON.');
  }
};
