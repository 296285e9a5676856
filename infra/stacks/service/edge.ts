import { Duration, Stack } from 'aws-cdk-lib';
import { Certificate, CertificateValidation } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods,
  CacheCookieBehavior,
  CacheHeaderBehavior,
  CachePolicy,
  CacheQueryStringBehavior,
  Distribution,
  HttpVersion,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  OriginSslPolicy,
  PriceClass,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { AaaaRecord, ARecord, HostedZone, RecordTarget } from 'aws-cdk-lib/aws-route53';
import { CloudFrontTarget } from 'aws-cdk-lib/aws-route53-targets';
import { Construct } from 'constructs';
import { originHeader } from '../../../shared/platform/http/origin.ts';
import { acknowledge } from '../../constructs/acknowledge.ts';
import type { StageSettings } from '../../settings/stage-settings.ts';
import { patientHeaders, statsHeaders } from './edge-headers.ts';
import type { HouseApi } from './house-api.ts';

export type EdgeProps = {
  readonly prefix: string;
  readonly api: HouseApi;
  readonly originSecret: string;
  readonly firewallArn: string;
  readonly domain?: NonNullable<StageSettings['domain']>;
};

/** CloudFront, the only way in to public pages. Without a domain they have the name that CloudFront assigns. */
export class Edge extends Construct {
  readonly distribution: Distribution;
  /** Without a trailing slash. */
  readonly url: string;

  constructor(scope: Construct, id: string, props: EdgeProps) {
    super(scope, id);
    const { region, urlSuffix } = Stack.of(this);
    const origin = new HttpOrigin(`${props.api.api.apiId}.execute-api.${region}.${urlSuffix}`, {
      protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
      originSslProtocols: [OriginSslPolicy.TLS_V1_2],
      customHeaders: { [originHeader]: props.originSecret },
    });
    const zone =
      props.domain === undefined
        ? undefined
        : HostedZone.fromHostedZoneAttributes(this, 'Zone', {
            zoneName: props.domain.name,
            hostedZoneId: props.domain.hostedZoneId,
          });
    this.distribution = new Distribution(this, 'Distribution', {
      comment: `${props.prefix}: patients' pages and published figures`,
      webAclId: props.firewallArn,
      httpVersion: HttpVersion.HTTP2_AND_3,
      priceClass: PriceClass.PRICE_CLASS_100,
      ...(zone === undefined
        ? {}
        : {
            minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
            domainNames: [zone.zoneName],
            certificate: new Certificate(this, 'Certificate', {
              domainName: zone.zoneName,
              validation: CertificateValidation.fromDns(zone),
            }),
          }),
      defaultBehavior: {
        origin,
        allowedMethods: AllowedMethods.ALLOW_ALL,
        viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        cachePolicy: CachePolicy.CACHING_DISABLED,
        originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
        responseHeadersPolicy: patientHeaders(this, props.prefix),
      },
      additionalBehaviors: {
        '/stats*': {
          origin,
          allowedMethods: AllowedMethods.ALLOW_GET_HEAD,
          viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
          cachePolicy: this.fiveMinutes(props.prefix),
          responseHeadersPolicy: statsHeaders(this, props.prefix),
        },
      },
    });
    if (zone !== undefined) {
      const target = RecordTarget.fromAlias(new CloudFrontTarget(this.distribution));
      new ARecord(this, 'Ipv4', { zone, target });
      new AaaaRecord(this, 'Ipv6', { zone, target });
    }
    this.url = `https://${props.domain?.name ?? this.distribution.distributionDomainName}`;
    this.explain(zone === undefined);
  }

  private fiveMinutes(prefix: string): CachePolicy {
    return new CachePolicy(this, 'FiveMinutes', {
      cachePolicyName: `${prefix}-stats`,
      comment: 'Published figures: the same for everybody, at most five minutes old.',
      minTtl: Duration.seconds(0),
      defaultTtl: Duration.minutes(5),
      maxTtl: Duration.minutes(5),
      cookieBehavior: CacheCookieBehavior.none(),
      headerBehavior: CacheHeaderBehavior.allowList('Accept-Language'),
      queryStringBehavior: CacheQueryStringBehavior.all(),
      enableAcceptEncodingGzip: true,
      enableAcceptEncodingBrotli: true,
    });
  }

  private explain(hasOwnName: boolean): void {
    acknowledge(this.distribution, {
      'AwsSolutions-CFR1':
        'Patients answer from wherever they are: on holiday, or over a network of another country.',
      'AwsSolutions-CFR3':
        "CloudFront's log would keep the paths, and with them the tokens, of patients' links. The API behind it logs each request by route, and the firewall what it blocked.",
      ...(hasOwnName
        ? {
            'AwsSolutions-CFR4':
              "Under CloudFront's own name its own certificate decides the protocol; a stage with patients has a domain and then takes nothing older than TLS 1.2.",
          }
        : {}),
    });
  }
}
