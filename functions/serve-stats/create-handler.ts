import middy from '@middy/core';
import httpHeaderNormalizer from '@middy/http-header-normalizer';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { publishedReleasesOn } from '../../shared/outcomes/release/aws/release-store.ts';
import { documentClient } from '../../shared/platform/aws/dynamodb.ts';
import { type Environment, readEnvironment } from '../../shared/platform/environment.ts';
import { compressUncached } from '../../shared/platform/http/compress.ts';
import { bodyLimit, renderErrors, securityHeaders } from '../../shared/platform/http/middleware.ts';
import { onlyThroughCdn } from '../../shared/platform/http/origin.ts';
import { router } from '../../shared/platform/http/router.ts';
import { loggedInvocations } from '../../shared/platform/logging/invocation.ts';
import type { Runtime } from '../../shared/platform/logging/runtime.ts';
import { environmentSchema } from './environment.ts';
import { servedReleases } from './releases.ts';
import { problem } from './responses.ts';
import { noFiguresPage, pagePath, statsRoutes } from './stats-routes.ts';

/** Nothing here takes a body. */
const maxBodyBytes = 1024;

/** Creates the handler of the statistics: the page, the data, the charts and the script for other pages. */
export const createHandler = (environment: Environment, { clock, log, metrics }: Runtime) => {
  const variables = readEnvironment(environmentSchema, environment);
  const { CLINIC_NAME: clinic, DEFAULT_LOCALE: defaultLocale, BASE_URL: baseUrl } = variables;
  const published = publishedReleasesOn(documentClient(), variables.OUTCOMES_TABLE);
  const releases = servedReleases({ releases: published, clock, log, metrics });

  const handler = middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
    .use(compressUncached())
    .use(securityHeaders())
    .use(
      renderErrors(log, metrics, ({ rawPath }, status, detail) =>
        status >= 500 && rawPath === pagePath
          ? noFiguresPage(clinic, defaultLocale, status, 'unavailable')
          : problem(status, detail),
      ),
    )
    .use(httpHeaderNormalizer())
    .use(bodyLimit(maxBodyBytes))
    .use(onlyThroughCdn(variables.ORIGIN_SECRETS))
    .handler(router(statsRoutes({ releases, clock, clinic, baseUrl, defaultLocale })));
  return loggedInvocations(log, handler);
};
