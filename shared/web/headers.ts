import { createHash } from 'node:crypto';
import { surveyScript } from './generated/survey-script.ts';
import { pageStyles } from './page-styles.ts';

/** Takes the text of an inline style or script, gives its source expression for a Content-Security-Policy. */
export const hashSource = (inline: string): string =>
  `'sha256-${createHash('sha256').update(inline, 'utf8').digest('base64')}'`;

const contentSecurityPolicy = [
  "default-src 'none'",
  `style-src ${hashSource(pageStyles)}`,
  `script-src ${hashSource(surveyScript)}`,
  "connect-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ');

/**
 * The headers of every patient page, whatever its status: nothing loads but the page with its own style and script, no
 * cache keeps it, no search engine lists it, and no other site learns its address.
 */
export const pageHeaders = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy': contentSecurityPolicy,
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Robots-Tag': 'noindex, nofollow',
  'Strict-Transport-Security': 'max-age=63072000; includeSubDomains',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
} as const satisfies Readonly<Record<string, string>>;
