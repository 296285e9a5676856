import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { beforeEach, describe, expect, it } from 'vitest';
import { createHandler } from '../../../functions/serve-survey/create-handler.ts';
import type { CareWrite } from '../../../shared/care/patient/care-writes.ts';
import { patientId } from '../../../shared/care/patient/ids.ts';
import { hashOfToken } from '../../../shared/care/patient/links.ts';
import { contributionOf } from '../../../shared/counting/contribute.ts';
import type { TouchpointId } from '../../../shared/protocol/plans.ts';
import {
  context,
  type PageCall,
  pageEvent,
  startFunctionLab,
  type World,
} from '../../support/labs/function-lab.ts';
import { sharedLab } from '../../support/labs/shared-lab.ts';
import { anEpisode, aProfile, episodeIdFor, stopKindOf, thePatient } from '../../support/samples/builders.ts';

const token = 'survey-token-0123456789ab';

const careToken = 'care-token-0123456789abcd';

const unknown = 'nobody-has-this-token-123';

const lab = sharedLab(startFunctionLab);

let world: World;

let handle: (event: APIGatewayProxyEventV2) => Promise<APIGatewayProxyStructuredResultV2>;

const linkOf = (text: string, touchpoint: TouchpointId): CareWrite => ({
  kind: 'link',
  item: {
    tokenHash: hashOfToken(text),
    patientId: thePatient,
    episodeId: episodeIdFor('epidural-steroid-injection', '2026-03-02'),
    family: 'epidural-steroid-injection',
    serviceDate: '2026-03-02',
    planVersion: 1,
    touchpoint,
    createdAt: '2026-03-16T14:00:00Z',
    expiresAt: '2026-06-21T04:00:00Z',
  },
});

beforeEach(async () => {
  world = await lab().fresh('2026-03-17T15:00:00Z');
  const touchpoints = {
    instructions: { status: 'emailed', emails: 1, firstEmailOn: '2026-03-02' },
    '2w': { status: 'emailed', emails: 1, firstEmailOn: '2026-03-16' },
  } as const;
  await world.store.commit([
    { kind: 'profile', item: aProfile() },
    { kind: 'episode', item: anEpisode({ touchpoints }) },
    linkOf(token, '2w'),
    linkOf(careToken, 'instructions'),
  ]);
  const handler = createHandler(world.environment, world.runtime);
  handle = async (event) => handler(event, context);
});

const ask = async (path: string, call?: PageCall) => {
  const { statusCode, headers = {}, body = '' } = await handle(pageEvent(path, call));
  return { status: statusCode, headers, body };
};

const record = () => world.store.load(patientId('p-1'));

const shown = '2026-03-17T14:59:00Z';

const better = { shown, condition: 'better', improvementPercent: '60' };

describe('opening a link', () => {
  const paths = [
    `/s/${token}`,
    `/u/${token}`,
    `/h/${token}`,
    `/s/${careToken}`,
    `/s/${unknown}`,
    '/s/short',
    '/x/y',
  ];

  it.each(paths)('%s by GET or HEAD, with any query, writes nothing', async (path) => {
    const before = await world.everything();
    for (const query of [{}, { a: '7' }, { change: '1' }, { action: 'stop' }]) {
      for (const method of ['GET', 'HEAD']) {
        await ask(path, { method, query, headers: { accept: 'text/html' } });
      }
    }
    expect(await world.everything()).toEqual(before);
  });

  it('shows the survey, and a link in the email may choose an answer beforehand', async () => {
    const opened = await ask(`/s/${token}`, { query: { a: '7' } });
    expect(opened.status).toBe(200);
    expect(opened.headers['content-type']).toContain('text/html');
    expect(opened.headers['cache-control']).toContain('no-store');
    expect(opened.body).toMatch(/name="nrsPain" value="7"[^>]*checked/);
  });

  it.each([
    ['en', 'About your visit on March 2, 2026: epidural injection.'],
    ['es', 'Sobre su visita del 2 de marzo de 2026: inyección epidural.'],
  ])('says in %s which visit and which procedure it asks about', async (lang, text) => {
    expect((await ask(`/s/${token}`, { query: { lang } })).body).toContain(text);
    const again = await ask(`/s/${token}`, { form: { condition: 'better', lang } });
    expect([again.status, again.body.includes(text)]).toEqual([422, true]);
  });

  it('of an email without a survey shows how to reach the clinic', async () => {
    expect(await ask(`/s/${careToken}`)).toMatchObject({ status: 200, body: expect.stringContaining('555') });
  });

  it('nobody has gives the same bytes whatever is wrong with it', async () => {
    const expired = world;
    const first = await ask(`/s/${unknown}`);
    expect(first.status).toBe(404);
    for (const path of ['/s/x', '/s/', `/u/${unknown}`, `/h/${unknown}`, `/s/${'a'.repeat(500)}`, '/s/%00']) {
      expect(await ask(path)).toEqual(first);
    }
    expired.at('2026-06-21T04:00:00Z');
    expect(await ask(`/s/${token}`)).toEqual(first);
  });

  it.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'constructor'])('%s is not a way to', async (method) => {
    const response = await ask(`/s/${token}`, { method });
    expect(response).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD, POST' } });
  });

  it.each(['/', '/constructor/x', '/__proto__/x', '/stats'])('%s is no page', async (path) => {
    expect((await ask(path)).status).toBe(404);
  });
});

describe('a posted survey', () => {
  it('is stored, thanked for, and ends its reminders', async () => {
    const posted = await ask(`/s/${token}`, { form: better });
    expect(posted).toMatchObject({
      status: 303,
      body: '',
      headers: { location: `/s/${token}?sent=1&lang=en` },
    });
    const { responses, episodes } = await record();
    expect(responses).toMatchObject([
      {
        timepoint: '2w',
        revision: 1,
        inWindow: true,
        answers: { condition: 'better', improvementPercent: 60 },
      },
    ]);
    expect(episodes[0]?.touchpoints['2w']?.status).toBe('answered');
    expect(episodes[0]?.nextDueAt).toBe('2026-03-23T14:00:00Z');
  });

  it('posted twice, or several times at once, is stored once and thanked for each time', async () => {
    const answers = await Promise.all([1, 2, 3].map(() => ask(`/s/${token}`, { form: better })));
    expect(answers.map(({ status }) => status)).toEqual([303, 303, 303]);
    const once = await world.everything();
    expect((await ask(`/s/${token}`, { form: better })).status).toBe(303);
    expect(await world.everything()).toEqual(once);
    expect((await record()).responses).toMatchObject([{ revision: 1 }]);
  });

  it('may be changed while the window is open, and the change leaves a trace', async () => {
    await ask(`/s/${token}`, { form: better });
    expect((await ask(`/s/${token}`)).body).toContain('change=1');
    await ask(`/s/${token}`, { form: { condition: 'worse', shown } });
    expect((await record()).responses).toMatchObject([{ revision: 2, answers: { condition: 'worse' } }]);
    const audit = (await world.everything()).filter(({ pk }) => String(pk).startsWith('AUDIT#'));
    expect(audit).toMatchObject([{ action: 'answer-changed' }]);
    expect(JSON.stringify(audit)).not.toContain('p-1');
  });

  it('with something missing is shown again with what was given, and not stored', async () => {
    const before = await world.everything();
    const again = await ask(`/s/${token}`, { form: { condition: 'better', pain: 'same' } });
    expect(again.status).toBe(422);
    expect(again.body).toMatch(/value="better"[^>]*checked|checked[^>]*value="better"/);
    expect(await world.everything()).toEqual(before);
  });

  it.each([
    [{ condition: 'better', improvementPercent: '0' }],
    [{ condition: 'better', improvementPercent: '101' }],
    [{ condition: 'worse', improvementPercent: '50' }],
    [{ condition: 'cured' }],
    [{ condition: 'same', hasOwnProperty: 'x' }],
    [{}],
  ])('with %o is refused', async (form) => {
    expect((await ask(`/s/${token}`, { form })).status).toBe(422);
    expect((await record()).responses).toEqual([]);
  });

  it('after the window is kept and not counted', async () => {
    world.at('2026-03-25T15:00:00Z');
    expect((await ask(`/s/${token}`)).status).toBe(200);
    expect((await ask(`/s/${token}`, { form: better })).status).toBe(303);
    const after = await record();
    expect(after.responses).toMatchObject([{ inWindow: false }]);
    const counted = contributionOf(after).get('overall|2026-03|2w');
    expect(counted).toContain('answered');
    expect(counted).not.toContain('counted');
    expect(counted).not.toContain('improved:n');
    expect((await ask(`/s/${token}`, { form: better })).status).toBe(303);
    expect((await ask(`/s/${token}`, { form: { condition: 'worse', shown } })).status).toBe(410);
    expect((await record()).responses).toMatchObject([{ revision: 1 }]);
  });

  it('long after the window is refused, and says so', async () => {
    world.at('2026-04-23T04:00:00Z');
    const before = await world.everything();
    expect((await ask(`/s/${token}`)).status).toBe(410);
    expect((await ask(`/s/${token}`, { form: better })).status).toBe(410);
    expect((await ask(`/s/${token}`, { form: {} })).status).toBe(410);
    expect(await world.everything()).toEqual(before);
  });

  it('of a procedure entered in error is not found', async () => {
    const [episode] = (await record()).episodes;
    if (episode === undefined) throw new Error('There is no episode.');
    const { nextDueAt: _, ...rest } = episode;
    await world.store.commit([
      { kind: 'episode', item: { ...rest, status: 'cancelled', revision: episode.revision + 1 } },
    ]);
    expect((await ask(`/s/${token}`, { form: better })).status).toBe(404);
  });

  it.each([
    ['text/plain', 415],
    ['application/json', 415],
    ['', 415],
  ])('as %j is not understood', async (type, status) => {
    const call = { body: 'condition=better', headers: { 'content-type': type } };
    expect((await ask(`/s/${token}`, call)).status).toBe(status);
  });

  it('of more than anybody needs is refused before it is read', async () => {
    expect((await ask(`/s/${token}`, { body: `condition=${'x'.repeat(40_000)}` })).status).toBe(413);
  });
});

describe('no more email', () => {
  const stop = async () => stopKindOf(await record());
  const multipart = (...headers: readonly string[]): PageCall => ({
    headers: { 'content-type': 'multipart/form-data; boundary=XyZ' },
    body: [
      '--XyZ',
      'Content-Disposition: form-data; name="List-Unsubscribe"',
      ...headers,
      '',
      'One-Click',
      '--XyZ--',
      '',
    ].join('\r\n'),
  });

  const unquoted = (call: PageCall): PageCall => ({ ...call, body: (call.body ?? '').replaceAll('"', '') });

  it.each<readonly [string, PageCall]>([
    ['one click of an email program', { form: { 'List-Unsubscribe': 'One-Click' } }],
    ['one click of an email program, as multipart', multipart()],
    ['one click, as multipart with more headers', multipart('Content-Type: text/plain; charset=utf-8')],
    ...[
      ['a line break behind it', 'List-Unsubscribe=One-Click\r\n'],
      ['white space around it', ' \nList-Unsubscribe=One-Click \t'],
      ['another case', 'list-unsubscribe=one-click'],
      ['escapes', 'List%2DUnsubscribe=One%2DClick'],
      ['a separator behind it', 'List-Unsubscribe=One-Click&'],
      ['quotes around it', '"List-Unsubscribe=One-Click"'],
      ['a byte order mark', '\uFEFFList-Unsubscribe=One-Click'],
    ].map(([what = '', body = '']): readonly [string, PageCall] => [`one click with ${what}`, { body }]),
    ...['', 'text/plain', 'text/plain; charset=utf-8', 'application/octet-stream', 'application/json'].map(
      (type): readonly [string, PageCall] => [
        `one click as "${type}"`,
        { body: 'List-Unsubscribe=One-Click', headers: { 'content-type': type } },
      ],
    ),
    ['one click, as multipart without quotes', unquoted(multipart())],
    ['one click, as multipart called text', { ...multipart(), headers: { 'content-type': 'text/plain' } }],
    ['one click, as multipart without a type', { ...unquoted(multipart()), headers: { 'content-type': '' } }],
    [
      'one click, as multipart with plain line feeds',
      { ...multipart(), body: (multipart().body ?? '').replaceAll('\r\n', '\n') },
    ],
    ['the button on the page', { form: { action: 'stop', sure: 'yes' } }],
  ])('%s stops everything', async (_, call) => {
    expect((await ask(`/u/${token}`, call)).status).toBe(200);
    expect(await stop()).toBe('opted-out');
    expect((await record()).episodes).toMatchObject([{ status: 'stopped' }]);
    const once = await world.everything();
    expect((await ask(`/u/${token}`, call)).status).toBe(200);
    expect(await world.everything()).toEqual(once);
  });

  it.each<readonly [string, PageCall]>([
    ['nothing', { form: {} }],
    ['another action', { form: { action: 'delete' } }],
    ['another click', { form: { 'List-Unsubscribe': 'Two-Click' } }],
    ['an action twice', { body: 'action=stop&action=resume' }],
    ['the name of a property every object has', { form: { action: 'constructor' } }],
    ['an empty multipart form', { ...multipart(), body: '--XyZ--\r\n' }],
    ['white space', { body: ' \r\n' }],
    ['one click and more', { body: 'List-Unsubscribe=One-Click&List-Unsubscribe=Two-Click' }],
    [
      'one click in a file',
      { ...multipart(), body: (multipart().body ?? '').replace('e"', 'e"; filename="x"') },
    ],
  ])('asked for with %s is not understood', async (_, call) => {
    const before = await world.everything();
    expect((await ask(`/u/${token}`, call)).status).toBe(400);
    expect(await world.everything()).toEqual(before);
  });

  it('can be taken back, and the answers so far are still there', async () => {
    await ask(`/s/${token}`, { form: better });
    await ask(`/u/${token}`, { form: { action: 'stop', sure: 'yes' } });
    expect((await record()).episodes[0]?.nextDueAt).toBeUndefined();
    expect((await ask(`/u/${token}`, { form: { action: 'resume', sure: 'yes' } })).status).toBe(200);
    expect(await stop()).toBeUndefined();
    const after = await record();
    expect(after.episodes).toMatchObject([{ status: 'active', nextDueAt: '2026-03-23T14:00:00Z' }]);
    expect(after.responses.length).toBe(1);
  });

  it('still lets a survey be answered', async () => {
    await ask(`/u/${token}`, { form: { action: 'stop', sure: 'yes' } });
    expect((await ask(`/s/${token}`, { form: better })).status).toBe(303);
    expect((await record()).responses.length).toBe(1);
  });

  it('works from a link that nobody has like from no link', async () => {
    const before = await world.everything();
    expect((await ask(`/u/${unknown}`, { form: { action: 'stop', sure: 'yes' } })).status).toBe(404);
    expect(await world.everything()).toEqual(before);
  });
});

describe('help', () => {
  it('“call me” leaves a notice and stops nothing', async () => {
    expect((await ask(`/h/${token}`, { form: { action: 'call-me', sure: 'yes' } })).status).toBe(200);
    const notices = (await world.everything()).filter(({ sk }) => String(sk).startsWith('NOTICE#'));
    expect(notices).toMatchObject([{ kind: 'call-me' }]);
    expect(stopKindOf(await record())).toBeUndefined();
  });

  it('“this is not me” leaves a notice: staff must find the right address', async () => {
    await ask(`/h/${token}`, { form: { action: 'not-me', sure: 'yes' } });
    const notices = (await world.everything()).filter(({ sk }) => String(sk).startsWith('NOTICE#'));
    expect(notices).toMatchObject([{ kind: 'wrong-person', patientId: 'p-1', at: '2026-03-17T15:00:00Z' }]);
  });

  it('“this is not me” stops email to the address, until another one is known', async () => {
    expect((await ask(`/h/${token}`, { form: { action: 'not-me', sure: 'yes' } })).status).toBe(200);
    const after = await record();
    expect(stopKindOf(after)).toBe('wrong-person');
    expect(after.episodes).toMatchObject([{ status: 'stopped' }]);
    expect((await ask(`/u/${token}`, { form: { action: 'resume', sure: 'yes' } })).status).toBe(410);
    expect(stopKindOf(await record())).toBe('wrong-person');
  });

  it('asked for with something else is not understood', async () => {
    expect((await ask(`/h/${token}`, { form: { action: 'stop', sure: 'yes' } })).status).toBe(400);
  });
});

describe('the banner of made-up patients', () => {
  it.each([
    ['true', true],
    ['false', false],
  ])('SYNTHETIC %s: %s', async (SYNTHETIC, isShown) => {
    const event = pageEvent(`/s/${token}`);
    const { body } = await createHandler({ ...world.environment, SYNTHETIC }, world.runtime)(event, context);
    expect(body?.includes('Practice page. The data is made up.')).toBe(isShown);
  });
});

describe('languages', () => {
  it.each([
    ['en', {}, 'lang="en"'],
    ['es', { query: { lang: 'es' } }, 'lang="es"'],
  ])('%s', async (_, call, expected) => {
    expect((await ask(`/s/${token}`, call)).body).toContain(expected);
  });
});
