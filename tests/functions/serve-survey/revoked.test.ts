import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { acceptContactWith } from '../../../shared/care/intake/accept-contact.ts';
import { patientId, sourceTimeOf } from '../../../shared/care/patient/ids.ts';
import { contributionOf } from '../../../shared/counting/contribute.ts';
import { messagesFor } from '../../../shared/messages/messages.ts';
import { revokeLinksWith } from '../../../shared/operations/revoke-links.ts';
import { type PageCall, startFunctionLab } from '../../support/labs/function-lab.ts';
import { sharedLab } from '../../support/labs/shared-lab.ts';
import {
  linksIn,
  mainOf,
  now,
  type SurveyWorld,
  shown,
  surveyWorld,
  token,
} from '../../support/labs/survey-lab.ts';
import { aContactReport, anEpisode, defaults, stopKindOf } from '../../support/samples/builders.ts';

const lab = sharedLab(startFunctionLab);
let survey: SurveyWorld;
beforeEach(async () => {
  survey = await surveyWorld(lab());
});

const id = patientId('p-1');
const { revoked, unsubscribe } = messagesFor('en');
const record = () => survey.world.store.load(id);
const ask = (page: 's' | 'u' | 'h', call?: PageCall) => survey.ask(`/${page}/${token}`, call);
const answers = { shown, condition: 'better', improvementPercent: '73', nrsPain: '4' };
const press = (page: 'u' | 'h', action: string) => ask(page, { form: { action, sure: 'yes' } });
/** A message whose id was taken before would change nothing. */
const report = (more: Parameters<typeof aContactReport>[0]) =>
  acceptContactWith(
    survey.world.store,
    survey.world.runtime.clock,
    defaults,
  )(aContactReport({ eventId: randomUUID(), reportedAt: sourceTimeOf(now), ...more }));
const isCounted = async (): Promise<boolean> =>
  contributionOf(await record())
    .get('overall|2026-03|2w')
    ?.has('counted') ?? false;

/** What ends the links made so far. */
const endings: readonly (readonly [string, () => Promise<unknown>])[] = [
  ['“this is not me”', () => press('h', 'not-me')],
  [
    '“this is not me” after an opt-out',
    async () => {
      await press('u', 'stop');
      await press('h', 'not-me');
    },
  ],
  ['a new address', () => report({ email: 'new@example.com' })],
  [
    'a new address after an opt-out',
    async () => {
      await press('u', 'stop');
      await report({ email: 'new@example.com' });
    },
  ],
  [
    'two new addresses, the second the first again',
    async () => {
      await report({ email: 'new@example.com' });
      await report({ email: 'maria@example.com' });
    },
  ],
  ['a death', () => report({ died: true })],
  [
    'operations',
    () => revokeLinksWith({ ...survey.world, clock: survey.world.runtime.clock })(id, { isDryRun: false }),
  ],
];

/** In which state the survey is when its link ends. */
const states: readonly (readonly [string, () => Promise<unknown>])[] = [
  ['open', async () => undefined],
  ['begun', () => ask('s', { form: { ...answers, draft: '1' } })],
  ['answered', () => ask('s', { form: answers })],
  ['answered by a machine', () => ask('s', { form: { ...answers, shown: now } })],
  [
    'answered and closed',
    async () => {
      await ask('s', { form: answers });
      survey.world.at('2026-05-01T15:00:00Z');
    },
  ],
  ['closed', async () => survey.world.at('2026-05-01T15:00:00Z')],
];

const looks: readonly (readonly ['s' | 'u' | 'h', Readonly<Record<string, string>>])[] = [
  ['s', {}],
  ['s', { change: '1' }],
  ['s', { sent: '1' }],
  ['s', { a: '7' }],
  ['u', {}],
  ['h', {}],
];

const posts: readonly (readonly ['s' | 'u' | 'h', Readonly<Record<string, string>>])[] = [
  ['s', { ...answers, condition: 'worse', improvementPercent: '' }],
  ['s', { shown: now, condition: 'same' }],
  ['s', { ...answers, draft: '1' }],
  ['s', { ...answers, confirm: '1', sure: 'yes' }],
  ['s', { ...answers, signs: 'yes' }],
  ['s', { ...answers, language: 'es' }],
  ['s', {}],
  ['h', { action: 'call-me', sure: 'yes' }],
  ['h', { action: 'not-me', sure: 'yes' }],
  ['u', { action: 'resume', sure: 'yes' }],
];

/** The first ending meets every state; the others the two that hold most. */
const cases = endings.flatMap(([ending, end], index) =>
  states
    .filter(([state]) => index === 0 || state === 'begun' || state === 'answered')
    .map(([state, reach]) => ({ ending, state, end, reach })),
);

describe('after its link has ended', () => {
  it.each(cases)(
    'by $ending, a survey that is $state shows nothing of the patient and takes nothing',
    async ({ end, reach }) => {
      await reach();
      await end();
      const before = await survey.world.everything();
      for (const [page, query] of looks) {
        const { status, body } = await ask(page, { query });
        expect([page, query, status]).toEqual([page, query, 410]);
        expect(body).toContain(revoked.title);
        const leads = linksIn(body).filter((to) => to.includes(token));
        expect(leads).toEqual([`/u/${token}?lang=es`, `/u/${token}`]);
        expect(mainOf(body)).not.toMatch(/checked|73|Maria|epidural|March/);
      }
      for (const [page, form] of posts) {
        const { body } = await ask(page, { form });
        expect(linksIn(body).filter((to) => /\/[sh]\//.test(to))).toEqual([]);
        expect(mainOf(body)).not.toMatch(/checked|73|Maria|epidural|March/);
      }
      expect(await survey.world.everything()).toEqual(before);
    },
  );

  it.each(endings)(
    'by %s, it says so in the language of the browser, not in the patient’s',
    async (_, end) => {
      await report({ locale: 'es' });
      await end();
      expect((await ask('s')).body).toContain('<html lang="en">');
      expect((await ask('s', { headers: { 'accept-language': 'es-MX' } })).body).toContain(
        '<html lang="es">',
      );
      expect((await ask('s', { query: { lang: 'es' } })).body).toContain(messagesFor('es').revoked.title);
    },
  );

  it.each<readonly [string, PageCall]>([
    ['the button', { form: { action: 'stop', sure: 'yes' } }],
    ['one click', { form: { 'List-Unsubscribe': 'One-Click' } }],
  ])('it still stops the emails, by %s, and says nothing else', async (_, call) => {
    await report({ email: 'new@example.com' });
    const { status, body } = await ask('u', call);
    expect(status).toBe(200);
    expect(body).toContain(unsubscribe.stoppedTitle);
    expect(body).not.toContain('<form');
    expect(stopKindOf(await record())).toBe('opted-out');
  });

  it('a warning sign still gets the advice to call for help', async () => {
    await press('h', 'not-me');
    expect((await ask('s', { form: { ...answers, signs: 'yes' } })).body).toContain('tel:911');
  });
});

describe('a link goes on', () => {
  it.each<readonly [string, () => Promise<unknown>]>([
    ['after an opt-out', () => press('u', 'stop')],
    ['after an opt-out and its undo', async () => [await press('u', 'stop'), await press('u', 'resume')]],
    ['after a wish for a call', () => press('h', 'call-me')],
    ['after a report of the same address', () => report({ email: 'Maria@Example.com' })],
    ['after a report of another name', () => report({ givenName: 'Mary' })],
    ['after a report of another zone', () => report({ zone: defaults.zone, locale: 'es' })],
    ['after an opt-out by the source', () => report({ optedOut: true })],
  ])('%s', async (_, happen) => {
    await happen();
    expect((await ask('s', { query: { lang: 'en' } })).body).toContain('id="survey"');
    expect((await ask('s', { form: answers })).status).toBe(303);
    expect(await isCounted()).toBe(true);
  });
});

describe('answers from an address that is not the patient’s', () => {
  it('leave the counts, and the survey is unanswered again', async () => {
    await ask('s', { form: answers });
    expect(await isCounted()).toBe(true);
    await press('h', 'not-me');
    expect(await isCounted()).toBe(false);
    const [episode] = (await record()).episodes;
    expect(episode?.touchpoints['2w']?.status).toBe('emailed');
  });

  it('given before at an earlier address stay', async () => {
    await ask('s', { form: answers });
    await report({ email: 'stranger@example.com' });
    const links = (await record()).profile?.links;
    expect(links).toEqual({ current: 1, sinceAddress: 1, doubted: [] });
    await survey.world.store.commit([
      { kind: 'episode', item: anEpisode({ revision: 3, serviceDate: '2026-03-02' }) },
    ]);
    expect(await isCounted()).toBe(true);
  });
});
