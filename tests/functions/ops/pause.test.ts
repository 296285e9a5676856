import { beforeEach, describe, expect, it } from 'vitest';
import { startOpsLab } from '../../support/labs/ops-lab.ts';
import { sharedLab } from '../../support/labs/shared-lab.ts';

const lab = sharedLab(startOpsLab);
beforeEach(async () => {
  await lab().empty();
  await lab().at('2026-03-20T15:00:00Z');
});

const ops = (...args: readonly string[]) => lab().ops(args);
const line = 'PAUSED since 2026-03-20T15:00:00Z: no email is sent to patients; surveys still accept answers.';
const withSurveys =
  'PAUSED since 2026-03-20T15:00:00Z: no email is sent to patients, and surveys cannot be opened.';

describe('a pause', () => {
  it.each(['status', 'due', 'worklist'])('is on the first line of %s until it ends', async (command) => {
    expect((await ops('pause')).out.split('\n')[0]).toBe(line);
    expect((await ops(command)).out.split('\n')[0]).toBe(line);
    expect(JSON.parse((await ops(command, '--json')).out)).toMatchObject({
      pause: { since: '2026-03-20T15:00:00Z', reach: 'email' },
    });
    expect((await ops('resume')).out).toContain('Resumed; email was paused since 2026-03-20T15:00:00Z.');
    expect((await ops(command)).out).not.toContain('PAUSED');
    expect(JSON.parse((await ops(command, '--json')).out)).not.toHaveProperty('pause');
  });

  it('keeps its start when it is widened or narrowed', async () => {
    await ops('pause');
    await lab().at('2026-03-21T15:00:00Z');
    expect((await ops('pause', '--surveys')).out).toContain(withSurveys);
    expect((await ops('pause')).out).toContain(line);
  });

  it('cannot be ended when there is none', async () => {
    expect(await ops('resume')).toEqual({ code: 0, out: 'Nothing was paused.', err: '' });
  });
});
