import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readFhirProcedure } from '../../../../../shared/care/intake/formats/fhir-procedure.ts';
import { csvColumns, readProcedureCsv } from '../../../../../shared/care/intake/formats/procedure-csv.ts';
import {
  readContactDetail,
  readProcedureDetail,
} from '../../../../../shared/care/intake/formats/procedure-event.ts';
import { now } from './samples.ts';

const page = readFileSync(new URL('../../../../../docs/inbound.md', import.meta.url), 'utf8');

const posted = [...page.matchAll(/"\$API(\/[\w/]+)".*? -d '(\{.*?\n\})'/gs)].map(
  ([, route = '', body = '']) => ({
    route,
    body: JSON.parse(body),
  }),
);

describe('docs/inbound.md', () => {
  it('has an example for each kind', () => {
    expect(posted.map(({ route }) => route)).toEqual([
      '/procedures',
      '/procedures',
      '/contacts',
      '/fhir/Procedure',
    ]);
  });

  it.each(posted)('shows a body for $route that is taken', ({ route, body }) => {
    const read = {
      '/procedures': readProcedureDetail(body, { now }),
      '/contacts': readContactDetail(body, { now }),
      '/fhir/Procedure': readFhirProcedure(body, { now }),
    }[route];
    expect(read?.outcome).toBe('accepted');
  });

  it('shows an event that is taken', () => {
    const [, escaped = ''] = page.match(/"Detail": "(.*)"\n/) ?? [];
    const detail = JSON.parse(JSON.parse(`"${escaped}"`));
    expect(readProcedureDetail(detail, { now }).outcome).toBe('accepted');
  });

  it('shows a file that is taken, and every column', () => {
    const [, file = ''] = page.match(/```csv\n(.*?)```/s) ?? [];
    expect(readProcedureCsv(file, now).map(({ result }) => result.outcome)).toEqual(['accepted']);
    for (const column of csvColumns) expect(page).toContain(`\`${column}\``);
  });
});
