import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type BusRule, createBus } from '../../infra/laptop/emulation/events/bus.ts';
import { openDeadLetters } from '../../infra/laptop/emulation/events/dead-letters.ts';
import { playRules } from '../../infra/laptop/emulation/events/rules.ts';
import { openPlayedClock } from '../../infra/laptop/played-clock.ts';
import type { UtcInstant } from '../../shared/platform/time.ts';
import { temporaryFolders } from '../support/labs/temporary-folder.ts';

const newFolder = temporaryFolders();
const monday = '2026-03-02T15:00:00Z';

const clockFile = async (): Promise<string> => join(await newFolder(), 'clock.json');
const frozen = async () => openPlayedClock({ file: await clockFile(), startAt: monday, mode: 'frozen' });

describe('the played clock', () => {
  test('frozen: changes only when moved, and notifies its listeners', async () => {
    const clock = await frozen();
    const moves: string[] = [];
    const end = clock.onMove((now) => moves.push(now));
    expect(clock.now()).toBe(monday);
    clock.moveTo('2026-03-03T15:00:00Z');
    clock.advance(90_000);
    end();
    clock.advance(1000);
    expect(moves).toEqual(['2026-03-03T15:00:00Z', '2026-03-03T15:01:30Z']);
  });

  test('moves backwards only on request', async () => {
    const clock = await frozen();
    clock.moveTo('2026-03-01T15:00:00Z');
    expect(clock.now()).toBe(monday);
    clock.moveTo('2026-03-01T15:00:00Z', 'backwards');
    expect(clock.now()).toBe('2026-03-01T15:00:00Z');
    expect(() => clock.moveTo('2026-03-01TnoonZ')).toThrow(RangeError);
  });

  test('ticking: advances with real time, even while nothing runs, from where it was moved', async () => {
    const file = await clockFile();
    let real = 1_000_000;
    const realNow = () => real;
    const clock = openPlayedClock({ file, startAt: monday, mode: 'ticking', realNow });
    real += 5000;
    expect(clock.now()).toBe('2026-03-02T15:00:05Z');
    clock.advance(60_000);
    real += 10_000;
    const later = openPlayedClock({ file, startAt: '2030-01-01T00:00:00Z', mode: 'frozen', realNow });
    expect(later.now()).toBe('2026-03-02T15:01:15Z');
    expect(later.mode()).toBe('ticking');
    real -= 3_600_000;
    expect(later.now() >= '2026-03-02T15:01:15Z').toBe(true);
  });

  test('freezing keeps the time', async () => {
    const file = await clockFile();
    let real = 0;
    const clock = openPlayedClock({ file, startAt: monday, mode: 'ticking', realNow: () => real });
    real += 7000;
    clock.setMode('frozen');
    real += 7000;
    expect(clock.now()).toBe('2026-03-02T15:00:07Z');
    expect(openPlayedClock({ file }).now()).toBe('2026-03-02T15:00:07Z');
  });
});

/** Rules whose sender takes due times from a list, and fails before `refuseUntil`. `log` records what ran. */
const rulesWithSender = async (due: UtcInstant[], refuseUntil = '') => {
  const clock = await frozen();
  const sent: string[] = [];
  const log: string[] = [];
  const rules = playRules({
    clock,
    nextDueAt: async () => due.toSorted()[0],
    sender: async () => {
      const now = clock.now();
      log.push(`sender ${now}`);
      if (now < refuseUntil) throw new Error('SES is down');
      for (const at of due.splice(0)) (at <= now ? sent : due).push(at);
    },
    settle: async () => log.push('settle'),
    daily: ['publish', 'drift'].map((name) => ({ name, run: async () => log.push(name) })),
    onError: (rule) => log.push(`${rule} failed`),
  });
  return { clock, rules, sent, log };
};

describe('the scheduled rules, when the clock moves', () => {
  test('run the sender at each due time, and the daily rules once at the end', async () => {
    const { clock, rules, sent, log } = await rulesWithSender([
      '2026-03-02T23:00:00Z',
      '2026-03-16T14:00:00Z',
      '2026-04-02T14:00:00Z',
    ]);
    expect(await rules.moveTo('2026-03-20T00:00:00Z')).toEqual({ senderRuns: 2 });
    expect(sent).toEqual(['2026-03-02T23:00:00Z', '2026-03-16T14:00:00Z']);
    expect(log).toEqual([
      'sender 2026-03-02T23:00:00Z',
      'settle',
      'sender 2026-03-16T14:00:00Z',
      'settle',
      'publish',
      'drift',
      'settle',
    ]);
    expect(clock.now()).toBe('2026-03-20T00:00:00Z');
  });

  test('send overdue email at once, and publish nothing before a day has passed', async () => {
    const { rules, sent, log } = await rulesWithSender(['2026-02-01T14:00:00Z']);
    await rules.moveTo('2026-03-02T16:00:00Z');
    expect(sent).toEqual(['2026-02-01T14:00:00Z']);
    expect(log).toEqual([`sender ${monday}`, 'settle']);
  });

  test('retry refused email every five minutes, as on AWS', async () => {
    const { rules, sent, log } = await rulesWithSender(['2026-03-02T15:30:00Z'], '2026-03-02T15:38:00Z');
    await rules.moveTo('2026-03-02T17:00:00Z');
    expect(log.filter((line) => line.startsWith('sender 2'))).toEqual([
      'sender 2026-03-02T15:30:00Z',
      'sender 2026-03-02T15:35:00Z',
      'sender 2026-03-02T15:40:00Z',
    ]);
    expect(log.filter((line) => line === 'sender failed')).toHaveLength(2);
    expect(sent).toEqual(['2026-03-02T15:30:00Z']);
  });

  test('run the sender once while email is paused, and still move the clock and run the daily rules', async () => {
    const clock = await frozen();
    let runs = 0;
    const daily: string[] = [];
    const rules = playRules({
      clock,
      nextDueAt: async () => '2026-03-02T15:30:00Z',
      sender: async () => {
        runs += 1;
        return { sent: 0, endedBy: 'paused' };
      },
      daily: [{ name: 'publish', run: async () => daily.push('publish') }],
    });
    expect(await rules.moveTo('2026-04-02T15:00:00Z')).toEqual({ senderRuns: 1 });
    expect([runs, clock.now(), daily]).toEqual([1, '2026-04-02T15:00:00Z', ['publish']]);
  });

  test('when woken, run the sender if something is due, at most every five minutes', async () => {
    const { clock, rules, log } = await rulesWithSender(['2026-03-02T14:00:00Z'], '2026-03-02T15:05:00Z');
    await rules.wake();
    clock.advance(60_000);
    await rules.wake();
    clock.advance(240_000);
    await rules.wake();
    expect(log.filter((line) => line.startsWith('sender 2'))).toEqual([
      `sender ${monday}`,
      'sender 2026-03-02T15:05:00Z',
    ]);
  });
});

describe('the bus', () => {
  const setUp = async (rules: readonly BusRule[]) => {
    const file = join(await newFolder(), 'dead-letters/bus.jsonl');
    const deadLetters = openDeadLetters(file);
    const bus = createBus({ rules, deadLetters, clock: { now: () => monday }, retryAfterMs: [1, 1] });
    return { bus, deadLetters, file };
  };

  test('delivers an event to the rules that match it, as EventBridge does', async () => {
    const delivered: string[] = [];
    const rule = (name: string, match: Partial<BusRule>): BusRule => ({
      name,
      ...match,
      target: async (event) => delivered.push(`${name} ${event.source} ${event.time} ${event.version}`),
    });
    const { bus } = await setUp([
      rule('all', {}),
      rule('source', { sources: ['clinic'] }),
      rule('type', { detailTypes: ['Procedure Completed'] }),
      rule('other', { sources: ['aws.ses'] }),
    ]);
    const put = await bus.put({ source: 'clinic', 'detail-type': 'Procedure Completed', detail: {} });
    expect(put.matched).toBe(3);
    expect(delivered.toSorted()).toEqual(
      ['all', 'source', 'type'].map((name) => `${name} clinic ${monday} 0`),
    );
  });

  test('retries a failing target twice, without a dead letter on success and without repeating other targets', async () => {
    let tries = 0;
    const seen: unknown[] = [];
    const { bus, deadLetters } = await setUp([
      {
        name: 'shaky',
        target: async () => {
          tries += 1;
          if (tries < 3) throw new Error('not yet');
        },
      },
      { name: 'calm', target: async (event) => seen.push(event.detail) },
    ]);
    await bus.put({ source: 'clinic', 'detail-type': 'x', detail: { eventId: 'E1' } });
    expect(tries).toBe(3);
    expect(seen).toEqual([{ eventId: 'E1' }]);
    expect(deadLetters.list()).toEqual([]);
  });

  test('stores a dead letter without the detail and without addresses once a target has failed for good', async () => {
    const { bus, deadLetters, file } = await setUp([
      {
        name: 'enroll-episode',
        target: async () => {
          throw new TypeError('no zone for pat@example.com\nat line 3');
        },
      },
    ]);
    const detail = {
      eventId: 'E1',
      patient: { id: 'P-77', givenName: 'Marigold', email: 'pat@example.com' },
    };
    const { id } = await bus.put({ source: 'clinic', 'detail-type': 'Procedure Completed', detail });
    expect(deadLetters.list()).toEqual([
      {
        at: monday,
        rule: 'enroll-episode',
        eventId: id,
        sourceEventId: 'E1',
        error: 'TypeError: no zone for (address) at line 3',
        attempts: 3,
      },
    ]);
    expect(await readFile(file, 'utf8')).not.toMatch(/Marigold|P-77|pat@/);
  });
});
