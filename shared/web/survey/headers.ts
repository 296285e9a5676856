import { hashSource, houseHeaders } from '../house/headers.ts';
import { surveyScript } from './generated/survey-script.ts';
import { pageStyles } from './page-styles.ts';

const contentSecurityPolicy = [
  "default-src 'none'",
  `style-src ${hashSource(pageStyles)}`,
  `script-src ${hashSource(surveyScript)}`,
  "connect-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ');

/** Headers of every patient page. They allow only its own inline style and script. */
export const pageHeaders = { ...houseHeaders, 'Content-Security-Policy': contentSecurityPolicy } as const;
