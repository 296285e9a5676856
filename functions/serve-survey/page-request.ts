import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { HttpError } from '../../shared/platform/http/http.ts';
import { bodyText, mediaTypeOf } from '../../shared/platform/http/request-body.ts';
import { type Locale, localeFrom } from '../../shared/platform/locale.ts';

/** A request to one of an email's pages, with its form fields and its query. */
export type PageRequest = {
  readonly token: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string | undefined>>;
  /** Fields by name; a repeated one is a list, which is never read as an answer. */
  readonly fields: Readonly<Record<string, string | readonly string[]>>;
  /** The language that the page's own link or form names. */
  readonly pageLocale: Locale | undefined;
  /** The browser's preferred language. */
  readonly browserLocale: Locale | undefined;
};

/** A browser escapes whole characters. Half of one would be decoded to a replacement character, so it is rejected. */
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
  switch (mediaTypeOf(event).type) {
    case 'application/x-www-form-urlencoded':
      return formPairs(bodyText(event));
    case 'multipart/form-data':
      return [...bodyText(event).matchAll(multipartPart)].map(([, name = '', value = '']) => [name, value]);
    default:
      throw new HttpError(415, 'The form has a content type that is not understood.');
  }
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

/** Reads a request to one of an email's pages. Throws an `HttpError` on a body that it cannot read. */
export const readPageRequest = (event: APIGatewayProxyEventV2, token: string): PageRequest => {
  const isPost = event.requestContext.http.method === 'POST';
  const fields = isPost ? fieldsOf(event) : {};
  const query = event.queryStringParameters ?? {};
  return {
    token,
    path: event.rawPath,
    query,
    fields,
    pageLocale: localeFrom(query['lang']) ?? localeFrom(textField(fields['lang'])),
    browserLocale: localeFrom(event.headers['accept-language']?.split(',')[0]),
  };
};
