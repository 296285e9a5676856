import type { APIGatewayProxyEventV2, APIGatewayProxyResultV2, Context } from 'aws-lambda';

/** A function behind the HTTP API, invoked as Lambda does. */
export type HttpHandler = (
  event: APIGatewayProxyEventV2,
  context: Context,
) => Promise<APIGatewayProxyResultV2>;

/**
 * A route of the HTTP API: `GET /s/{token}`. As on AWS, a GET route does not serve HEAD, which needs its own route
 * or ANY. A last segment `{name+}` matches the rest of the path; the path `$default` takes what no other route takes.
 */
export type HttpRoute = {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS' | 'ANY';
  readonly path: string;
  readonly handler: HttpHandler;
};

export type RouteMatch = {
  readonly route: HttpRoute;
  readonly pathParameters: Readonly<Record<string, string>>;
};

const segmentsOf = (path: string): readonly string[] => path.split('/').slice(1);

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

const defaultPath = '$default';

const parametersOf = (pattern: string, path: string): Readonly<Record<string, string>> | undefined => {
  if (pattern === defaultPath) return {};
  const wanted = segmentsOf(pattern);
  const given = segmentsOf(path);
  const isGreedy = wanted.at(-1)?.endsWith('+}') ?? false;
  if (isGreedy ? given.length < wanted.length : given.length !== wanted.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, segment] of wanted.entries()) {
    const value = given[index] ?? '';
    const name = /^\{([^+}]+)(\+?)\}$/.exec(segment);
    if (name === null && segment !== value) return undefined;
    if (name?.[1] === undefined) continue;
    if (value === '') return undefined;
    parameters[name[1]] = decoded(name[2] === '+' ? given.slice(index).join('/') : value);
  }
  return parameters;
};

const segmentRank = (segment: string): string => {
  if (segment.endsWith('+}')) return '2';
  return segment.startsWith('{') ? '1' : '0';
};

/** API Gateway's precedence: literal segment, parameter, greedy parameter; then a named method before ANY. */
const rank = ({ path, method }: HttpRoute): string =>
  path === defaultPath
    ? '9'
    : [...segmentsOf(path).map(segmentRank), '3', method === 'ANY' ? '1' : '0'].join('');

/** Returns the route that API Gateway would choose for a method and a raw path. */
export const matchRoute = (
  routes: readonly HttpRoute[],
  method: string,
  path: string,
): RouteMatch | undefined =>
  routes
    .filter((route) => route.method === method || route.method === 'ANY')
    .flatMap((route) => {
      const pathParameters = parametersOf(route.path, path);
      return pathParameters === undefined ? [] : [{ route, pathParameters }];
    })
    .sort((a, b) => (rank(a.route) < rank(b.route) ? -1 : 1))
    .at(0);
