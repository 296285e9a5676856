import { afterEach, describe, expect, it, vi } from 'vitest';
import { allStages, templatesOf } from './support/templates.ts';

afterEach(() => vi.unstubAllEnvs());

/** The dev stage's templates as text, synthesized at a commit. */
const synthesizedAt = (commit: string): string => {
  vi.stubEnv('CODE_COMMIT', commit);
  const dev = allStages().filter(({ name }) => name === 'dev');
  return JSON.stringify(
    [...templatesOf(dev).values()].map(({ stateful, service }) => [stateful.toJSON(), service.toJSON()]),
  );
};

describe('a commit', () => {
  it('changes one variable of one function, and nothing else that is deployed', () => {
    const [before, after] = ['aaaaaaaaaaaa', 'bbbbbbbbbbbb'].map(synthesizedAt);
    expect(before?.match(/"CODE_VERSION":"\d+\.\d+\.\d+\+a{12}"/g)).toHaveLength(1);
    expect(after?.replace('b'.repeat(12), 'a'.repeat(12))).toBe(before);
  });
});
