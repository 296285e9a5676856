import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commonFields, logEvents } from '../../../shared/platform/logging/log-events.ts';

const text = readFileSync(join(import.meta.dirname, '../../../docs/logs.md'), 'utf8');

/** The rows of the tables, each as its cells. */
const rows = text
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );

describe('docs/logs.md', () => {
  it('lists every event and every common field, as the code has them', () => {
    expect(rows).toEqual([
      ...Object.entries(commonFields).map(([name, meaning]) => [`\`${name}\``, meaning]),
      ...Object.entries(logEvents).map(([code, { level, meaning, fields }]) => [
        `\`${code}\``,
        level,
        meaning,
        Object.keys(fields).join(', '),
      ]),
    ]);
  });
});
