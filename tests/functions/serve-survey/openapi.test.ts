import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import openapi from '../../../docs/openapi.json' with { type: 'json' };
import { createHandler } from '../../../functions/serve-survey/create-handler.ts';
import { manifest } from '../../../functions/serve-survey/function.ts';
import { pauseStoreOn } from '../../../shared/care/emailing/aws/pause-store.ts';
import { maxProfileRevisions } from '../../../shared/care/patient/stops.ts';
import { maxRevisions } from '../../../shared/care/survey/answering.ts';
import { context, type PageCall, pageEvent, startFunctionLab } from '../../support/labs/function-lab.ts';
import { sharedLab } from '../../support/labs/shared-lab.ts';
import { type SurveyWorld, shown, surveyWorld, token, unknownToken } from '../../support/labs/survey-lab.ts';
import { aProfile, aResponse } from '../../support/samples/builders.ts';

const lab = sharedLab(startFunctionLab);

type Operation = readonly ['s' | 'u' | 'h', 'get' | 'post'];
type Given = (survey: SurveyWorld) => Promise<unknown> | unknown;
/** How a response comes about: the request, its link, and the state before. */
type Way = readonly [status: number, call: PageCall, given?: Given, link?: string];

const answers = { shown, condition: 'worse' };
const form = (fields: Readonly<Record<string, string>>): PageCall => ({ form: fields });
const typed = (body: string, type: string): PageCall => ({ body, headers: { 'content-type': type } });
const formType = 'application/x-www-form-urlencoded';

const asEver: Given = () => undefined;
const afterTheWindow: Given = ({ world }) => world.at('2026-04-25T15:00:00Z');
const paused: Given = ({ world }) =>
  pauseStoreOn(world.document, world.tables.care).write({ since: shown, reach: 'email-and-surveys' });
const answeredOften: Given = async ({ world }) => {
  for (let revision = 1; revision <= maxRevisions; revision += 1) {
    const item = aResponse({ revision, answers: { condition: 'same' } });
    await world.store.commit([{ kind: 'response', item }]);
  }
};
const changedOften: Given = async ({ world }) => {
  for (let revision = 2; revision <= maxProfileRevisions; revision += 1) {
    await world.store.commit([{ kind: 'profile', item: aProfile({ revision }) }]);
  }
};

const revoked: Given = ({ world }) => {
  const links = { current: 1, sinceAddress: 1, doubted: [] };
  return world.store.commit([{ kind: 'profile', item: aProfile({ revision: 2, links }) }]);
};

const forms: readonly Way[] = [
  [400, typed('x=%E2%82', formType)],
  [413, typed(`x=${'x'.repeat(40_000)}`, formType)],
  [415, typed('{}', 'application/json')],
];

const ways: readonly (readonly [Operation, readonly Way[]])[] = [
  [
    ['s', 'get'],
    [
      [200, {}],
      [404, {}, asEver, unknownToken],
      [410, {}, afterTheWindow],
      [503, {}, paused],
    ],
  ],
  [
    ['s', 'post'],
    [
      ...forms,
      [200, form({ condition: 'worse' })],
      [303, form(answers)],
      [204, form({ ...answers, draft: '1' })],
      [404, form(answers), asEver, unknownToken],
      [410, form(answers), afterTheWindow],
      [422, form({ shown, nrsPain: '11' })],
      [429, form(answers), answeredOften],
    ],
  ],
  [
    ['u', 'get'],
    [
      [200, {}],
      [410, {}, revoked],
      [404, {}, asEver, unknownToken],
    ],
  ],
  [
    ['u', 'post'],
    [
      ...forms,
      [200, form({ 'List-Unsubscribe': 'One-Click' })],
      [404, form({ 'List-Unsubscribe': 'One-Click' }), asEver, unknownToken],
      [410, form({ action: 'resume', sure: 'yes' }), revoked],
      [422, form({ action: 'stop' })],
      [429, form({ action: 'resume', sure: 'yes' }), changedOften],
    ],
  ],
  [
    ['h', 'get'],
    [
      [200, {}],
      [410, {}, revoked],
      [404, {}, asEver, unknownToken],
    ],
  ],
  [
    ['h', 'post'],
    [
      ...forms,
      [200, form({ action: 'call-me', sure: 'yes' })],
      [404, form({ action: 'call-me', sure: 'yes' }), asEver, unknownToken],
      [410, form({ action: 'call-me', sure: 'yes' }), revoked],
      [422, form({ action: 'call-me' })],
    ],
  ],
];

const described = z.record(z.string(), z.looseObject({})).parse(JSON.parse(JSON.stringify(openapi.paths)));
const statusesOf = ([page, method]: Operation): readonly number[] => {
  const { responses } = z
    .object({ responses: z.record(z.string(), z.unknown()) })
    .parse(described[`/${page}/{token}`]?.[method]);
  return Object.keys(responses).map(Number);
};

const cases = ways.flatMap(([operation, each]) =>
  each.map(([status, call, given, link = token]) => ({ operation, status, call, given, link })),
);

describe('docs/openapi.json and the pages', () => {
  it.each(cases)(
    '$operation: $status is what is answered',
    async ({ operation, status, call, given, link }) => {
      const survey = await surveyWorld(lab());
      await given?.(survey);
      expect((await survey.ask(`/${operation[0]}/${link}`, call)).status).toBe(status);
    },
  );

  it.each(ways)('%s: every status that there is a way to is described, and no other', (operation, each) => {
    const known = [...new Set(each.map(([status]) => status)), 403, 500];
    expect(statusesOf(operation).toSorted()).toEqual(known.toSorted());
  });

  it.each(ways)('%s: 403 past the CDN, and 500 when a table is gone', async ([page, method]) => {
    const { world } = await surveyWorld(lab());
    const asked = pageEvent(
      `/${page}/${token}`,
      method === 'get' ? {} : form({ ...answers, action: 'stop', sure: 'yes' }),
    );
    const help = pageEvent(`/${page}/${token}`, form({ action: 'call-me', sure: 'yes' }));
    const event = page === 'h' && method === 'post' ? help : asked;
    const statusWith = async (changes: Readonly<Record<string, string>>) =>
      (await createHandler({ ...world.environment, ...changes }, world.runtime)(event, context)).statusCode;
    expect(await statusWith({ ORIGIN_SECRETS: '0123456789abcdef0123456789abcdef' })).toBe(403);
    expect(await statusWith({ CARE_TABLE: 'no-such-table' })).toBe(500);
  });

  it('describes every route of the pages', () => {
    const documented = manifest.trigger.routes.filter(({ path }) => path !== '$default');
    const routes = documented.flatMap(({ path, methods }) =>
      methods.filter((method) => method !== 'HEAD').map((method) => `${path} ${method.toLowerCase()}`),
    );
    const operations = Object.entries(described)
      .filter(([path]) => /^\/[suh]\//.test(path))
      .flatMap(([path, item]) =>
        Object.keys(item)
          .filter((key) => key !== 'parameters')
          .map((method) => `${path} ${method}`),
      );
    expect(operations.toSorted()).toEqual(routes.toSorted());
  });
});
