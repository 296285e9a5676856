import { describe, expect, it } from 'vitest';
import { sharedLab } from '../../support/labs/shared-lab.ts';
import { temporaryFolders } from '../../support/labs/temporary-folder.ts';
import { page, storeAnswers } from './invocations.ts';
import { type StageRuntime, startStageRuntime } from './stage-runtime.ts';

/** What a stage says of its patients: those of `dev` are made up, those of `production` are not. */
const stages = [
  { name: 'dev', madeUp: true, robots: 'noindex, nofollow' },
  { name: 'production', madeUp: false, robots: 'all' },
] as const;

const newFolder = temporaryFolders();

type Response = {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};
const isResponse = (value: unknown): value is Response =>
  typeof value === 'object' && value !== null && 'statusCode' in value && 'body' in value;

const asked = async (stage: StageRuntime, name: string, event: unknown): Promise<Response> => {
  const { result } = await stage.invoke(name, event);
  if (!isResponse(result)) throw new Error(`${name} gave no response.`);
  return result;
};

describe.each(stages)('the pages of $name', ({ name, madeUp, robots }) => {
  const stage = sharedLab(async () => {
    const started = await startStageRuntime(name, await newFolder());
    await storeAnswers(started);
    await started.invoke('publish-release', {});
    return started;
  });

  it(`say of figures ${madeUp ? 'that their patients are made up' : 'nothing about made-up patients'}`, async () => {
    const { statusCode, body } = await asked(stage(), 'serve-stats', page('/stats'));
    expect(statusCode).toBe(200);
    expect(body.includes('these patients are made up')).toBe(madeUp);
    const release = await asked(stage(), 'serve-stats', page('/stats/latest.json'));
    expect(JSON.parse(release.body).synthetic).toBe(madeUp);
  });

  it(`let search engines ${madeUp ? 'find none of them' : 'find the figures'}`, async () => {
    expect((await asked(stage(), 'serve-stats', page('/stats'))).headers['x-robots-tag']).toBe(robots);
  });

  it(`say on a patient's page ${madeUp ? 'that it is for practice' : 'nothing about practice'}`, async () => {
    const { body, headers } = await asked(stage(), 'serve-survey', page('/s/nobody-has-this-token-123'));
    expect(body.includes('Do not enter real answers')).toBe(madeUp);
    expect(headers['x-robots-tag']).toContain('noindex');
  });

  it('answer CloudFront only: with the secret in force, or the one before it', async () => {
    for (const behind of ['serve-stats', 'serve-survey']) {
      const path = behind === 'serve-stats' ? '/stats' : '/s/nobody-has-this-token-123';
      const status = async (secret: string) => (await asked(stage(), behind, page(path, secret))).statusCode;
      const answered = behind === 'serve-stats' ? 200 : 404;
      expect([
        await status('n'.repeat(48)),
        await status('p'.repeat(48)),
        await status('x'.repeat(48)),
      ]).toEqual([answered, answered, 403]);
    }
  });

  it("are kept five minutes if they are figures, and by nobody if they are a patient's", async () => {
    const figures = await asked(stage(), 'serve-stats', page('/stats'));
    expect(figures.headers['cache-control']).toBe('public, max-age=300, stale-if-error=3600');
    const survey = await asked(stage(), 'serve-survey', page('/s/nobody-has-this-token-123'));
    expect(survey.headers['cache-control']).toBe('no-store');
  });
});
