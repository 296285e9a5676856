import { createHash } from 'node:crypto';

/** Returns the Content-Security-Policy source expression that allows an inline style or script. */
export const hashSource = (inline: string): string =>
  `'sha256-${createHash('sha256').update(inline, 'utf8').digest('base64')}'`;

/**
 * Headers of every page, whatever its status: no caching, no indexing, no referrer. Each kind of page adds a
 * Content-Security-Policy and relaxes what it must.
 */
export const houseHeaders = {
  'Content-Type': 'text/html; charset=utf-8',
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Robots-Tag': 'noindex, nofollow',
  'Strict-Transport-Security': 'max-age=63072000; includeSubDomains',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
} as const satisfies Readonly<Record<string, string>>;
