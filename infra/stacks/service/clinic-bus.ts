import { Stack } from 'aws-cdk-lib';
import { CfnArchive, CfnEventBusPolicy, EventBus } from 'aws-cdk-lib/aws-events';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';

export type ClinicBusProps = {
  readonly name: string;
  readonly key: IKey;
  readonly eventSource: string;
  /** Other accounts that may put events on the bus. */
  readonly accounts: readonly string[];
};

/** The bus that clinic systems put their events on, with an archive to replay the last 30 days from. */
export class ClinicBus extends Construct {
  readonly bus: EventBus;

  constructor(scope: Construct, id: string, props: ClinicBusProps) {
    super(scope, id);
    this.bus = new EventBus(this, 'Bus', {
      eventBusName: props.name,
      description: 'Procedures and news about patients, from clinic systems.',
      kmsKey: props.key,
    });
    new CfnArchive(this, 'Archive', {
      archiveName: props.name,
      sourceArn: this.bus.eventBusArn,
      description: 'All events of the last 30 days, to be replayed.',
      retentionDays: 30,
      kmsKeyIdentifier: props.key.keyArn,
    });
    for (const account of props.accounts) {
      new CfnEventBusPolicy(this, `From${account}`, {
        eventBusName: this.bus.eventBusName,
        statementId: `from-${account}`,
        statement: {
          Effect: 'Allow',
          Principal: { AWS: `arn:${Stack.of(this).partition}:iam::${account}:root` },
          Action: 'events:PutEvents',
          Resource: this.bus.eventBusArn,
          Condition: { StringEquals: { 'events:source': props.eventSource } },
        },
      });
    }
  }
}
