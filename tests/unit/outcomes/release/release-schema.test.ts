import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import openapi from '../../../../docs/openapi.json' with { type: 'json' };
import published from '../../../../docs/schemas/release.v1.json' with { type: 'json' };
import { statsRoutes } from '../../../../functions/serve-stats/stats-routes.ts';
import { releaseJsonSchema } from '../../../../shared/web/stats/release-json-schema.ts';
import { sampleRelease } from '../../../support/samples/release-samples.ts';

const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const { public: release } = sampleRelease();

describe('the published schema of a release', () => {
  const validate = new Ajv2020({ strict: false }).compile(published);

  it('is the one the code parses with; `npm run schemas` writes it', () => {
    expect(published).toEqual(asJson(releaseJsonSchema()));
  });

  it('allows a release with published, held and withheld claims', () => {
    const held = sampleRelease(undefined, [sampleRelease()]).public;
    expect(new Set(held.claims.map(({ status }) => status))).toEqual(new Set(['held', 'withheld']));
    for (const content of [release, held]) expect([validate(content), validate.errors]).toEqual([true, null]);
  });

  it.each([
    ['a half percent', { percent: 90.5 }],
    ['a percentage over 100', { percent: 101 }],
    ['a count beside the figures', { x: 17 }],
    ['another status', { status: 'estimated' }],
  ])('forbids %s', (_name, change) => {
    const [first, ...rest] = release.claims;
    expect(validate({ ...release, claims: [{ ...first, ...change }, ...rest] })).toBe(false);
  });
});

describe('the OpenAPI description of the statistics', () => {
  it('lists exactly the paths that are served', () => {
    const described = Object.keys(openapi.paths).filter((path) => path.startsWith('/stats'));
    const none = async () => ({ outcome: 'none' }) as const;
    const served = statsRoutes({
      releases: { latest: none, get: none },
      clock: { now: () => '2026-11-16T12:00:00Z' },
      clinic: 'Lakeside Clinic',
      baseUrl: 'https://stats.clinic.example',
      defaultLocale: 'en',
    });
    expect(described.toSorted()).toEqual(served.map(({ path }) => path).toSorted());
  });
});
