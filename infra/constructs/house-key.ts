import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';

/** An AWS service that uses the key on its own behalf, and under which conditions. */
export type KeyUser = {
  readonly service: string;
  readonly actions: readonly string[];
  readonly conditions: Readonly<Record<string, Readonly<Record<string, string>>>>;
};

export type HouseKeyProps = {
  readonly alias: string;
  readonly description: string;
  readonly users?: readonly KeyUser[];
};

/** A KMS key that rotates yearly, outlives its stack, and names each service that may use it. */
export class HouseKey extends Construct {
  readonly key: Key;

  constructor(scope: Construct, id: string, props: HouseKeyProps) {
    super(scope, id);
    this.key = new Key(this, 'Key', {
      alias: props.alias,
      description: props.description,
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    for (const { service, actions, conditions } of props.users ?? []) {
      this.key.addToResourcePolicy(
        new PolicyStatement({
          principals: [new ServicePrincipal(service)],
          actions: [...actions],
          resources: ['*'],
          conditions,
        }),
      );
    }
  }
}

/** The condition that a service acts for this account. */
export const forThisAccount = (scope: Construct): KeyUser['conditions'] => ({
  StringEquals: { 'aws:SourceAccount': Stack.of(scope).account },
});
