import { describe, expect, it } from 'vitest';
import { HttpError, type HttpResponse } from '../../../../shared/platform/http/http.ts';
import { type Route, router } from '../../../../shared/platform/http/router.ts';
import { invocationFields, loggedInvocations } from '../../../../shared/platform/logging/invocation.ts';
import { context, pageEvent } from '../../../support/labs/function-lab.ts';

const said = (text: string): HttpResponse => ({ statusCode: 200, headers: {}, body: text });

const route = (method: Route['method'], path: string): Route => ({
  method,
  path,
  respond: async (_event, parameters) => said(`${method} ${path} ${JSON.stringify(parameters)}`),
});

const routes = [
  route('GET', '/stats'),
  route('GET', '/stats/releases/{id}.json'),
  route('GET', '/s/{token}'),
  route('POST', '/s/{token}'),
  route('POST', '/a/{first}/b/{second}'),
];

const ask = async (method: string, path: string): Promise<HttpResponse> =>
  router(routes)(pageEvent(path, { method }));

describe('router', () => {
  it.each([
    ['GET', '/stats', 'GET /stats {}'],
    ['GET', '/s/abc', 'GET /s/{token} {"token":"abc"}'],
    ['HEAD', '/s/abc', 'GET /s/{token} {"token":"abc"}'],
    ['POST', '/s/abc', 'POST /s/{token} {"token":"abc"}'],
    ['GET', '/stats/releases/12.json', 'GET /stats/releases/{id}.json {"id":"12"}'],
    ['POST', '/a/1/b/2', 'POST /a/{first}/b/{second} {"first":"1","second":"2"}'],
    ['GET', '/s/a.b%2Fc', 'GET /s/{token} {"token":"a.b%2Fc"}'],
  ])('hands %s %s to its route', async (method, path, body) => {
    expect((await ask(method, path)).body).toBe(body);
  });

  it.each([
    '',
    '/',
    '/stats/',
    '/STATS',
    '/stats/releases/12xjson',
    '/stats/releases/.json',
    '/s',
    '/s/',
    '/s/a/b',
    '/x/s/a',
    '/a//b/2',
    '/maria',
  ])('throws 404 for %j and does not repeat the path', async (path) => {
    const error = await ask('GET', path).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(HttpError);
    expect(error).toMatchObject({ statusCode: 404, message: 'There is nothing at this address.' });
  });

  it.each([
    ['POST', '/stats', 'GET, HEAD'],
    ['DELETE', '/s/a', 'GET, HEAD, POST'],
    ['GET', '/a/1/b/2', 'POST'],
    ['HEAD', '/a/1/b/2', 'POST'],
    ['__proto__', '/stats', 'GET, HEAD'],
  ])('throws 405 for %s %s and names the allowed methods', async (method, path, allow) => {
    await expect(ask(method, path)).rejects.toMatchObject({ statusCode: 405, headers: { allow } });
  });

  it('notes the template of the route for the log, never the path', async () => {
    const fields: unknown[] = [];
    const noting: Route = {
      method: 'POST',
      path: '/s/{token}',
      respond: async () => {
        fields.push(invocationFields());
        return said('');
      },
    };
    const nothing = (): void => undefined;
    const handler = loggedInvocations({ info: nothing, warn: nothing, error: nothing }, router([noting]));
    await handler(pageEvent('/s/secret', { method: 'POST' }), context);
    expect(fields).toEqual([{ requestId: 'request-1', route: 'POST /s/{token}' }]);
    expect(invocationFields()).toEqual({});
  });
});
