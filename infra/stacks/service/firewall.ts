import { RemovalPolicy } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CfnLoggingConfiguration, CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';

export type FirewallProps = {
  readonly prefix: string;
  readonly logKey: IKey;
  readonly logRetention: RetentionDays;
};

/** Maximum requests per IP address in five minutes. Many patients share the address of a clinic or an email scanner. */
const requestsPerFiveMinutes = 600;

const seenAs = (metricName: string): CfnWebACL.VisibilityConfigProperty => ({
  cloudWatchMetricsEnabled: true,
  sampledRequestsEnabled: false,
  metricName,
});

const managed = (name: string, priority: number, counted: readonly string[]): CfnWebACL.RuleProperty => ({
  name,
  priority,
  overrideAction: { none: {} },
  visibilityConfig: seenAs(name),
  statement: {
    managedRuleGroupStatement: {
      vendorName: 'AWS',
      name,
      ruleActionOverrides: counted.map((rule) => ({ name: rule, actionToUse: { count: {} } })),
    },
  },
});

/**
 * The WAF in front of everything public. Requests without a User-Agent pass: an email program's one-click unsubscribe
 * (RFC 8058) may lack one and must not be lost.
 */
export class Firewall extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: FirewallProps) {
    super(scope, id);
    const acl = new CfnWebACL(this, 'Acl', {
      name: props.prefix,
      scope: 'CLOUDFRONT',
      defaultAction: { allow: {} },
      visibilityConfig: seenAs(props.prefix),
      rules: [
        {
          name: 'OneAddress',
          priority: 0,
          action: { block: { customResponse: { responseCode: 429 } } },
          visibilityConfig: seenAs('OneAddress'),
          statement: {
            rateBasedStatement: {
              aggregateKeyType: 'IP',
              limit: requestsPerFiveMinutes,
              evaluationWindowSec: 300,
            },
          },
        },
        managed('AWSManagedRulesCommonRuleSet', 1, ['NoUserAgent_HEADER']),
        managed('AWSManagedRulesKnownBadInputsRuleSet', 2, []),
      ],
    });
    this.arn = acl.attrArn;
    const log = new LogGroup(this, 'Log', {
      logGroupName: `aws-waf-logs-${props.prefix}`,
      retention: props.logRetention,
      encryptionKey: props.logKey,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    new CfnLoggingConfiguration(this, 'Logging', {
      resourceArn: acl.attrArn,
      logDestinationConfigs: [log.logGroupArn.replace(/:\*$/, '')],
      loggingFilter: {
        DefaultBehavior: 'DROP',
        Filters: [
          {
            Behavior: 'KEEP',
            Requirement: 'MEETS_ANY',
            Conditions: [{ ActionCondition: { Action: 'BLOCK' } }],
          },
        ],
      },
      redactedFields: [
        { uriPath: {} },
        { queryString: {} },
        { singleHeader: { Name: 'cookie' } },
        { singleHeader: { Name: 'authorization' } },
        { singleHeader: { Name: 'referer' } },
      ],
    });
  }
}
