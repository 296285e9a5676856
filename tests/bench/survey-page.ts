import { brotliCompressSync, gunzipSync } from 'node:zlib';
import { createHandler } from '../../functions/serve-survey/create-handler.ts';
import { localDate } from '../../shared/platform/time.ts';
import { context, pageEvent, startFunctionLab } from '../support/labs/function-lab.ts';
import { type Measure, rounded } from './figure.ts';
import { storePatient, token } from './stored-patient.ts';

const barBytes = 14 * 1024;

/** The further files that a page makes a browser fetch, from its markup and styles. */
const fetchedBy = (html: string): readonly string[] =>
  [...html.matchAll(/<(?:link|script|img|iframe|source)\b[^>]*?\b(?:href|src)="([^"]*)"|url\(([^)]*)\)/g)]
    .map(([, named, styled]) => named ?? styled ?? '')
    .filter((address) => !address.startsWith('data:'));

/** Measures all that a browser fetches to show a patient's survey. */
export const measureSurveyPage: Measure = async () => {
  const lab = await startFunctionLab();
  try {
    const today = localDate(new Date().toISOString().slice(0, 10));
    const world = await lab.fresh(`${today}T15:00:00Z`);
    await storePatient(world, today);
    const handler = createHandler(world.environment, world.runtime);
    const sizes = { gzip: 0, brotli: 0, plain: 0, headers: 0 };
    const fetched = new Set<string>();
    let isCompressed = true;
    for (const lang of ['en', 'es']) {
      const call = { query: { lang }, headers: { 'accept-encoding': 'gzip, deflate, br' } };
      const { headers = {}, body = '', ...rest } = await handler(pageEvent(`/s/${token}`, call), context);
      isCompressed &&= headers['content-encoding'] === 'gzip';
      const bytes = Buffer.from(body, rest.isBase64Encoded === true ? 'base64' : 'utf8');
      const html = isCompressed ? gunzipSync(bytes).toString() : bytes.toString();
      for (const address of fetchedBy(html)) fetched.add(address);
      const headerLines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
      sizes.gzip = Math.max(sizes.gzip, bytes.length);
      sizes.brotli = Math.max(sizes.brotli, brotliCompressSync(html).length);
      sizes.plain = Math.max(sizes.plain, Buffer.byteLength(html));
      sizes.headers = Math.max(sizes.headers, Buffer.byteLength(headerLines.join('')));
    }
    const others = [...fetched];
    return {
      'survey-page': {
        measured: `${rounded(sizes.gzip / 1024)} KB${others.length === 0 ? '' : ` and ${others.length} further files`}`,
        bar: 'at most 14 KB compressed, nothing else fetched',
        met: isCompressed && others.length === 0 && sizes.gzip <= barBytes,
        values: { ...sizes, otherFiles: others.length, compressedByTheFunction: String(isCompressed) },
        notes: [
          `The larger of English and Spanish, gzipped by the function itself (${rounded(sizes.plain / 1024)} KB uncompressed); headers add ${sizes.headers} bytes before HTTP/2 compresses them.`,
          ...(isCompressed
            ? []
            : ['The function did not compress the page, and nothing in front of it would.']),
        ],
      },
    };
  } finally {
    await lab.stop();
  }
};
