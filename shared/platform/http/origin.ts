import { createHash, timingSafeEqual } from 'node:crypto';
import { HttpError } from './http.ts';
import type { HttpMiddleware } from './middleware.ts';

/** The header in which the CDN sends its secret; `infra` sets it. */
export const originHeader = 'x-origin-verify';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/**
 * Rejects requests without one of the CDN's secrets (403): no WAF bypass. `secrets` are comma-separated. Without any,
 * where there is no CDN (the laptop), there is no middleware.
 */
export const onlyThroughCdn = (secrets: string | undefined): HttpMiddleware[] => {
  if (secrets === undefined) return [];
  const accepted = secrets.split(',').map(digest);
  return [
    {
      before: ({ event }) => {
        const presented = digest(event.headers[originHeader] ?? '');
        if (!accepted.some((secret) => timingSafeEqual(secret, presented))) {
          throw new HttpError(403, 'This is not the address of the service.');
        }
      },
    },
  ];
};
