import { hashSource, houseHeaders } from '../house/headers.ts';
import { chartFileStyles } from './chart-file.tsx';
import { pageScript } from './generated/page-script.ts';
import { statsStyleSheet } from './styles.ts';

const policy = (...directives: readonly string[]): string => ["default-src 'none'", ...directives].join('; ');

/** The headers of the statistics page: its own style and script only, and its own data for the check. */
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

/** The headers of a chart's file: nothing loads but its own style. */
export const chartFileHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': policy(`style-src ${hashSource(chartFileStyles)}`, "frame-ancestors 'none'"),
};
