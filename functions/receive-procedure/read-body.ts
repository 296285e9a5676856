import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { HttpError } from '../../shared/platform/http/http.ts';
import { bodyText, mediaTypeOf } from '../../shared/platform/http/request-body.ts';

/**
 * Returns the parsed JSON body of one of the media types. Throws an `HttpError`: 415 for another type or character set
 * or a compressed body, 400 for a body that is not UTF-8 or not JSON.
 */
export const readJsonBody = (event: APIGatewayProxyEventV2, types: readonly string[]): unknown => {
  const { type, parameters } = mediaTypeOf(event);
  const otherCharset = parameters.some(
    (text) => text.startsWith('charset=') && !/^charset=utf-?8$/.test(text),
  );
  if (!types.includes(type) || otherCharset) {
    throw new HttpError(415, `The content type must be ${types.join(' or ')}, in UTF-8.`);
  }
  if ((event.headers['content-encoding'] ?? 'identity').toLowerCase() !== 'identity') {
    throw new HttpError(415, 'The body must not be compressed.', { 'accept-encoding': 'identity' });
  }
  const text = bodyText(event);
  try {
    return JSON.parse(text);
  } catch {
    throw new HttpError(400, 'The body is not valid JSON.');
  }
};
