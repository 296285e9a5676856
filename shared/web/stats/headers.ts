import { hashSource, houseHeaders } from '../house/headers.ts';
import { chartFileStyles } from './chart-file.tsx';
import { pageScript } from './generated/page-script.ts';
import { statsStyleSheet } from './styles.ts';

const policy = (...directives: readonly string[]): string => ["default-src 'none'", ...directives].join('; ');

/** Headers of the statistics page. They allow only its own style and script, and its own data for the check. */
export const statsPageHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': policy(
    `style-src ${hashSource(statsStyleSheet)}`,
    `script-src ${hashSource(pageScript)}`,
    "connect-src 'self'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ),
  'cross-origin-opener-policy': houseHeaders['Cross-Origin-Opener-Policy'],
  'permissions-policy': houseHeaders['Permissions-Policy'],
};

/** Headers of a chart file. They allow only its own style. */
export const chartFileHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': policy(`style-src ${hashSource(chartFileStyles)}`, "frame-ancestors 'none'"),
};
