import { describe, expect, it } from 'vitest';
import { allStages, templatesOf } from '../support/templates.ts';

/** No stage of the settings file asks for these; a clinic may. */
const [first] = allStages();
if (first === undefined) throw new Error('There is no stage.');
const stage = {
  ...first,
  settings: { ...first.settings, publish: 'on-approval' as const, originSecretGeneration: 3 },
};
const service = templatesOf([stage]).get(stage.name)?.service;

const variablesOf = (name: string): Readonly<Record<string, unknown>> => {
  const found = Object.values(
    service?.findResources('AWS::Lambda::Function', {
      Properties: { FunctionName: `aftercare-${stage.name}-${name}` },
    }) ?? {},
  );
  return found[0]?.['Properties'].Environment.Variables ?? {};
};

describe('a stage that asks for approval', () => {
  it('has a publisher that waits for it', () => {
    expect(variablesOf('publish-release')['PUBLISH']).toBe('on-approval');
  });
});

describe('a stage whose origin secret is being changed', () => {
  const secretIn = (text: string): readonly string[] => text.match(/OriginSecretGeneration\d/g) ?? [];

  it('has a CDN that sends the new one only', () => {
    const [distribution] = Object.values(service?.findResources('AWS::CloudFront::Distribution') ?? {});
    const sent = JSON.stringify(distribution?.['Properties'].DistributionConfig.Origins);
    expect(secretIn(sent)).toEqual(['OriginSecretGeneration3']);
  });

  it.each(['serve-survey', 'serve-stats'])(
    'has a %s that takes the new one and the one before it',
    (name) => {
      const accepted = JSON.stringify(variablesOf(name)['ORIGIN_SECRETS']);
      expect(secretIn(accepted)).toEqual(['OriginSecretGeneration3', 'OriginSecretGeneration2']);
      expect(accepted).toMatch(/SecretString:::\}\},\{\{resolve/);
    },
  );
});
