import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { documentClient } from '../../shared/adapters/dynamodb/client.ts';
import { publishedReleasesOn } from '../../shared/adapters/dynamodb/release-store.ts';
import { type Environment, readEnvironment } from '../../shared/adapters/system/environment.ts';
import type { Runtime } from '../../shared/adapters/system/runtime.ts';
import { HttpError, httpStack } from '../../shared/middleware/http.ts';
import { onlyThroughCdn } from '../../shared/middleware/origin.ts';
import { problem, revalidated } from './answers.ts';
import { environmentSchema } from './environment.ts';
import { servedReleases } from './releases.ts';
import { routeOf } from './routes.ts';
import { noFiguresPage, serveStatsWith } from './serve.ts';

/** Nothing here takes a body. */
const maxBodyBytes = 1024;

/** Makes the handler of the statistics: the page, the data, the charts and the script for other pages. */
export const compose = (environment: Environment, { clock, log, metrics }: Runtime) => {
  const variables = readEnvironment(environmentSchema, environment);
  const published = publishedReleasesOn(documentClient(), variables.OUTCOMES_TABLE);
  const serve = serveStatsWith({
    releases: servedReleases({ releases: published, clock, log, metrics }),
    clock,
    clinic: variables.CLINIC_NAME,
    baseUrl: variables.BASE_URL,
    defaultLocale: variables.DEFAULT_LOCALE,
  });

  return middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
    .use(
      httpStack({
        log,
        maxBodyBytes,
        renderError: ({ rawPath }, status, detail) =>
          status >= 500 && routeOf(rawPath)?.kind === 'page'
            ? noFiguresPage(variables.CLINIC_NAME, variables.DEFAULT_LOCALE, status, 'unavailable')
            : problem(status, detail),
      }),
    )
    .use(onlyThroughCdn(variables.ORIGIN_SECRETS))
    .handler(async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
      const { method } = event.requestContext.http;
      if (method !== 'GET' && method !== 'HEAD') throw new HttpError(405, 'GET only', { allow: 'GET, HEAD' });
      return { ...revalidated(event, await serve(event)) };
    });
};
