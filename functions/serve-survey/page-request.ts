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
  /content-disposition:\s*form-data;\s*name=(?:"([^"\r\n]+)"|([^\s";]+))[ \t]*\r?\n(?:[^\r\n]+\r?\n)*\r?\n([^\r\n]*)/gi;

const multipartPairs = (text: string): readonly (readonly [string, string])[] =>
  [...text.matchAll(multipartPart)].map(([, quoted, bare, value = '']) => [quoted ?? bare ?? '', value]);

/** The pair that an email program posts (RFC 8058 section 3.1). */
const oneClick = ['List-Unsubscribe', 'One-Click'] as const;

/** Characters; the pair with the boundaries and headers of a multipart body is far shorter. */
const maxOneClickLength = 2_000;

const isOneClickPair = ([name, value]: readonly [string, string]): boolean =>
  name.trim().toLowerCase() === oneClick[0].toLowerCase() &&
  value.trim().toLowerCase() === oneClick[1].toLowerCase();

/**
 * True for a body that is the one-click pair and nothing else, whatever its content type says: email programs leave
 * the type out or get it wrong, and a person who asks for no more email must not be refused for that.
 */
const isOneClick = (text: string): boolean => {
  if (text.length > maxOneClickLength) return false;
  const bare = text.trim().replace(/^"(.*)"$/s, '$1');
  const pairs = bare.startsWith('--') ? multipartPairs(bare) : [...new URLSearchParams(bare)];
  const [only] = pairs;
  return pairs.length === 1 && only !== undefined && isOneClickPair(only);
};

const pairsOf = (event: APIGatewayProxyEventV2): readonly (readonly [string, string])[] => {
  const text = bodyText(event);
  if (isOneClick(text)) return [oneClick];
  switch (mediaTypeOf(event).type) {
    case 'application/x-www-form-urlencoded':
      return formPairs(text);
    case 'multipart/form-data':
      return multipartPairs(text);
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
