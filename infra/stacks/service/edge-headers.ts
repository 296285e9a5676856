import { Duration } from 'aws-cdk-lib';
import {
  HeadersFrameOption,
  HeadersReferrerPolicy,
  type ResponseCustomHeader,
  ResponseHeadersPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import type { Construct } from 'constructs';

const always = { override: true };

/** Two years, as the HSTS preload list requires. */
const transport = { ...always, accessControlMaxAge: Duration.days(730), includeSubdomains: true };

const hidden: ResponseCustomHeader[] = [
  { header: 'Cache-Control', value: 'no-store', ...always },
  { header: 'X-Robots-Tag', value: 'noindex, nofollow', ...always },
];

/** The headers of patients' pages, no matter whether a function, the API or CloudFront itself answers. */
export const patientHeaders = (scope: Construct, prefix: string): ResponseHeadersPolicy =>
  new ResponseHeadersPolicy(scope, 'PatientHeaders', {
    responseHeadersPolicyName: `${prefix}-patients`,
    comment: 'Kept by nobody, framed by nobody, found by no search engine.',
    securityHeadersBehavior: {
      strictTransportSecurity: transport,
      contentTypeOptions: always,
      frameOptions: { ...always, frameOption: HeadersFrameOption.DENY },
      referrerPolicy: { ...always, referrerPolicy: HeadersReferrerPolicy.NO_REFERRER },
      contentSecurityPolicy: {
        override: false,
        contentSecurityPolicy: "default-src 'none'; frame-ancestors 'none'",
      },
    },
    customHeadersBehavior: { customHeaders: hidden },
    removeHeaders: ['Apigw-Requestid'],
  });

/** The headers of published figures; their function sets the others. */
export const statsHeaders = (scope: Construct, prefix: string): ResponseHeadersPolicy =>
  new ResponseHeadersPolicy(scope, 'StatsHeaders', {
    responseHeadersPolicyName: `${prefix}-stats`,
    comment: 'Published figures, which other sites may embed.',
    securityHeadersBehavior: {
      strictTransportSecurity: transport,
      contentTypeOptions: always,
      referrerPolicy: { ...always, referrerPolicy: HeadersReferrerPolicy.NO_REFERRER },
      contentSecurityPolicy: { override: false, contentSecurityPolicy: "default-src 'none'" },
    },
    removeHeaders: ['Apigw-Requestid'],
  });
