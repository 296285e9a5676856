import { expect, it } from 'vitest';
import { functions } from '../../../infra/functions.ts';
import { runOps } from '../../../infra/ops/run-ops.ts';
import { deadLettersOf } from '../../../shared/platform/function-manifest.ts';

it('names every dead-letter queue of a stage, and how to recover each function that fails into it', async () => {
  const lines: string[] = [];
  const code = await runOps(['replay-failed', '--stage', 'dev'], {
    say: (line) => void lines.push(line),
    complain: () => undefined,
    ask: async () => undefined,
    environment: {},
  });
  expect(code).toBe(0);
  const queues = functions.flatMap((manifest) => deadLettersOf(manifest)?.name ?? []);
  expect(queues).toHaveLength(7);
  for (const queue of queues) expect(lines).toContain(`aftercare-dev-${queue}`);
  for (const { name, trigger } of functions) {
    if (trigger.kind === 'http') continue;
    expect(lines).toContain(`${name}: ${trigger.recovery.stage.replaceAll('STAGE', 'dev')}`);
  }
  expect(lines.join('\n')).not.toContain('STAGE');
});
