import { connect } from 'node:net';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { describe, expect, test } from 'vitest';
import { startHttpBridge } from '../../infra/laptop/emulation/http/http-bridge.ts';
import type { HttpHandler, HttpRoute } from '../../infra/laptop/emulation/http/http-routes.ts';
import { sharedLab } from '../support/labs/shared-lab.ts';

let last: APIGatewayProxyEventV2;
const failures: string[] = [];

const keep: HttpHandler = async (event) => {
  last = event;
  return { statusCode: 200, headers: { 'content-type': 'text/plain' }, body: event.routeKey };
};
const route = (method: HttpRoute['method'], path: string, handler: HttpHandler = keep): HttpRoute => ({
  method,
  path,
  handler,
});

const routes: readonly HttpRoute[] = [
  route('GET', '/s/{token}'),
  route('HEAD', '/s/{token}'),
  route('POST', '/s/{token}'),
  route('ANY', '/s/{token}'),
  route('GET', '/stats/{path+}'),
  route('GET', '/stats/latest.json'),
  route('GET', '/picture', async () => ({
    statusCode: 200,
    headers: { 'content-type': 'image/png' },
    cookies: ['a=1; Path=/', 'b=2; Path=/'],
    body: Buffer.from([0x89, 0x50, 0, 0xff]).toString('base64'),
    isBase64Encoded: true,
  })),
  route('GET', '/bare', async () => '{"hello":"world"}'),
  route('GET', '/empty', async () => ({ statusCode: 204 })),
  route('GET', '/broken', async () => {
    throw new Error('secret reason');
  }),
];

const bridge = sharedLab(() =>
  startHttpBridge({
    routes,
    port: 0,
    onError: (key, error) => failures.push(`${key} ${String(error)}`),
  }),
);

const get = (path: string, init?: RequestInit) => fetch(`${bridge().origin}${path}`, init);

describe('a request becomes an API Gateway event of payload format 2.0', () => {
  test('path parameters are decoded, the raw path and query stay raw, repeated parameters are joined', async () => {
    await get('/s/a%2Fb%20c?q=1&q=2&n=%C3%B1');
    expect(last).toMatchObject({
      version: '2.0',
      routeKey: 'GET /s/{token}',
      rawPath: '/s/a%2Fb%20c',
      rawQueryString: 'q=1&q=2&n=%C3%B1',
      pathParameters: { token: 'a/b c' },
      queryStringParameters: { q: '1,2', n: 'ñ' },
      isBase64Encoded: false,
      requestContext: { stage: '$default', http: { method: 'GET', path: '/s/a%2Fb%20c' } },
    });
    expect(last.body).toBeUndefined();
  });

  test('header names are lower case, and cookies are separate', async () => {
    await get('/s/t', { headers: { 'X-Odd-Name': 'Value', cookie: 'a=1; b=2' } });
    expect(last.headers['x-odd-name']).toBe('Value');
    expect(last.headers['cookie']).toBeUndefined();
    expect(last.cookies).toEqual(['a=1', 'b=2']);
  });

  test('JSON is passed as text and a form as Base64, as by HTTP APIs', async () => {
    await get('/s/t', { method: 'POST', body: '{"ñ":1}', headers: { 'content-type': 'application/json' } });
    expect([last.body, last.isBase64Encoded]).toEqual(['{"ñ":1}', false]);
    await get('/s/t', { method: 'POST', body: new URLSearchParams({ pain: 'better' }) });
    expect(last.isBase64Encoded).toBe(true);
    expect(Buffer.from(last.body ?? '', 'base64').toString()).toBe('pain=better');
  });
});

describe('a route', () => {
  test('is chosen by precedence: literal, parameter, greedy parameter; a method before ANY', async () => {
    expect(await (await get('/stats/latest.json')).text()).toBe('GET /stats/latest.json');
    expect(await (await get('/stats/charts/x.svg')).text()).toBe('GET /stats/{path+}');
    expect(last.pathParameters).toEqual({ path: 'charts/x.svg' });
    expect(await (await get('/s/t')).text()).toBe('GET /s/{token}');
    expect(await (await get('/s/t', { method: 'DELETE' })).text()).toBe('ANY /s/{token}');
  });

  test.each([
    ['GET', '/nothing'],
    ['GET', '/s/'],
    ['GET', '/s/a/b'],
    ['GET', '/stats/'],
    ['POST', '/picture'],
    ['HEAD', '/picture'],
  ])('does not exist for %s %s', async (method, path) => {
    const response = await get(path, { method });
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(await response.text()).toBe(
      method === 'HEAD' ? '' : '{"type":"about:blank","title":"Not Found","status":404}',
    );
  });
});

describe('a result becomes a response', () => {
  test('HEAD has the length and no body', async () => {
    const response = await get('/s/t', { method: 'HEAD' });
    expect(response.headers.get('content-length')).toBe(String('HEAD /s/{token}'.length));
    expect(await response.text()).toBe('');
  });

  test('Base64 becomes bytes, and each cookie a header', async () => {
    const response = await get('/picture');
    expect([...new Uint8Array(await response.arrayBuffer())]).toEqual([0x89, 0x50, 0, 0xff]);
    expect(response.headers.getSetCookie()).toEqual(['a=1; Path=/', 'b=2; Path=/']);
  });

  test('a bare string is a JSON body, and 204 is empty', async () => {
    expect(await (await get('/bare')).json()).toEqual({ hello: 'world' });
    expect((await get('/empty')).status).toBe(204);
  });

  test('a handler that throws gives 500 without the reason', async () => {
    const response = await get('/broken');
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('secret');
    expect(failures).toEqual(['GET /broken Error: secret reason']);
  });
});

describe('limits', () => {
  test('a body over 10 MB is rejected before the handler, one of 10 MB is not', async () => {
    const limit = 10 * 1024 * 1024;
    const tooLong = await get('/s/t', { method: 'POST', body: Buffer.alloc(limit + 1) });
    expect(tooLong.status).toBe(413);
    expect((await get('/s/t', { method: 'POST', body: Buffer.alloc(limit) })).status).toBe(200);
  });

  test('a client that disconnects within its body does no harm', async () => {
    await new Promise<void>((resolve) => {
      const socket = connect(bridge().port, '127.0.0.1', () => {
        socket.write('POST /s/t HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\npart');
        setTimeout(() => {
          socket.destroy();
          resolve();
        }, 20);
      });
    });
    expect((await get('/s/t')).status).toBe(200);
  });

  test('a port in use is reported in one line with the fix', async () => {
    await expect(startHttpBridge({ routes, port: bridge().port })).rejects.toThrow(
      `Port ${bridge().port} is in use: stop the process that uses it, or choose another, for example PORT=${bridge().port + 1} npm start`,
    );
  });
});
