import { Duration } from 'aws-cdk-lib';
import {
  HeadersFrameOption,
  HeadersReferrerPolicy,
  type ResponseCustomHeader,
  ResponseHeadersPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import type { Construct } from 'constructs';

const always = { override: true };

/** Two years, as the preload lists want it. */
const transport = { ...always, accessControlMaxAge: Duration.days(730), includeSubdomains: true };

const hidden: ResponseCustomHeader[] = [
  { header: 'Cache-Control', value: 'no-store', ...always },
  { header: 'X-Robots-Tag', value: 'noindex, nofollow', ...always },
];

/** Takes a scope, gives the headers of patients' pages, whatever answers: the functions, the API or CloudFront. */
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

/** Takes a scope, gives the headers of published figures; what else they carry is for their function to say. */
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
