import { afterEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod/mini';
import { errorFields, failure, withoutData } from '../../../../shared/platform/logging/errors.ts';
import { hashedId } from '../../../../shared/platform/logging/hashed-id.ts';
import { loggedInvocations, noteSubject } from '../../../../shared/platform/logging/invocation.ts';
import { lambdaRuntime } from '../../../../shared/platform/logging/runtime.ts';
import type { Log } from '../../../../shared/platform/ports.ts';
import { context } from '../../../support/labs/function-lab.ts';
import { recordedLines } from '../../../support/logs/recorded-lines.ts';

const isParsed = (line: string): Record<string, unknown> => JSON.parse(line);

const linesOf = async (run: () => unknown) => (await recordedLines(run)).map(isParsed);

const found = { patients: 3, uncounted: 1, cells: 1 };

afterEach(() => vi.unstubAllEnvs());

describe('the log on Lambda', () => {
  it('writes one JSON object a line, in the form that the JSON log format keeps as it is', async () => {
    vi.stubEnv('AWS_LAMBDA_FUNCTION_VERSION', '7');
    vi.stubEnv('DEPLOYED_COMMIT', 'e519d01');
    const [line] = await linesOf(() => lambdaRuntime('check-drift').log.error('drift.found', found));
    expect(line).toEqual({
      level: 'ERROR',
      message: 'drift.found',
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      service: 'check-drift',
      version: '7',
      commit: 'e519d01',
      ...found,
    });
  });

  it('adds the request of its own invocation, also when two run at once', async () => {
    const { log } = lambdaRuntime('check-drift');
    const run = loggedInvocations(log, async (patient: string) => {
      noteSubject({ patient: hashedId(patient) });
      await new Promise((resolve) => setTimeout(resolve, 1));
      log.info('drift.none', found);
    });
    const lines = await linesOf(async () => {
      await Promise.all([
        run('a', { ...context, awsRequestId: 'first' }),
        run('b', { ...context, awsRequestId: 'second' }),
      ]);
      log.info('drift.none', found);
    });
    expect(lines.map(({ requestId, patient }) => [requestId, patient])).toEqual([
      ['first', hashedId('a')],
      ['second', hashedId('b')],
      [undefined, undefined],
    ]);
  });

  it('logs once what a handler throws and passes it on without its message', async () => {
    const { log } = lambdaRuntime('check-drift');
    const run = loggedInvocations(log, async (error: unknown) => {
      throw error;
    });
    const thrown: unknown[] = [];
    const lines = await linesOf(async () => {
      for (const error of [new RangeError('no zone maria@example.com'), failure('event rejected: detail')])
        await run(error, context).catch((caught: unknown) => thrown.push(caught));
    });
    expect(lines).toMatchObject([
      { level: 'ERROR', message: 'invocation.failed', error: 'RangeError', requestId: 'request-1' },
      { error: 'Error', reason: 'event rejected: detail' },
    ]);
    expect(lines[0]).not.toHaveProperty('reason');
    expect(thrown).toMatchObject([
      { name: 'RangeError', message: 'RangeError' },
      { message: 'event rejected: detail' },
    ]);
    expect(JSON.stringify(lines)).not.toContain('maria');
  });

  it('does not compile an event that is not in the catalogue', () => {
    const log: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
    // @ts-expect-error no such code
    log.info('drift.unknown', found);
    // @ts-expect-error another level
    log.info('drift.found', found);
    // @ts-expect-error a field is missing
    log.error('drift.found', { patients: 1, cells: 1 });
    // @ts-expect-error a field too many
    log.error('drift.found', { ...found, name: 'Maria' });
    // @ts-expect-error an id that is not hashed
    log.error('patient.not-counted', { patient: 'p-1', error: 'Error', stack: '' });
    log.error('patient.not-counted', { patient: hashedId('p-1'), error: 'Error', stack: '' });
    expect(hashedId('p-1')).toMatch(/^[0-9a-f]{16}$/);
  });
});

describe('what is said of an error', () => {
  const secret = 'maria@example.com';
  const parse = () =>
    z.parse(z.object({ patient: z.object({ email: z.email() }) }), { patient: { email: 3 } });
  const thrownBy = (run: () => unknown): unknown => {
    try {
      return run();
    } catch (error) {
      return error;
    }
  };

  it.each([
    ['a message', new TypeError(`cannot read ${secret}`)],
    [
      'a message that looks like frames',
      new Error(`no\n    at ${secret} (/var/task/index.js:1:2)\n    at b`),
    ],
    ['a message that was changed', Object.assign(new Error(secret), { message: 'other' })],
    ['no message', new Error('')],
    ['a cause', new Error('outer', { cause: new Error(secret) })],
    ['properties', Object.assign(new Error('outer'), { item: secret })],
    ['no error at all', secret],
  ])('is not the message: %s', (_name, error) => {
    const bare = withoutData(error);
    const all = [errorFields(error), bare.message, bare.stack, Object.values(bare), String(bare.cause)];
    expect(JSON.stringify(all)).not.toContain('maria');
  });

  it('is the name and the frames', () => {
    const { error, stack } = errorFields(new TypeError('one\ntwo'));
    expect(error).toBe('TypeError');
    expect(stack).toMatch(/^at .*runtime\.test\.ts:\d+:\d+/);
    expect(stack.split('\n').every((line) => line.startsWith('at '))).toBe(true);
  });

  it('is, of a failed parse, where it failed', () => {
    const error = thrownBy(parse);
    expect(errorFields(error)).toMatchObject({ paths: 'patient.email' });
    expect(withoutData(error).message).toMatch(/ at patient\.email$/);
  });

  it('keeps a message that is vouched for', () => {
    const error = failure('event rejected: detail.patient');
    expect(withoutData(error)).toBe(error);
  });
});
