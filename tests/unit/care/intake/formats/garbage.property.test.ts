import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { parseEvent } from '../../../../../functions/enroll-episode/parse-event.ts';
import { readBusEvent } from '../../../../../shared/care/intake/formats/bus-event.ts';
import { readFhirBundle } from '../../../../../shared/care/intake/formats/fhir-bundle.ts';
import { readFhirProcedure } from '../../../../../shared/care/intake/formats/fhir-procedure.ts';
import { readProcedureCsv } from '../../../../../shared/care/intake/formats/procedure-csv.ts';
import {
  readContactDetail,
  readProcedureDetail,
} from '../../../../../shared/care/intake/formats/procedure-event.ts';
import { bundle, busEvent, detail, now, procedure } from './samples.ts';

vi.setConfig({ testTimeout: 60_000 });

/** Enough to notice a reader that lets something through; the bench tries 100,000. */
const runs = { numRuns: 400 };

type Path = readonly (string | number)[];

const pathsOf = (value: unknown, at: Path = []): readonly Path[] =>
  typeof value === 'object' && value !== null
    ? [
        at,
        ...Object.entries(value).flatMap(([key, child]) =>
          pathsOf(child, [...at, Array.isArray(value) ? Number(key) : key]),
        ),
      ]
    : [at];

const replaced = (value: unknown, [key, ...rest]: Path, by: unknown): unknown => {
  if (key === undefined) return by;
  if (Array.isArray(value))
    return value.map((item, index) => (index === key ? replaced(item, rest, by) : item));
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(
        Object.entries(value).map(([name, item]) => [name, name === key ? replaced(item, rest, by) : item]),
      )
    : value;
};

/** A good sample with one part replaced by anything. */
const damaged = (sample: unknown): fc.Arbitrary<unknown> =>
  fc
    .tuple(fc.constantFrom(...pathsOf(sample)), fc.oneof(fc.jsonValue(), fc.string({ unit: 'binary' })))
    .map(([path, by]) => replaced(sample, path, by));

const readers: readonly (readonly [string, unknown, (body: unknown) => { readonly outcome: string }])[] = [
  ['bus event', busEvent, (body) => readBusEvent(body, now)],
  ['procedure detail', detail, (body) => readProcedureDetail(body, { now })],
  [
    'contact detail',
    { version: 1, eventId: 'c', patient: detail.patient },
    (body) => readContactDetail(body, { now }),
  ],
  ['FHIR Procedure', procedure, (body) => readFhirProcedure(body, { now })],
  ['FHIR Bundle', bundle, (body) => readFhirBundle(body, { now, own: [] })],
];

describe.each(readers)('%s', (_name, sample, read) => {
  it('is read from its sample', () => {
    expect(read(sample).outcome).toBe('accepted');
  });

  it('is never read from any other JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (body) => {
        expect(read(body).outcome).toBe('rejected');
      }),
      runs,
    );
  });

  it('never throws when a part of it is replaced', () => {
    fc.assert(
      fc.property(damaged(sample), (body) => {
        expect(['accepted', 'ignored', 'rejected']).toContain(read(body).outcome);
      }),
      runs,
    );
  });

  it('never says in a problem what was sent', () => {
    const secret = fc.stringMatching(/^[qxz]{12,20}$/);
    const anywhere = secret.chain((text) =>
      fc
        .tuple(
          fc.constantFrom(...pathsOf(sample)),
          fc.constantFrom<unknown>(
            text,
            { [text]: text },
            [text],
            `${text}@`,
            `${text} ${text}`,
            text.repeat(300),
          ),
        )
        .map(([path, by]) => ({ text, body: replaced(sample, path, by) })),
    );
    fc.assert(
      fc.property(anywhere, ({ text, body }) => {
        const parsed = read(body);
        if (parsed.outcome === 'rejected') expect(JSON.stringify(parsed)).not.toContain(text);
      }),
      runs,
    );
  });
});

describe('parseEvent', () => {
  it('throws nothing but the rejection, and nothing that was sent', () => {
    fc.assert(
      fc.property(damaged(busEvent), (event) => {
        try {
          parseEvent(event, now);
        } catch (error) {
          expect(String(error)).toMatch(/^Error: event rejected: [A-Za-z0-9.,[\] -]+$/);
        }
      }),
      runs,
    );
  });
});

describe('readProcedureCsv', () => {
  it('gives a result for every row of any text', () => {
    const cell = fc.oneof(fc.string(), fc.constantFrom('"', '""', 'P1', '64493', '2026-03-08', '\r', '\t'));
    const text = fc
      .array(fc.array(cell, { maxLength: 6 }), { maxLength: 6 })
      .map((rows) =>
        ['patient_id,procedure_id,performed,codes', ...rows.map((row) => row.join(','))].join('\n'),
      );
    fc.assert(
      fc.property(fc.oneof(text, fc.string({ unit: 'binary' })), (file) => {
        for (const { row, result } of readProcedureCsv(file, now)) {
          expect(row).toBeGreaterThan(0);
          expect(['accepted', 'rejected']).toContain(result.outcome);
        }
      }),
      runs,
    );
  });

  it('reads the rows around any spoiled one', () => {
    const good = 'P1,PR1,2026-03-08,62323';
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }).filter((text) => !/[\r\n]/.test(text)),
        (line) => {
          const rows = readProcedureCsv(
            `patient_id,procedure_id,performed,codes\n${good}\n${line}\n${good}`,
            now,
          );
          expect(rows.filter(({ result }) => result.outcome === 'accepted').map(({ row }) => row)).toEqual(
            expect.arrayContaining([2, 4]),
          );
        },
      ),
      runs,
    );
  });
});
