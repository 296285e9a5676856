import { describe, expect, it } from 'vitest';
import { stageNames } from '../support/templates.ts';
import { linesOf, plain, resourcesOf } from './resources.ts';

/**
 * Who may use each key, written down a second time on purpose. The account's own roles need a policy besides; the
 * services act for it without one, so a service that is missing here fails in silence: no alarm is delivered, no event
 * is archived, no line is logged.
 */
const account = 'account: kms:*';
const forThisAccount = 'if aws:SourceAccount StringEquals {AccountId}';
const throughSecrets = 'if kms:ViaService StringEquals secretsmanager.us-east-1.amazonaws.com';

const tableOf = (stage: string): Readonly<Record<string, readonly string[]>> => {
  const bus = `arn:{Partition}:events:us-east-1:{AccountId}:event-bus/aftercare-${stage}`;
  return {
    transit: [
      account,
      `events.amazonaws.com: Decrypt GenerateDataKey DescribeKey ReEncrypt* ${forThisAccount}`,
      `cloudwatch.amazonaws.com: Decrypt GenerateDataKey ${forThisAccount}`,
      `events.amazonaws.com: Decrypt GenerateDataKey DescribeKey ${forThisAccount} and aws:SourceArn StringEquals ${bus} and kms:EncryptionContext:aws:events:event-bus:arn StringEquals ${bus}`,
      `account: Decrypt Encrypt ReEncrypt* GenerateDataKey* ${throughSecrets}`,
      `account: CreateGrant DescribeKey ${throughSecrets}`,
    ],
    care: [account],
    outcomes: [account],
    logs: [
      account,
      'logs.us-east-1.amazonaws.com: Encrypt Decrypt ReEncrypt* GenerateDataKey* DescribeKey if kms:EncryptionContext:aws:logs:arn ArnLike arn:{Partition}:logs:us-east-1:{AccountId}:log-group:*',
      `cloudtrail.amazonaws.com: GenerateDataKey* if aws:SourceArn StringEquals arn:{Partition}:cloudtrail:us-east-1:{AccountId}:trail/aftercare-${stage}`,
      `cloudtrail.amazonaws.com: DescribeKey ${forThisAccount}`,
    ],
  };
};

const keysOf = (stage: string) =>
  (['service', 'stateful'] as const).flatMap((stack) => {
    const aliases = [...resourcesOf(stage, 'AWS::KMS::Alias', stack).values()];
    return [...resourcesOf(stage, 'AWS::KMS::Key', stack)].map(([id, { KeyPolicy }]) => {
      const own = aliases.find(({ TargetKeyId }) => JSON.stringify(TargetKeyId).includes(`"${id}"`));
      return [
        String(own?.['AliasName']).replace(`alias/aftercare-${stage}-`, ''),
        linesOf(KeyPolicy),
      ] as const;
    });
  });

/** What is encrypted with a key of its own, by type and property, and the key. */
const encrypted = {
  service: [
    ['AWS::SNS::Topic', 'KmsMasterKeyId', 'TransitKey.Arn'],
    ['AWS::SQS::Queue', 'KmsMasterKeyId', 'TransitKey.Arn'],
    ['AWS::Events::EventBus', 'KmsKeyIdentifier', 'TransitKey.Arn'],
    ['AWS::Events::Archive', 'KmsKeyIdentifier', 'TransitKey.Arn'],
    ['AWS::SecretsManager::Secret', 'KmsKeyId', 'TransitKey.Arn'],
    ['AWS::Logs::LogGroup', 'KmsKeyId', 'LogKey.Arn.'],
  ],
  stateful: [['AWS::CloudTrail::Trail', 'KMSKeyId', 'LogKey.Arn']],
} as const;

describe.each(stageNames)('the keys of %s', (stage) => {
  it('may be used by those in the table and nobody else', () => {
    expect(Object.fromEntries(keysOf(stage))).toEqual(tableOf(stage));
  });

  it.each(['service', 'stateful'] as const)('encrypt what the %s stack keeps, sends and logs', (stack) => {
    for (const [type, property, key] of encrypted[stack]) {
      const all = [...resourcesOf(stage, type, stack).values()];
      expect(all.length, type).toBeGreaterThan(0);
      for (const one of all) expect(plain(one[property]), type).toBe(key);
    }
  });
});
