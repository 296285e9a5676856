import { beforeEach, describe, expect, it } from 'vitest';
import { addSeconds } from '../../../shared/platform/calendar.ts';
import type { UtcInstant } from '../../../shared/platform/time.ts';
import { startLab } from '../../support/labs/dynamo-lab.ts';
import { sharedLab } from '../../support/labs/shared-lab.ts';
import { type StatsHarness, statsHarness } from '../../support/labs/stats-harness.ts';
import { sampleDay, sampleRelease } from '../../support/samples/release-samples.ts';
import { type CountingProxy, countingProxy } from '../../support/servers/counting-proxy.ts';

const lab = sharedLab(startLab);
let proxy: CountingProxy;
let stats: StatsHarness;
/** A read release is served for a minute; written down a second time on purpose. */
const cacheSeconds = 60;
const first = sampleRelease();
const second = sampleRelease(undefined, [first], 60);
const at = (second: number): UtcInstant => addSeconds(`${sampleDay}T12:00:00Z`, second);
const reads = (): Readonly<Record<string, number>> => Object.fromEntries(proxy.counts);

beforeEach(async () => {
  proxy = await countingProxy(lab().dynamoEndpoint);
  stats = await statsHarness(lab(), { endpoint: proxy.endpoint });
  await stats.publish(first);
  return () => proxy.stop();
});

describe('reading the table', () => {
  it('1,000 pulls with If-None-Match are 304 each, for one read a period', async () => {
    const etag = `"${first.digest}"`;
    const pull = () => stats.get('/stats/latest.json', { 'if-none-match': etag });
    const answers = await Promise.all(Array.from({ length: 1000 }, pull));
    expect(answers.filter(({ status, body }) => status === 304 && body === '')).toHaveLength(1000);
    expect(reads()).toEqual({ Query: 1 });

    stats.setTime(at(cacheSeconds - 1));
    await pull();
    expect(reads()).toEqual({ Query: 1 });
    stats.setTime(at(cacheSeconds));
    for (let again = 0; again < 1000; again += 1) await pull();
    expect(reads()).toEqual({ Query: 2 });
  });

  it('page, table, charts and script share that read', async () => {
    const paths = ['/stats', '/stats?lang=es', '/stats/latest.csv', '/stats/charts/facet-improved.svg'];
    for (const path of [...paths, '/stats/embed.js', '/stats/releases/1.json', '/stats/nothing']) {
      await stats.get(path);
    }
    expect(reads()).toEqual({ Query: 1 });
  });

  it('a new release is served after one period, with another ETag', async () => {
    await stats.get('/stats/latest.json');
    await stats.publish(second);
    const etag = `"${first.digest}"`;
    expect((await stats.get('/stats/latest.json', { 'if-none-match': etag })).status).toBe(304);
    stats.setTime(at(cacheSeconds));
    const fresh = await stats.get('/stats/latest.json', { 'if-none-match': etag });
    expect([fresh.status, fresh.headers['etag']]).toEqual([200, `"${second.digest}"`]);
  });

  it('an older release is read once, and numbers that cannot exist never', async () => {
    await stats.publish(second);
    for (let again = 0; again < 20; again += 1) {
      expect((await stats.get('/stats/releases/1.json')).status).toBe(200);
      expect((await stats.get(`/stats/releases/${100 + again}.json`)).status).toBe(404);
    }
    expect(reads()).toEqual({ Query: 1, GetItem: 1 });
  });

  it('a clock set back does not keep a response for ever', async () => {
    await stats.get('/stats/latest.json');
    stats.setTime(at(-86_400));
    await stats.get('/stats/latest.json');
    expect(reads()).toEqual({ Query: 2 });
  });

  it('a read that fails is 500, kept by nobody, and tried again', async () => {
    proxy.fail(true);
    const failed = await stats.get('/stats/latest.json');
    expect([failed.status, failed.headers['cache-control']]).toEqual([500, 'no-store']);
    expect(JSON.parse(failed.body).status).toBe(500);
    const page = await stats.get('/stats');
    expect([page.status, page.headers['content-type']]).toEqual([500, 'text/html; charset=utf-8']);
    expect(page.body).toContain('The figures cannot be shown just now');
    proxy.fail(false);
    expect((await stats.get('/stats/latest.json')).status).toBe(200);
  });
});
