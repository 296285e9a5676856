import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createHandler } from '../../../functions/send-due-emails/create-handler.ts';
import { sweepLimits } from '../../../functions/send-due-emails/limits.ts';
import { type EmailServer, startEmailServer } from '../../../infra/laptop/emulation/ses/email-server.ts';
import { sendDueEmailWith } from '../../../shared/care/emailing/send-due-emails.ts';
import { patientId } from '../../../shared/care/patient/ids.ts';
import { machineTimer, type Timer } from '../../../shared/platform/timer.ts';
import { context, type FunctionLab, startFunctionLab, type World } from '../../support/labs/function-lab.ts';
import { temporaryFolders } from '../../support/labs/temporary-folder.ts';
import { anEpisode, aProfile } from '../../support/samples/builders.ts';

/** Monday 16 March, 10:00 in New York: the survey at two weeks is due. */
const tenOClock = '2026-03-16T14:00:00Z';
const perSecond = 10;
const patients = 6;

let lab: FunctionLab;
let server: EmailServer;
let world: World;
const newFolder = temporaryFolders();
beforeAll(async () => {
  server = await startEmailServer({
    folder: await newFolder(),
    clock: { now: () => tenOClock },
    onEvent: async () => undefined,
    quota: { perDay: 1000, perSecond },
  });
  lab = await startFunctionLab(server.endpoint);
});
afterAll(async () => {
  await lab.stop();
  await server.stop();
});

const touchpoints = { instructions: { status: 'emailed', emails: 1, firstEmailOn: '2026-03-02' } } as const;
beforeEach(async () => {
  world = await lab.fresh(tenOClock);
  for (let number = 0; number < patients; number += 1) {
    const id = patientId(`paced-${number}`);
    await world.store.commit([
      { kind: 'profile', item: aProfile({ patientId: id, email: `${id}@example.com` }) },
      { kind: 'episode', item: anEpisode({ patientId: id, touchpoints, lastEmailOn: '2026-03-02' }) },
    ]);
  }
});

const sweep = (timer: Timer) => createHandler(world.environment, world.runtime, timer)({}, context);

/** A timer on which waiting takes no time, and the waits that it was asked for, in milliseconds. */
const recordedTimer = () => {
  let elapsed = 0;
  const waits: number[] = [];
  const timer: Timer = {
    wait: async (milliseconds) => {
      waits.push(milliseconds);
      elapsed += milliseconds;
    },
    stopwatch: () => elapsed,
  };
  return { timer, waits };
};

/** A timer that shows this many milliseconds at every look but the first. */
const timerAt = (milliseconds: number): Timer => {
  let looks = 0;
  return {
    wait: async () => undefined,
    stopwatch: () => {
      looks += 1;
      return looks === 1 ? 0 : milliseconds;
    },
  };
};

describe('the sender on Lambda', () => {
  it('sends at four fifths of the rate that SES grants: one email every 125 ms of ten a second', async () => {
    const { timer, waits } = recordedTimer();
    expect(await sweep(timer)).toMatchObject({ sent: patients });
    expect(waits).toEqual(Array.from({ length: patients - 1 }, () => 125));
  });

  it('starts nothing new after four minutes of the five that it has', async () => {
    expect(await sweep(timerAt(240_000))).toMatchObject({ sent: patients });
    expect(await sweep(timerAt(240_001))).toMatchObject({ sent: 0, endedBy: 'time' });
  });

  it('has these limits', () => {
    expect(sweepLimits).toEqual({
      shards: 2,
      pageSize: 100,
      parallel: 4,
      shareOfRate: 0.8,
      timeBudget: 240_000,
    });
  });

  it.each([8, 1.01, 0, -0.8, Number.NaN])('cannot use %d of the rate', (shareOfRate) => {
    const { clock, log, metrics } = world.runtime;
    const mailer = {
      allowance: async () => ({ perSecond, leftToday: 1 }),
      send: async () => ({ outcome: 'accepted' as const, messageId: 'm' }),
    };
    const parts = {
      ...machineTimer,
      store: world.store,
      pauses: { read: async () => undefined },
      mailer,
      compose: async () => ({ sendId: '', to: '', raw: new Uint8Array() }),
      tokens: { next: () => 'token' },
      clock,
      log,
      metrics,
    };
    expect(() => sendDueEmailWith(parts, { ...sweepLimits, shareOfRate })).toThrow(RangeError);
  });

  it('waits on the timer of the machine, and looks at its stopwatch', async () => {
    const order: string[] = [];
    const waited = machineTimer.wait(1).then(() => order.push('waited'));
    for (let turn = 0; turn < 100; turn += 1) await undefined;
    order.push('what was ready');
    await waited;
    expect(order).toEqual(['what was ready', 'waited']);
    const before = performance.now();
    const shown = machineTimer.stopwatch();
    expect([before <= shown, shown <= performance.now()]).toEqual([true, true]);
  });
});
