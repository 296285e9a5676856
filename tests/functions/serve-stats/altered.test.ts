import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { addSeconds } from '../../../shared/platform/calendar.ts';
import { startLab } from '../../support/labs/dynamo-lab.ts';
import { sharedLab } from '../../support/labs/shared-lab.ts';
import { type StatsHarness, statsHarness } from '../../support/labs/stats-harness.ts';
import { sampleDay, sampleRelease } from '../../support/samples/release-samples.ts';

const lab = sharedLab(startLab);
/** A read release is served for a minute; written down a second time on purpose. */
const cacheSeconds = 60;
const first = sampleRelease();
const second = sampleRelease(undefined, [first], 60);
const text = JSON.stringify(second.public);
const raised = text.replace(/"percent":(\d+)/, (_whole, percent) => `"percent":${Number(percent) + 3}`);

const alter = (table: string, number: number, attribute: 'release' | 'digest', value: string) =>
  DynamoDBDocumentClient.from(lab().client).send(
    new UpdateCommand({
      TableName: table,
      Key: { pk: 'RELEASES', sk: String(number).padStart(8, '0') },
      UpdateExpression: 'SET #attribute = :value',
      ExpressionAttributeNames: { '#attribute': attribute },
      ExpressionAttributeValues: { ':value': value },
    }),
  );

const published = async (): Promise<StatsHarness> => {
  const stats = await statsHarness(lab());
  await stats.publish(first);
  await stats.publish(second);
  return stats;
};

describe('a release that does not verify', () => {
  it.each([
    ['a figure was raised', 'release', raised, 'digest'],
    ['another digest was put', 'digest', 'f'.repeat(64), 'digest'],
    ['a part is missing', 'release', '{}', 'shape'],
    ['it is no JSON', 'release', text.slice(0, -9), 'shape'],
    ['something was added', 'release', `{"more":1,${text.slice(1)}`, 'shape'],
  ] as const)('is never served: %s', async (_name, attribute, value, reason) => {
    const stats = await published();
    await alter(stats.table, 2, attribute, value);
    for (const path of [
      '/stats/latest.json',
      '/stats/latest.csv',
      '/stats/releases/2.json',
      '/stats/charts/facet-improved.svg',
    ]) {
      const { status, headers, body } = await stats.get(path);
      expect([path, status, headers['content-type'], headers['cache-control']]).toEqual([
        path,
        503,
        'application/problem+json',
        'no-store',
      ]);
      expect(body).not.toContain('sentence');
    }
    const page = await stats.get('/stats');
    expect(page.status).toBe(503);
    expect(page.body).toContain('The figures cannot be shown just now');
    expect(page.body.split('<body>')[1]).not.toContain('%');
    expect(stats.errors.map(({ code, fields }) => [code, fields['reason']])).toEqual([
      ['release.not-intact', reason],
    ]);
    expect(stats.metrics).toEqual(['ReleaseNotIntact']);
  });

  it('does not take the others with it when it is an older one', async () => {
    const stats = await published();
    await alter(stats.table, 1, 'release', raised);
    expect((await stats.get('/stats/releases/1.json')).status).toBe(503);
    expect((await stats.get('/stats/latest.json')).status).toBe(200);
  });

  it('is not served either when a whole other release was put in its place, digest and all', async () => {
    const stats = await published();
    await alter(stats.table, 1, 'release', text);
    await alter(stats.table, 1, 'digest', second.digest);
    expect((await stats.get('/stats/releases/1.json')).status).toBe(503);
    expect(stats.errors[0]?.fields).toEqual({ reason: 'number', release: 1 });
  });

  it('is served again a period after it was put right', async () => {
    const stats = await published();
    await alter(stats.table, 2, 'release', raised);
    expect((await stats.get('/stats/latest.json')).status).toBe(503);
    await alter(stats.table, 2, 'release', text);
    stats.setTime(addSeconds(`${sampleDay}T12:00:00Z`, cacheSeconds));
    expect((await stats.get('/stats/latest.json')).status).toBe(200);
  });
});
