import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { HttpError } from './http.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true });

const notUtf8 = 'The body is not valid UTF-8.';

/** Returns the body as text. Throws an `HttpError` 400 where it is not UTF-8. */
export const bodyText = ({ body = '', isBase64Encoded }: APIGatewayProxyEventV2): string => {
  if (!isBase64Encoded) {
    if (!body.isWellFormed()) throw new HttpError(400, notUtf8);
    return body;
  }
  try {
    return utf8.decode(Buffer.from(body, 'base64'));
  } catch {
    throw new HttpError(400, notUtf8);
  }
};

/** A media type without its parameters, and the parameters; lower case, without spaces and quotes. */
export const mediaTypeOf = ({
  headers,
}: APIGatewayProxyEventV2): { readonly type: string; readonly parameters: readonly string[] } => {
  const [type = '', ...parameters] = (headers['content-type'] ?? '')
    .toLowerCase()
    .replaceAll(/[\s"]/g, '')
    .split(';');
  return { type, parameters };
};
