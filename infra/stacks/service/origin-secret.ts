import { RemovalPolicy } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { acknowledge } from '../../constructs/acknowledge.ts';

export type OriginSecretProps = {
  readonly key: IKey;
  /** Raise by one to change the secret; the previous one is accepted until the next change. */
  readonly generation: number;
};

const rotation =
  'Its two ends, CloudFront and the functions, take the value from the template: it changes with a deployment that raises originSecretGeneration, once a year or at any suspicion (docs/deploy.md).';

/** The secret that CloudFront sends with each request; functions reject requests without it, which bypass the WAF. */
export class OriginSecret extends Construct {
  /** The value that CloudFront sends. */
  readonly current: string;
  /** The values that functions accept, newest first, separated by commas. */
  readonly accepted: string;

  constructor(scope: Construct, id: string, { key, generation }: OriginSecretProps) {
    super(scope, id);
    const secretOf = (number: number): string => {
      const secret = new Secret(this, `Generation${number}`, {
        description: 'Said by CloudFront to the functions behind it.',
        encryptionKey: key,
        generateSecretString: { passwordLength: 48, excludePunctuation: true },
        removalPolicy: RemovalPolicy.DESTROY,
      });
      acknowledge(secret, {
        'AwsSolutions-SMG4': rotation,
        'HIPAA.Security-SecretsManagerRotationEnabled': rotation,
        'NIST.800.53.R5-SecretsManagerRotationEnabled': rotation,
      });
      return secret.secretValue.unsafeUnwrap();
    };
    this.current = secretOf(generation);
    this.accepted = [this.current, ...(generation > 1 ? [secretOf(generation - 1)] : [])].join(',');
  }
}
