import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { stageNames } from '../support/templates.ts';
import { nameIn, plain, resourcesOf } from './resources.ts';

const only = <T>(all: ReadonlyMap<string, T>): T => {
  const [first] = all.values();
  if (first === undefined || all.size !== 1) throw new Error(`There are ${all.size}, not one.`);
  return first;
};

/** Policies of AWS by their published ids: caching disabled; all viewer headers except Host. */
const cachingDisabled = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
const allViewerExceptHost = 'b689b0a8-53d0-40ab-baf2-68738e2966ac';

const behindEdge = z.object({
  FunctionName: z.string(),
  Environment: z.object({ Variables: z.record(z.string(), z.unknown()) }),
});

const routes = {
  pages: [
    ...['/s/{token}', '/u/{token}', '/h/{token}'].flatMap((path) =>
      ['GET', 'HEAD', 'POST'].map((method) => `${method} ${path} NONE`),
    ),
    '$default NONE',
    ...['/stats', '/stats/{proxy+}'].flatMap((path) =>
      ['GET', 'HEAD'].map((method) => `${method} ${path} NONE`),
    ),
  ],
  intake: [
    'POST /procedures',
    'POST /contacts',
    'POST /fhir',
    'POST /fhir/Procedure',
    'PUT /fhir/Procedure/{id}',
    'POST /fhir/Patient',
    'PUT /fhir/Patient/{id}',
    'POST /fhir/Appointment',
    'PUT /fhir/Appointment/{id}',
    'POST /{proxy+}',
    'PUT /{proxy+}',
  ],
};

const route = z.object({ ApiId: z.unknown(), RouteKey: z.string(), AuthorizationType: z.string() });

describe.each(stageNames)('the edge of %s', (stage) => {
  it('caches figures for five minutes, by every query parameter and the language', () => {
    expect(only(resourcesOf(stage, 'AWS::CloudFront::CachePolicy'))).toEqual({
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

  it('reaches one origin with the secret in force, and nothing but through the firewall', () => {
    const config = plain(only(resourcesOf(stage, 'AWS::CloudFront::Distribution'))['DistributionConfig']);
    const methods = ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'];
    const common = {
      Compress: true,
      TargetOriginId: expect.any(String),
      ViewerProtocolPolicy: 'redirect-to-https',
    };
    expect(config).toEqual({
      Enabled: true,
      Comment: expect.any(String),
      HttpVersion: 'http2and3',
      IPV6Enabled: true,
      PriceClass: 'PriceClass_100',
      WebACLId: 'FirewallAcl.Arn',
      DefaultCacheBehavior: {
        ...common,
        AllowedMethods: methods,
        CachePolicyId: cachingDisabled,
        OriginRequestPolicyId: allViewerExceptHost,
        ResponseHeadersPolicyId: 'EdgePatientHeaders',
      },
      CacheBehaviors: [
        {
          ...common,
          PathPattern: '/stats*',
          AllowedMethods: ['GET', 'HEAD'],
          CachePolicyId: 'EdgeFiveMinutes',
          ResponseHeadersPolicyId: 'EdgeStatsHeaders',
        },
      ],
      Origins: [
        {
          Id: expect.any(String),
          DomainName: 'PagesApi.execute-api.us-east-1.{URLSuffix}',
          CustomOriginConfig: { OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'] },
          OriginCustomHeaders: [
            {
              HeaderName: 'x-origin-verify',
              HeaderValue: '{{resolve:secretsmanager:OriginSecretGeneration1:SecretString:::}}',
            },
          ],
        },
      ],
      ...(stage === 'dev'
        ? {}
        : {
            Aliases: [expect.stringMatching(/lakeside\.example$/)],
            ViewerCertificate: {
              AcmCertificateArn: 'EdgeCertificate',
              MinimumProtocolVersion: 'TLSv1.2_2021',
              SslSupportMethod: 'sni-only',
            },
          }),
    });
  });

  it('has a secret of 48 letters and digits, and each function behind it takes that secret', () => {
    expect(only(resourcesOf(stage, 'AWS::SecretsManager::Secret'))['GenerateSecretString']).toEqual({
      ExcludePunctuation: true,
      PasswordLength: 48,
    });
    const accepted = [...resourcesOf(stage, 'AWS::Lambda::Function').values()].flatMap((raw) => {
      const { FunctionName, Environment } = behindEdge.parse(plain(raw));
      const { ORIGIN_SECRETS } = Environment.Variables;
      return ORIGIN_SECRETS === undefined ? [] : [[nameIn(stage, FunctionName), ORIGIN_SECRETS]];
    });
    const secret = '{{resolve:secretsmanager:OriginSecretGeneration1:SecretString:::}}';
    expect(accepted).toEqual([
      ['serve-survey', secret],
      ['serve-stats', secret],
    ]);
  });

  it('tells browsers and search engines what the pages allow, whatever answers', () => {
    const policies = [...resourcesOf(stage, 'AWS::CloudFront::ResponseHeadersPolicy').values()];
    const common = {
      ContentTypeOptions: { Override: true },
      ReferrerPolicy: { Override: true, ReferrerPolicy: 'no-referrer' },
      StrictTransportSecurity: {
        AccessControlMaxAgeSec: 63_072_000,
        IncludeSubdomains: true,
        Override: true,
      },
    };
    const withoutRequestId = { RemoveHeadersConfig: { Items: [{ Header: 'Apigw-Requestid' }] } };
    expect(policies.map((policy) => policy['ResponseHeadersPolicyConfig'])).toEqual([
      {
        ...withoutRequestId,
        Comment: expect.any(String),
        Name: `aftercare-${stage}-patients`,
        CustomHeadersConfig: {
          Items: [
            { Header: 'Cache-Control', Override: true, Value: 'no-store' },
            { Header: 'X-Robots-Tag', Override: true, Value: 'noindex, nofollow' },
          ],
        },
        SecurityHeadersConfig: {
          ...common,
          ContentSecurityPolicy: {
            ContentSecurityPolicy: "default-src 'none'; frame-ancestors 'none'",
            Override: false,
          },
          FrameOptions: { FrameOption: 'DENY', Override: true },
        },
      },
      {
        // Figures are framed by other sites and found by search engines: no FrameOptions, no X-Robots-Tag.
        ...withoutRequestId,
        Comment: expect.any(String),
        Name: `aftercare-${stage}-stats`,
        SecurityHeadersConfig: {
          ...common,
          ContentSecurityPolicy: { ContentSecurityPolicy: "default-src 'none'", Override: false },
        },
      },
    ]);
  });

  it('blocks an address after 600 requests in five minutes, and what AWS knows to be an attack', () => {
    const seenAs = (MetricName: string) => ({
      CloudWatchMetricsEnabled: true,
      MetricName,
      SampledRequestsEnabled: false,
    });
    const managed = (Name: string, Priority: number, counted: readonly string[]) => ({
      Name,
      Priority,
      OverrideAction: { None: {} },
      VisibilityConfig: seenAs(Name),
      Statement: {
        ManagedRuleGroupStatement: {
          VendorName: 'AWS',
          Name,
          RuleActionOverrides: counted.map((rule) => ({ Name: rule, ActionToUse: { Count: {} } })),
        },
      },
    });
    expect(only(resourcesOf(stage, 'AWS::WAFv2::WebACL'))).toEqual({
      Name: `aftercare-${stage}`,
      Scope: 'CLOUDFRONT',
      DefaultAction: { Allow: {} },
      VisibilityConfig: seenAs(`aftercare-${stage}`),
      Tags: expect.any(Array),
      Rules: [
        {
          Name: 'OneAddress',
          Priority: 0,
          Action: { Block: { CustomResponse: { ResponseCode: 429 } } },
          VisibilityConfig: seenAs('OneAddress'),
          Statement: {
            RateBasedStatement: { AggregateKeyType: 'IP', EvaluationWindowSec: 300, Limit: 600 },
          },
        },
        managed('AWSManagedRulesCommonRuleSet', 1, ['NoUserAgent_HEADER']),
        managed('AWSManagedRulesKnownBadInputsRuleSet', 2, []),
      ],
    });
  });

  it('logs what the firewall blocked, without path, query, cookie, credentials and referer', () => {
    expect(plain(only(resourcesOf(stage, 'AWS::WAFv2::LoggingConfiguration')))).toEqual({
      ResourceArn: 'FirewallAcl.Arn',
      LogDestinationConfigs: ['FirewallLog.Arn'],
      LoggingFilter: {
        DefaultBehavior: 'DROP',
        Filters: [
          {
            Behavior: 'KEEP',
            Requirement: 'MEETS_ANY',
            Conditions: [{ ActionCondition: { Action: 'BLOCK' } }],
          },
        ],
      },
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

  it('logs each request by its route, and nothing that says who asked', () => {
    const logged = z.object({ DestinationArn: z.string(), Format: z.string() });
    const found = [...resourcesOf(stage, 'AWS::ApiGatewayV2::Stage').values()].map((one) =>
      logged.parse(plain(one['AccessLogSettings'])),
    );
    expect(found.map(({ DestinationArn }) => DestinationArn)).toEqual(['PagesLog.Arn', 'IntakeLog.Arn']);
    for (const { Format } of found) {
      expect(JSON.parse(Format)).toEqual({
        requestId: '$context.requestId',
        time: '$context.requestTime',
        route: '$context.routeKey',
        status: '$context.status',
        length: '$context.responseLength',
        milliseconds: '$context.responseLatency',
        integrationStatus: '$context.integrationStatus',
        error: '$context.error.message',
      });
    }
  });
});
