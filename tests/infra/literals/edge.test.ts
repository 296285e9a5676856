import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { stageNames } from '../support/templates.ts';
import { nameIn, resourcesOf } from './resources.ts';

const only = <T>(all: ReadonlyMap<string, T>): T => {
  const [first] = all.values();
  if (first === undefined || all.size !== 1) throw new Error(`There are ${all.size}, not one.`);
  return first;
};

/** Policies of AWS by their published ids: caching disabled; all viewer headers except Host. */
const cachingDisabled = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
const allViewerExceptHost = 'b689b0a8-53d0-40ab-baf2-68738e2966ac';

const distribution = z.object({
  DistributionConfig: z.looseObject({
    CacheBehaviors: z.tuple([z.looseObject({ CachePolicyId: z.object({ Ref: z.string() }) })]),
    DefaultCacheBehavior: z.looseObject({}),
    Origins: z.tuple([z.looseObject({})]),
  }),
});

const routes = {
  pages: [
    ...['/s/{token}', '/u/{token}', '/h/{token}'].flatMap((path) =>
      ['GET', 'HEAD', 'POST'].map((method) => `${method} ${path} NONE`),
    ),
    ...['/stats', '/stats/{proxy+}'].flatMap((path) =>
      ['GET', 'HEAD'].map((method) => `${method} ${path} NONE`),
    ),
  ],
  intake: ['/procedures', '/contacts', '/fhir', '/fhir/Procedure'].map((path) => `POST ${path}`),
};

const route = z.object({ ApiId: z.unknown(), RouteKey: z.string(), AuthorizationType: z.string() });

describe.each(stageNames)('the edge of %s', (stage) => {
  it('caches figures by every query parameter and the language, and no page of a patient', () => {
    const { DistributionConfig } = distribution.parse(
      only(resourcesOf(stage, 'AWS::CloudFront::Distribution')),
    );
    const { CacheBehaviors, DefaultCacheBehavior, Origins } = DistributionConfig;
    expect(CacheBehaviors[0]).toMatchObject({
      PathPattern: '/stats*',
      AllowedMethods: ['GET', 'HEAD'],
      ViewerProtocolPolicy: 'redirect-to-https',
    });
    expect(CacheBehaviors[0]).not.toHaveProperty('OriginRequestPolicyId');
    expect(DefaultCacheBehavior).toMatchObject({
      CachePolicyId: cachingDisabled,
      OriginRequestPolicyId: allViewerExceptHost,
      ViewerProtocolPolicy: 'redirect-to-https',
    });
    expect(Origins[0]).toMatchObject({
      CustomOriginConfig: { OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'] },
      OriginCustomHeaders: [{ HeaderName: 'x-origin-verify', HeaderValue: expect.anything() }],
    });
    expect(
      resourcesOf(stage, 'AWS::CloudFront::CachePolicy').get(CacheBehaviors[0].CachePolicyId.Ref),
    ).toEqual({
      CachePolicyConfig: {
        Comment: expect.any(String),
        Name: `aftercare-${stage}-stats`,
        DefaultTTL: 300,
        MaxTTL: 300,
        MinTTL: 0,
        ParametersInCacheKeyAndForwardedToOrigin: {
          CookiesConfig: { CookieBehavior: 'none' },
          EnableAcceptEncodingBrotli: true,
          EnableAcceptEncodingGzip: true,
          HeadersConfig: { HeaderBehavior: 'whitelist', Headers: ['Accept-Language'] },
          QueryStringsConfig: { QueryStringBehavior: 'all' },
        },
      },
    });
  });

  it('blocks an address after 600 requests in five minutes, and logs no path, query, cookie or referer', () => {
    const { Rules } = z
      .looseObject({ Rules: z.array(z.looseObject({ Name: z.string() })) })
      .parse(only(resourcesOf(stage, 'AWS::WAFv2::WebACL')));
    expect(Rules.map(({ Name }) => Name)).toEqual([
      'OneAddress',
      'AWSManagedRulesCommonRuleSet',
      'AWSManagedRulesKnownBadInputsRuleSet',
    ]);
    expect(Rules[0]).toMatchObject({
      Action: { Block: { CustomResponse: { ResponseCode: 429 } } },
      Statement: { RateBasedStatement: { AggregateKeyType: 'IP', EvaluationWindowSec: 300, Limit: 600 } },
    });
    expect(only(resourcesOf(stage, 'AWS::WAFv2::LoggingConfiguration'))).toMatchObject({
      LoggingFilter: { DefaultBehavior: 'DROP' },
      RedactedFields: [
        { UriPath: {} },
        { QueryString: {} },
        { SingleHeader: { Name: 'cookie' } },
        { SingleHeader: { Name: 'authorization' } },
        { SingleHeader: { Name: 'referer' } },
      ],
    });
  });

  it('has these routes and no other, and those of clinic systems ask who calls', () => {
    const found = [...resourcesOf(stage, 'AWS::ApiGatewayV2::Route').values()].map((raw) => route.parse(raw));
    const of = (api: string) => found.filter(({ ApiId }) => nameIn(stage, ApiId) === api);
    expect(of('pages').map((it) => `${it.RouteKey} ${it.AuthorizationType}`)).toEqual(routes.pages);
    expect(of('intake').map(({ RouteKey }) => RouteKey)).toEqual(routes.intake);
    for (const { AuthorizationType } of of('intake')) expect(['JWT', 'AWS_IAM']).toContain(AuthorizationType);
  });

  it('takes 50 requests a second and 100 at once, on each API', () => {
    const stages = [...resourcesOf(stage, 'AWS::ApiGatewayV2::Stage').values()];
    expect(stages).toHaveLength(2);
    for (const one of stages) {
      expect(one['DefaultRouteSettings']).toEqual({ ThrottlingBurstLimit: 100, ThrottlingRateLimit: 50 });
    }
  });
});
