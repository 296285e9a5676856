import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { composeWith } from '../../../functions/send-due-emails/compose-email.ts';
import { createHandler } from '../../../functions/send-due-emails/create-handler.ts';
import { environmentSchema } from '../../../functions/send-due-emails/environment.ts';
import { createHandler as createPages } from '../../../functions/serve-survey/create-handler.ts';
import { type EmailServer, startEmailServer } from '../../../infra/laptop/emulation/ses/email-server.ts';
import { pauseStoreOn } from '../../../shared/care/emailing/aws/pause-store.ts';
import type { Mailer, OutgoingEmail, SendOutcome } from '../../../shared/care/emailing/ports.ts';
import { type SweepLimits, sendDueEmailWith } from '../../../shared/care/emailing/send-due-emails.ts';
import { dueShardName, dueShardOf, patientPartition } from '../../../shared/care/patient/aws/keys.ts';
import { writesOf } from '../../../shared/care/patient/commit-change.ts';
import type { Episode } from '../../../shared/care/patient/episode.ts';
import { type PatientId, patientId } from '../../../shared/care/patient/ids.ts';
import { hashOfToken } from '../../../shared/care/patient/links.ts';
import type { CareStore } from '../../../shared/care/patient/ports.ts';
import { stopPatient } from '../../../shared/care/patient/stops.ts';
import { readEnvironment } from '../../../shared/platform/environment.ts';
import { randomTokens } from '../../../shared/platform/logging/runtime.ts';
import { dueShardCount } from '../../../shared/platform/tables.ts';
import type { UtcInstant } from '../../../shared/platform/time.ts';
import {
  context,
  type FunctionLab,
  pageEvent,
  startFunctionLab,
  type World,
} from '../../support/labs/function-lab.ts';
import { temporaryFolders } from '../../support/labs/temporary-folder.ts';
import { anEpisode, aProfile, stoppedFor } from '../../support/samples/builders.ts';

let lab: FunctionLab;

let server: EmailServer;

let world: World;

let emailNow: UtcInstant = '2026-03-16T14:00:00Z';

const newFolder = temporaryFolders();

beforeAll(async () => {
  server = await startEmailServer({
    folder: await newFolder(),
    clock: { now: () => emailNow },
    onEvent: async () => undefined,
    quota: { perDay: 100_000, perSecond: 10_000 },
  });
  lab = await startFunctionLab(server.endpoint);
});

afterAll(async () => {
  await lab.stop();
  await server.stop();
});

afterEach(() => server.faults.clear());

/** Monday 16 March, 10:00 in New York: the survey at two weeks is due. */
const tenOClock = '2026-03-16T14:00:00Z';

beforeEach(async () => {
  world = await lab.fresh(tenOClock);
  emailNow = tenOClock;
});

const dueAtTwoWeeks = (overrides: Partial<Episode> = {}): Episode =>
  anEpisode({
    touchpoints: { instructions: { status: 'emailed', emails: 1, firstEmailOn: '2026-03-02' } },
    lastEmailOn: '2026-03-02',
    ...overrides,
  });

const enrolled = (patientId: PatientId, overrides: Partial<Episode> = {}) =>
  world.store.commit([
    { kind: 'profile', item: aProfile({ patientId, email: `${patientId}@example.com` }) },
    { kind: 'episode', item: dueAtTwoWeeks({ patientId, ...overrides }) },
  ]);

const sweep = () => createHandler(world.environment, world.runtime)({}, context);

const episodeOf = async (id = 'p-1') => (await world.store.load(patientId(id))).episodes[0];

const twoWeeks = async (patientId = 'p-1') => (await episodeOf(patientId))?.touchpoints['2w'];

const emailsTo = (patientId = 'p-1') => server.inbox.list({ to: `${patientId}@example.com` });

describe('a sweep', () => {
  it('sends what is due, whose link opens the survey and whose tag names the send', async () => {
    await enrolled(patientId('w-1'));
    expect(await sweep()).toMatchObject({ sent: 1, failed: 0, broken: 0 });
    const [email] = emailsTo('w-1');
    const opened = await server.inbox.open(email?.messageId ?? '');
    const token = opened?.links.join(' ').match(/\/s\/([\w-]+)/)?.[1] ?? '';
    expect(email?.sendId).toBe((await episodeOf('w-1'))?.lastSendId);
    expect(JSON.stringify(await world.everything())).not.toContain(token);
    const page = await createPages(world.environment, world.runtime)(pageEvent(`/s/${token}`), context);
    expect(page.statusCode).toBe(200);
    expect(email?.subject).not.toMatch(/epidural|injection|pain|procedure/i);
  });

  it('sends nothing when run again, and the reminder when that is due', async () => {
    await enrolled(patientId('w-2'));
    await sweep();
    expect(await sweep()).toMatchObject({ sent: 0, putOff: 0 });
    world.at('2026-03-19T14:00:00Z');
    expect(await sweep()).toMatchObject({ sent: 1 });
    expect(emailsTo('w-2').length).toBe(2);
    expect(await twoWeeks('w-2')).toMatchObject({ emails: 2, firstEmailOn: '2026-03-16' });
  });

  it('asks first, then reminds, and says with the third email that it is the last', async () => {
    await enrolled(patientId('w-4'));
    for (const day of ['2026-03-16', '2026-03-19', '2026-03-23'] as const) {
      world.at(`${day}T14:00:00Z`);
      emailNow = `${day}T14:00:00Z`;
      await sweep();
    }
    const sent = emailsTo('w-4').toReversed();
    expect(sent.map(({ subject }) => subject)).toEqual([
      'How are you doing?',
      'A reminder: how are you doing?',
      'Last reminder: how are you doing?',
    ]);
    const openings = ['How have you been since', 'We do not have your answers yet', 'This is the last time'];
    for (const [index, { messageId }] of sent.entries()) {
      const html = (await server.inbox.open(messageId))?.html ?? '';
      expect(openings.map((opening) => html.includes(opening))).toEqual([0, 1, 2].map((at) => at === index));
    }
  });

  it.each([
    ['en', 'This is about your visit on March 2, 2026.', 'How are you doing?'],
    ['es', 'Es sobre su visita del 2 de marzo de 2026.', '¿Cómo está usted?'],
  ] as const)(
    'names the day of the visit in %s while another survey is open, and only then',
    async (locale, about, subject) => {
      const two = patientId(`two-${locale}`);
      const one = patientId(`one-${locale}`);
      for (const id of [two, one]) {
        await enrolled(id);
        const item = aProfile({ patientId: id, email: `${id}@example.com`, locale, revision: 2 });
        await world.store.commit([{ kind: 'profile', item }]);
      }
      const touchpoints = { '2w': { status: 'emailed', emails: 3, firstEmailOn: '2026-03-09' } } as const;
      const serviceDate = '2026-02-24';
      const other = anEpisode({ patientId: two, family: 'facet-joint-injection', serviceDate, touchpoints });
      const answered = { '2w': { ...touchpoints['2w'], status: 'answered' } } as const;
      const done = anEpisode({
        patientId: one,
        family: 'facet-joint-injection',
        serviceDate,
        touchpoints: answered,
      });
      for (const item of [other, done]) await world.store.commit([{ kind: 'episode', item }]);
      await sweep();
      const newest = async (id: PatientId) => {
        const [email] = emailsTo(id);
        return { subject: email?.subject, body: await server.inbox.open(email?.messageId ?? '') };
      };
      const named = await newest(two);
      expect([named.subject, named.body?.html?.includes(about), named.body?.text?.includes(about)]).toEqual([
        subject,
        true,
        true,
      ]);
      expect((await newest(one)).body?.html).not.toMatch(/2026/);
    },
  );

  it('run several times at once sends each email once', async () => {
    for (let patient = 0; patient < 12; patient += 1) await enrolled(patientId(`c-${patient}`));
    const reports = await Promise.all([1, 2, 3].map(() => sweep()));
    expect(reports.reduce((sum, { sent }) => sum + sent, 0)).toBe(12);
    for (let patient = 0; patient < 12; patient += 1) expect(emailsTo(`c-${patient}`).length).toBe(1);
  });

  it('sends one email a patient a day, over all episodes', async () => {
    await enrolled(patientId('w-3'));
    await world.store.commit([
      { kind: 'episode', item: dueAtTwoWeeks({ patientId: patientId('w-3'), family: 'mild' }) },
    ]);
    expect(await sweep()).toMatchObject({ sent: 1, putOff: 1 });
    expect(emailsTo('w-3').length).toBe(1);
  });

  it('puts everything off at night and on holidays', async () => {
    await enrolled(patientId('w-4'));
    world.at('2026-03-17T02:00:00Z');
    expect(await sweep()).toMatchObject({ sent: 0, putOff: 1 });
    expect((await episodeOf('w-4'))?.nextDueAt).toBe('2026-03-17T12:00:00Z');
  });

  it('stops an episode whose patient may not be emailed', async () => {
    await enrolled(patientId('w-5'));
    await world.store.commit([
      {
        kind: 'profile',
        item: aProfile({
          patientId: patientId('w-5'),
          revision: 2,
          ...stoppedFor('opted-out', tenOClock),
        }),
      },
    ]);
    expect(await sweep()).toMatchObject({ sent: 0, stopped: 1 });
    expect(await episodeOf('w-5')).toMatchObject({ status: 'stopped' });
  });

  it('goes on past an episode it cannot read, and past a whole page of them', async () => {
    for (let patient = 0; patient < 130; patient += 1) {
      const item = {
        pk: patientPartition(patientId(`broken-${patient}`)),
        sk: 'EPISODE#2026-03-02#mild',
        dueShard: dueShardName(0),
        nextDueAt: '2026-03-10T14:00:00Z',
        note: 'maria@example.com',
      };
      await world.document.send(new PutCommand({ TableName: world.tables.care, Item: item }));
    }
    const inShard = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'].find(
      (id) => dueShardOf(patientId(`behind-${id}`)) === dueShardName(0),
    );
    await enrolled(patientId(`behind-${inShard}`));
    expect(await sweep()).toMatchObject({ sent: 1, broken: 130 });
    expect(world.measured.get('EpisodeNotHandled')).toBe(130);
    expect(JSON.stringify(world.said)).not.toContain('maria');
  });
});

describe('while email is paused', () => {
  it.each(['email', 'email-and-surveys'] as const)(
    '(%s) nothing goes, and all of it when it is over',
    async (reach) => {
      const pauses = pauseStoreOn(world.document, world.tables.care);
      await pauses.write({ since: tenOClock, reach });
      for (const each of [1, 2, 3]) await enrolled(patientId(`${reach}-${each}`));
      const before = await world.everything();
      expect(await sweep()).toMatchObject({ sent: 0, putOff: 0, endedBy: 'paused' });
      expect(world.measured.get('EmailPaused')).toBe(1);
      expect(await world.everything()).toEqual(before);
      await pauses.clear();
      expect(await sweep()).toMatchObject({ sent: 3 });
      expect(world.measured.get('EmailPaused')).toBe(1);
    },
  );
});

describe('when SES refuses', () => {
  it.each([
    ['throttled', 'provider'],
    ['daily-quota', 'quota'],
    ['sending-paused', 'provider'],
    ['not-verified', 'provider'],
  ] as const)('%s: the sweep ends and everything is still due', async (fault, endedBy) => {
    const patients = [1, 2, 3].map((number) => `${fault}-${number}`);
    for (const patient of patients) await enrolled(patientId(patient));
    server.faults.set(fault);
    expect(await sweep()).toMatchObject({ sent: 0, endedBy });
    for (const patient of patients) {
      const episode = await episodeOf(patient);
      expect(episode).toMatchObject({ status: 'active', nextDueAt: tenOClock, lastEmailOn: '2026-03-02' });
      expect(episode?.lastInvitationOn).toBeUndefined();
      expect(await twoWeeks(patient)).not.toMatchObject({ status: 'emailed' });
    }
    server.faults.clear();
    expect(await sweep()).toMatchObject({ sent: 3 });
    for (const patient of patients) expect(emailsTo(patient).length).toBe(1);
  });

  it('a later survey, what was sent before stays known', async () => {
    await enrolled(patientId('later-1'), { lastInvitationOn: '2026-03-03' });
    server.faults.set('throttled');
    await sweep();
    expect(await episodeOf('later-1')).toMatchObject({
      lastEmailOn: '2026-03-02',
      lastInvitationOn: '2026-03-03',
    });
  });

  it('one email: the others go, and its next reminder is planned', async () => {
    await enrolled(patientId('bad-1'));
    await enrolled(patientId('good-1'));
    server.faults.set('rejected', { to: (address) => address === 'bad-1@example.com' });
    expect(await sweep()).toMatchObject({ sent: 1, failed: 1 });
    expect(await episodeOf('bad-1')).toMatchObject({ nextDueAt: '2026-03-19T14:00:00Z' });
    expect(emailsTo('good-1').length).toBe(1);
  });

  it('the last email of a plan, it is due again', async () => {
    const last = {
      serviceDate: '2025-03-03',
      touchpoints: {
        ...Object.fromEntries(
          ['instructions', 'visit', '2w', '1m', '3m', '6m'].map((id) => [
            id,
            { status: 'lapsed' as const, emails: 1 },
          ]),
        ),
        '12m': { status: 'emailed' as const, emails: 2, firstEmailOn: '2026-03-02' },
      },
    } as const;
    await enrolled(patientId('last-1'), last);
    expect((await episodeOf('last-1'))?.nextDueAt).toBe(tenOClock);
    server.faults.set('throttled');
    await sweep();
    expect(await episodeOf('last-1')).toMatchObject({ status: 'active', nextDueAt: tenOClock });
    server.faults.clear();
    expect(await sweep()).toMatchObject({ sent: 1 });
    expect(await episodeOf('last-1')).toMatchObject({ status: 'finished' });
    expect(emailsTo('last-1').length).toBe(1);
  });
});

describe('when nobody knows whether the email went', () => {
  it.each(['reset', 'reset-after-accept', 'server-error'] as const)(
    '%s: it is not sent again, and the next reminder goes',
    async (fault) => {
      const patient = `unsure-${fault}`;
      await enrolled(patientId(patient));
      server.faults.set(fault, { times: 1 });
      expect(await sweep()).toMatchObject({ sent: 0, ambiguous: 1 });
      const after = emailsTo(patient).length;
      expect(await sweep()).toMatchObject({ sent: 0 });
      expect(emailsTo(patient).length).toBe(after);
      world.at('2026-03-19T14:00:00Z');
      expect(await sweep()).toMatchObject({ sent: 1 });
      expect(emailsTo(patient).length).toBe(after + 1);
    },
  );

  it('of several in a row, the sweep ends before all are spent that way', async () => {
    for (let patient = 0; patient < 40; patient += 1) await enrolled(patientId(`outage-${patient}`));
    server.faults.set('server-error');
    const report = await sweep();
    expect(report.endedBy).toBe('provider');
    expect(report.ambiguous).toBeLessThan(13);
    server.faults.clear();
    expect(await sweep()).toMatchObject({ sent: 40 - report.ambiguous });
  });
});

describe('a crash', () => {
  const limits: SweepLimits = {
    shards: dueShardCount,
    pageSize: 10,
    parallel: 1,
    shareOfRate: 1,
    timeBudget: 60_000,
  };
  const accepted: SendOutcome = { outcome: 'accepted', messageId: 'm' };

  const sweepWith = (
    send: Mailer['send'],
    store: CareStore = world.store,
    overrides: Partial<SweepLimits> = {},
    stopwatch = () => performance.now(),
  ) =>
    sendDueEmailWith(
      {
        ...world.runtime,
        store,
        pauses: { read: async () => undefined },
        mailer: { send, allowance: async () => ({ perSecond: 10_000, leftToday: 1000 }) },
        compose: composeWith(readEnvironment(environmentSchema, world.environment)),
        tokens: randomTokens,
        wait: async () => undefined,
        stopwatch,
      },
      { ...limits, ...overrides },
    )();

  it('between the reservation and the answer of SES sends nothing twice', async () => {
    await enrolled(patientId('crash-1'));
    const sent: OutgoingEmail[] = [];
    const report = await sweepWith(async (email) => {
      sent.push(email);
      throw new Error('The machine stopped.');
    });
    expect(report).toMatchObject({ broken: 1 });
    await sweepWith(async (email) => {
      sent.push(email);
      return accepted;
    });
    expect(sent.length).toBe(1);
    expect(await twoWeeks('crash-1')).toMatchObject({ status: 'emailed', emails: 1 });
    expect((await episodeOf('crash-1'))?.nextDueAt).toBe('2026-03-19T14:00:00Z');
  });

  it('before the write of a send leaves the email due, and no link', async () => {
    await enrolled(patientId('crash-2'));
    const failing: CareStore = {
      ...world.store,
      commit: async () => {
        throw new Error('The machine stopped.');
      },
    };
    expect(await sweepWith(async () => accepted, failing)).toMatchObject({ sent: 0, broken: 1 });
    expect((await world.everything()).filter(({ sk }) => sk === 'LINK')).toEqual([]);
    expect(await sweepWith(async () => accepted)).toMatchObject({ sent: 1 });
    expect(await twoWeeks('crash-2')).toMatchObject({ emails: 1 });
  });

  it('of which only the answer to the reservation was lost: the client tries again, loses to itself, and the email goes', async () => {
    await enrolled(patientId('crash-3'));
    const retrying: CareStore = {
      ...world.store,
      commit: async (writes) => {
        await world.store.commit(writes);
        return world.store.commit(writes);
      },
    };
    expect(await sweepWith(async () => accepted, retrying)).toMatchObject({ sent: 1 });
    expect(await twoWeeks('crash-3')).toMatchObject({ emails: 1 });
  });

  it('of nothing, but an answer that comes between the read and the reservation: no reminder goes', async () => {
    await enrolled(patientId('race-1'));
    const racing: CareStore = {
      ...world.store,
      load: async (patientId) => {
        const record = await world.store.load(patientId);
        const [episode] = record.episodes;
        if (episode !== undefined) {
          const touchpoints = { ...episode.touchpoints, '2w': { status: 'answered' as const, emails: 1 } };
          const item = { ...episode, touchpoints, revision: episode.revision + 1 };
          await world.store.commit([{ kind: 'episode', item }]);
        }
        return record;
      },
    };
    const sent: OutgoingEmail[] = [];
    await sweepWith(async (email) => {
      sent.push(email);
      return accepted;
    }, racing);
    expect(sent).toEqual([]);
  });

  it('of nothing, but a refusal that comes when the next email is reserved already: that one stands', async () => {
    await enrolled(patientId('late-1'));
    const { store } = world;
    await sweepWith(async () => {
      const [episode] = (await store.load(patientId('late-1'))).episodes;
      if (episode === undefined) throw new Error('There is no episode.');
      const reserved = {
        status: 'emailed',
        emails: 2,
        firstEmailOn: '2026-03-16',
      } as const;
      const item = {
        ...episode,
        touchpoints: { ...episode.touchpoints, '2w': reserved },
        lastSendId: hashOfToken('next'),
        revision: episode.revision + 1,
      };
      await store.commit([{ kind: 'episode', item }]);
      return { outcome: 'refused', scope: 'all-for-now', reason: 'Throttling' };
    });
    expect(await twoWeeks('late-1')).toMatchObject({ emails: 2 });
    expect((await episodeOf('late-1'))?.lastSendId).toBe(hashOfToken('next'));
  });

  it('of nothing, but a refusal after an opt-out: nothing is pending again', async () => {
    await enrolled(patientId('late-2'));
    await sweepWith(async () => {
      const change = stopPatient(
        await world.store.load(patientId('late-2')),
        'opted-out',
        tenOClock,
        'reader',
      );
      await world.store.commit(writesOf(change));
      return { outcome: 'refused', scope: 'all-for-now', reason: 'Throttling' };
    });
    const episode = await episodeOf('late-2');
    expect(episode).toMatchObject({ status: 'stopped' });
    expect(episode?.nextDueAt).toBeUndefined();
    expect(await twoWeeks('late-2')).not.toMatchObject({ status: 'emailed' });
  });

  it('of nothing, but a refusal after the delivery of an earlier email: what was delivered stays so', async () => {
    await enrolled(patientId('late-3'), {
      touchpoints: { '2w': { status: 'emailed', emails: 1, firstEmailOn: '2026-03-13' } },
    });
    await sweepWith(async () => {
      const [episode] = (await world.store.load(patientId('late-3'))).episodes;
      const state = episode?.touchpoints['2w'];
      if (episode === undefined || state === undefined) throw new Error('There is no email.');
      const touchpoints = { ...episode.touchpoints, '2w': { ...state, delivered: true } };
      const item = { ...episode, touchpoints, revision: episode.revision + 1 };
      await world.store.commit([{ kind: 'episode', item }]);
      return { outcome: 'refused', scope: 'all-for-now', reason: 'Throttling' };
    });
    expect(await twoWeeks('late-3')).toMatchObject({ emails: 1, delivered: true });
  });

  it('is not risked: nothing is begun once the time is up', async () => {
    const together = Array.from({ length: 60 }, (_, index) => `slow-${index}`).filter(
      (id) => dueShardOf(patientId(id)) === dueShardName(1),
    );
    for (const patient of together.slice(0, 6)) await enrolled(patientId(patient));
    let elapsed = 0;
    const report = await sweepWith(
      async () => {
        elapsed += 25_000;
        return accepted;
      },
      world.store,
      {},
      () => elapsed,
    );
    expect(report).toMatchObject({ sent: 3, endedBy: 'time' });
  });

  it('of the account’s day: no more is reserved than is left of it', async () => {
    for (let patient = 0; patient < 6; patient += 1) await enrolled(patientId(`quota-${patient}`));
    const sent: OutgoingEmail[] = [];
    const report = await sendDueEmailWith(
      {
        ...world.runtime,
        store: world.store,
        pauses: { read: async () => undefined },
        mailer: {
          send: async (email) => {
            sent.push(email);
            return accepted;
          },
          allowance: async () => ({ perSecond: 10_000, leftToday: 2 }),
        },
        compose: composeWith(readEnvironment(environmentSchema, world.environment)),
        tokens: randomTokens,
        wait: async () => undefined,
        stopwatch: () => 0,
      },
      limits,
    )();
    expect(report).toMatchObject({ sent: 2, endedBy: 'quota' });
    expect(sent.length).toBe(2);
  });
});
