import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type OpsLab, startOpsLab } from '../../support/labs/ops-lab.ts';

let lab: OpsLab;
beforeAll(async () => {
  lab = await startOpsLab();
});
afterAll(() => lab.stop());
beforeEach(async () => {
  await lab.empty();
  await lab.at('2026-03-20T15:00:00Z');
});

const ops = (...args: readonly string[]) => lab.ops(args);
const line = 'PAUSED since 2026-03-20T15:00:00Z: no email goes to patients; answers are taken as ever.';
const withSurveys =
  'PAUSED since 2026-03-20T15:00:00Z: no email goes to patients, and nobody is shown a survey.';

describe('a pause', () => {
  it.each(['status', 'due', 'worklist'])(
    'is the first thing that %s says, and gone when it is over',
    async (look) => {
      expect((await ops('pause')).out.split('\n')[0]).toBe(line);
      expect((await ops(look)).out.split('\n')[0]).toBe(line);
      expect(JSON.parse((await ops(look, '--json')).out)).toMatchObject({
        pause: { since: '2026-03-20T15:00:00Z', reach: 'email' },
      });
      expect((await ops('resume')).out).toContain('Resumed. It was paused since 2026-03-20T15:00:00Z');
      expect((await ops(look)).out).not.toContain('PAUSED');
      expect(JSON.parse((await ops(look, '--json')).out)).not.toHaveProperty('pause');
    },
  );

  it('widened and narrowed keeps its beginning', async () => {
    await ops('pause');
    await lab.at('2026-03-21T15:00:00Z');
    expect((await ops('pause', '--surveys')).out).toContain(withSurveys);
    expect((await ops('pause')).out).toContain(line);
  });

  it('that is not there is not ended', async () => {
    expect(await ops('resume')).toEqual({ code: 0, out: 'Nothing was paused.', err: '' });
  });
});
