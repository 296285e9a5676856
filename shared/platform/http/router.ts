import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { noteSubject } from '../logging/invocation.ts';
import { HttpError, type HttpResponse } from './http.ts';

/** The parts of a path that a template names, such as `token` in `/s/{token}`. */
export type PathParameters = Readonly<Record<string, string | undefined>>;

/** A route. `GET` serves HEAD too: the API leaves the body out. */
export type Route = {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** A template: `{name}` stands for one or more characters other than `/`. */
  readonly path: string;
  readonly respond: (event: APIGatewayProxyEventV2, parameters: PathParameters) => Promise<HttpResponse>;
};

const specialCharacters = /[.*+?^$()|[\]\\]/g;

/** A template's pattern: everything but its parameters matches literally. */
const patternOf = (template: string): RegExp =>
  new RegExp(`^${template.replace(specialCharacters, '\\$&').replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`);

const allowedMethods = (routes: readonly Route[]): string => {
  const methods = routes.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
  return [...new Set(methods)].join(', ');
};

/**
 * Creates the handler that hands a request to the first route that fits. Throws an `HttpError`: 404 where no template
 * fits the path, 405 with `Allow` where one does, but not with this method. Neither repeats the path. The route's
 * template is noted for the log.
 */
export const router = (
  routes: readonly Route[],
): ((event: APIGatewayProxyEventV2) => Promise<HttpResponse>) => {
  const table = routes.map((route) => ({ route, pattern: patternOf(route.path) }));
  return async (event) => {
    const { method } = event.requestContext.http;
    const wanted = method === 'HEAD' ? 'GET' : method;
    const candidates = table.flatMap(({ route, pattern }) => {
      const match = pattern.exec(event.rawPath);
      return match === null ? [] : [{ route, parameters: match.groups ?? {} }];
    });
    const found = candidates.find(({ route }) => route.method === wanted);
    if (found !== undefined) {
      noteSubject({ route: `${found.route.method} ${found.route.path}` });
      return found.route.respond(event, found.parameters);
    }
    if (candidates.length === 0) throw new HttpError(404, 'There is nothing at this address.');
    const allow = allowedMethods(candidates.map(({ route }) => route));
    throw new HttpError(405, `The method must be one of ${allow}.`, { allow });
  };
};
