import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { renderErrors } from '../../../../shared/platform/http/middleware.ts';
import { onlyThroughCdn } from '../../../../shared/platform/http/origin.ts';

const silent = { info: () => {}, warn: () => {}, error: () => {} };
/** What CloudFront calls it, which is set by the stack; written down a second time on purpose. */
const originHeader = 'x-origin-verify';
const current = 'n'.repeat(48);
const previous = 'p'.repeat(48);

const ask = async (secrets: string | undefined, said: string | undefined): Promise<number | undefined> => {
  const handler = middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
    .use(renderErrors(silent, { add: () => {} }))
    .use(onlyThroughCdn(secrets))
    .handler(async () => ({ statusCode: 200 }));
  const event = { headers: said === undefined ? {} : { [originHeader]: said } };
  const response = await handler(event as unknown as APIGatewayProxyEventV2, {} as Context);
  return response.statusCode;
};

describe('the door behind the CDN', () => {
  it('opens to the secret in force and to the one before it', async () => {
    expect(await ask(`${current},${previous}`, current)).toBe(200);
    expect(await ask(`${current},${previous}`, previous)).toBe(200);
  });

  it.each([undefined, '', 'wrong', current.slice(1), `${current},${previous}`, `${current} `])(
    'stays shut to %j',
    async (said) => expect(await ask(`${current},${previous}`, said)).toBe(403),
  );

  it('is no door where there is no CDN: on the laptop', async () => {
    expect(await ask(undefined, undefined)).toBe(200);
  });
});
