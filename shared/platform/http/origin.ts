import { createHash, timingSafeEqual } from 'node:crypto';
import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { HttpError } from './http.ts';

/** The header in which the CDN says its secret; `infra` sets it. */
export const originHeader = 'x-origin-verify';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/**
 * Takes the secrets that the CDN may say, with commas between, or undefined where there is no CDN (the laptop).
 * Gives the middlewares, none or one, that answer 403 to whoever does not say one, so that the firewall cannot be passed by.
 */
export const onlyThroughCdn = (
  secrets: string | undefined,
): MiddlewareObj<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>[] => {
  if (secrets === undefined) return [];
  const accepted = secrets.split(',').map(digest);
  return [
    {
      before: ({ event }) => {
        const said = digest(event.headers[originHeader] ?? '');
        if (!accepted.some((secret) => timingSafeEqual(secret, said))) {
          throw new HttpError(403, 'This is not the address of the service.');
        }
      },
    },
  ];
};
