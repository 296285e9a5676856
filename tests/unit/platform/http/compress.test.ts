import { gunzipSync } from 'node:zlib';
import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { compressUncached } from '../../../../shared/platform/http/compress.ts';
import { renderErrors, securityHeaders } from '../../../../shared/platform/http/middleware.ts';
import { context, pageEvent } from '../../../support/labs/function-lab.ts';

const nothing = (): void => undefined;
const log = { info: nothing, warn: nothing, error: nothing };
const page = '¿Cómo está? '.repeat(300);

const ask = (
  accepted: string | undefined,
  response: APIGatewayProxyStructuredResultV2 | Error,
): Promise<APIGatewayProxyStructuredResultV2> =>
  middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
    .use(compressUncached())
    .use(securityHeaders())
    .use(
      renderErrors(log, { add: nothing }, (_event, statusCode) => ({ statusCode, headers: {}, body: page })),
    )
    .handler(async () => {
      if (response instanceof Error) throw response;
      return response;
    })(
    pageEvent('/s/x', { headers: accepted === undefined ? {} : { 'accept-encoding': accepted } }),
    context,
  );

describe('a response that no cache keeps', () => {
  it.each(['gzip', 'gzip, deflate, br', 'br;q=1.0, GZIP;q=0.8, *;q=0.1'])(
    'is compressed for %s',
    async (accepted) => {
      const response = await ask(accepted, { statusCode: 200, headers: { 'x-own': '1' }, body: page });
      expect(response).toMatchObject({
        statusCode: 200,
        isBase64Encoded: true,
        headers: { 'content-encoding': 'gzip', vary: 'accept-encoding', 'x-own': '1' },
      });
      const bytes = Buffer.from(response.body ?? '', 'base64');
      expect(gunzipSync(bytes).toString()).toBe(page);
      expect(bytes.length).toBeLessThan(page.length / 10);
    },
  );

  it('is compressed also when it says what went wrong', async () => {
    const response = await ask('gzip', new Error('broken'));
    expect(response).toMatchObject({ statusCode: 500, isBase64Encoded: true });
    expect(gunzipSync(Buffer.from(response.body ?? '', 'base64')).toString()).toBe(page);
  });

  it.each([undefined, '', 'br', 'gzip;q=0', 'gzip; q=0.000', 'identity, x-gzip'])(
    'is left as it is for %s',
    async (accepted) => {
      const response = await ask(accepted, { statusCode: 200, body: page });
      expect(response.body).toBe(page);
      expect(response.headers).not.toHaveProperty('content-encoding');
    },
  );

  it('is left as it is when it is short, and so is what a cache may keep', async () => {
    expect(await ask('gzip', { statusCode: 200, body: 'short' })).toMatchObject({ body: 'short' });
    const headers = { 'cache-control': 'public, max-age=300' };
    expect(await ask('gzip', { statusCode: 200, headers, body: page })).toMatchObject({ body: page });
  });
});
