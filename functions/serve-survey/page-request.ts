import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { HttpError } from '../../shared/platform/http/http.ts';
import { type Locale, localeFrom } from '../../shared/platform/locale.ts';

/** A request for one of an email's pages, with what its form or its query says. */
export type PageRequest = {
  readonly token: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string | undefined>>;
  /** Fields by name; one sent twice is a list, which nothing takes for an answer. */
  readonly fields: Readonly<Record<string, string | readonly string[]>>;
  /** The language asked for by the page itself, or, when it does not say, by the browser. */
  readonly askedLocale: Locale | undefined;
  readonly browserLocale: Locale | undefined;
};

const formType = 'application/x-www-form-urlencoded';
const multipartType = 'multipart/form-data';

const textOf = ({ body = '', isBase64Encoded }: APIGatewayProxyEventV2): string => {
  try {
    return isBase64Encoded
      ? new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(body, 'base64'))
      : body;
  } catch {
    throw new HttpError(400, 'The body is not UTF-8 text.');
  }
};

/** A browser escapes whole characters; half a one is decoded to something nobody sent, unless it is refused. */
const formPairs = (text: string): readonly (readonly [string, string])[] => {
  try {
    decodeURIComponent(text);
  } catch {
    throw new HttpError(400, 'The form is not UTF-8 text.');
  }
  return [...new URLSearchParams(text)];
};

/** One-click unsubscribe may come as multipart (RFC 8058 section 3.1): text parts without a file name only. */
const multipartPart =
  /content-disposition:\s*form-data;\s*name="([^"\r\n]+)"\r?\n(?:[^\r\n]+\r?\n)*\r?\n([^\r\n]*)/gi;

const pairsOf = (event: APIGatewayProxyEventV2): readonly (readonly [string, string])[] => {
  const [type = ''] = (event.headers['content-type'] ?? '').toLowerCase().split(';');
  if (type.trim() === formType) return formPairs(textOf(event));
  if (type.trim() === multipartType) {
    return [...textOf(event).matchAll(multipartPart)].map(([, name = '', value = '']) => [name, value]);
  }
  throw new HttpError(415, 'The form has a content type that is not understood.');
};

const fieldsOf = (event: APIGatewayProxyEventV2): PageRequest['fields'] => {
  const grouped = Map.groupBy(pairsOf(event), ([name]) => name);
  return Object.fromEntries(
    [...grouped].map(([name, pairs]) => {
      const values = pairs.map(([, value]) => value);
      return [name, values.length === 1 ? (values[0] ?? '') : values];
    }),
  );
};

const textField = (value: string | readonly string[] | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined;

/** Takes a request to one of an email's pages, gives what it asks for. Throws an `HttpError` on a body it cannot read. */
export const readPageRequest = (event: APIGatewayProxyEventV2): PageRequest => {
  const isPost = event.requestContext.http.method === 'POST';
  const fields = isPost ? fieldsOf(event) : {};
  const query = event.queryStringParameters ?? {};
  return {
    token: event.pathParameters?.['token'] ?? '',
    path: event.rawPath,
    query,
    fields,
    askedLocale: localeFrom(query['lang']) ?? localeFrom(textField(fields['lang'])),
    browserLocale: localeFrom(event.headers['accept-language']?.split(',')[0]),
  };
};
