import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { type IPublicHostedZone, PublicHostedZone, TxtRecord } from 'aws-cdk-lib/aws-route53';
import {
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  EmailIdentity,
  EmailSendingEvent,
  EventDestination,
  Identity,
  MailFromBehaviorOnMxFailure,
  SuppressionReasons,
} from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
import type { StageSettings } from '../../settings/stage-settings.ts';

export type SendingIdentityProps = {
  readonly configurationSetName: string;
  readonly emailFrom: string;
  readonly domain?: NonNullable<StageSettings['domain']>;
  /** The address that email providers send their daily DMARC reports to. */
  readonly reportsTo: string;
};

/** Everything that SES reports about an email, except opens and clicks: we do not track patients. */
const events = [
  EmailSendingEvent.SEND,
  EmailSendingEvent.DELIVERY,
  EmailSendingEvent.BOUNCE,
  EmailSendingEvent.COMPLAINT,
  EmailSendingEvent.REJECT,
  EmailSendingEvent.DELIVERY_DELAY,
  EmailSendingEvent.RENDERING_FAILURE,
];

/** The identity that email is sent from, and the rules under which SES sends it. */
export class SendingIdentity extends Construct {
  readonly identity: EmailIdentity;
  readonly configurationSet: ConfigurationSet;
  readonly configurationSetArn: string;

  constructor(scope: Construct, id: string, props: SendingIdentityProps) {
    super(scope, id);
    this.configurationSet = new ConfigurationSet(this, 'Rules', {
      configurationSetName: props.configurationSetName,
      tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE,
      suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
      reputationMetrics: true,
      maxDeliveryDuration: Duration.hours(12),
    });
    this.configurationSetArn = Stack.of(this).formatArn({
      service: 'ses',
      resource: 'configuration-set',
      resourceName: this.configurationSet.configurationSetName,
    });
    this.configurationSet.addEventDestination('Events', {
      destination: EventDestination.eventBus(EventBus.fromEventBusName(this, 'DefaultBus', 'default')),
      events,
    });
    this.identity =
      props.domain === undefined
        ? this.verifiedAddress(props.emailFrom)
        : this.ofDomain(props.domain, props.reportsTo);
    new CfnOutput(this, 'IdentityName', {
      value: this.identity.emailIdentityName,
      description: 'What SES has to have verified before an email can go.',
    });
  }

  private verifiedAddress(address: string): EmailIdentity {
    return new EmailIdentity(this, 'Sender', {
      identity: Identity.email(address),
      configurationSet: this.configurationSet,
      feedbackForwarding: false,
    });
  }

  private ofDomain(
    { name, hostedZoneId }: NonNullable<SendingIdentityProps['domain']>,
    reportsTo: string,
  ): EmailIdentity {
    const zone: IPublicHostedZone = PublicHostedZone.fromPublicHostedZoneAttributes(this, 'Zone', {
      zoneName: name,
      hostedZoneId,
    });
    new TxtRecord(this, 'Dmarc', {
      zone,
      recordName: `_dmarc.${name}.`,
      values: [`v=DMARC1; p=quarantine; adkim=s; aspf=r; rua=mailto:${reportsTo}`],
    });
    return new EmailIdentity(this, 'Sender', {
      identity: Identity.publicHostedZone(zone),
      configurationSet: this.configurationSet,
      dkimSigning: true,
      mailFromDomain: `bounce.${name}`,
      mailFromBehaviorOnMxFailure: MailFromBehaviorOnMxFailure.REJECT_MESSAGE,
      feedbackForwarding: false,
    });
  }
}
