import { expect, it } from 'vitest';
import { runOps } from '../../../infra/ops/run-ops.ts';

const help = async (...args: readonly string[]) => {
  const said: string[] = [];
  const code = await runOps([...args, '--help'], {
    say: (line) => void said.push(line),
    complain: (line) => void said.push(line),
    ask: async () => undefined,
    environment: {},
  });
  return { code, text: said.join('\n') };
};

it('the help names every command once, in its group, and nothing else', async () => {
  const { code, text } = await help();
  expect(code).toBe(0);
  expect(text).toMatchSnapshot();
});
