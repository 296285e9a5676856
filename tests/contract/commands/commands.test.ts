import { afterEach, describe, expect, it } from 'vitest';
import { startLab } from '../../support/labs/dynamo-lab.ts';
import { type RecordingClient, recordingClient } from '../../support/labs/recorded-commands.ts';
import { sharedLab } from '../../support/labs/shared-lab.ts';
import { codeOf, readSourceTree } from '../../support/sources/source-tree.ts';
import { type AccessPattern, adaptersOn } from './adapters.ts';
import { careReads } from './care-reads.ts';
import { careWrites } from './care-writes.ts';
import { countingPatterns } from './counting.ts';
import { operationsPatterns } from './operations.ts';
import { outcomesPatterns } from './outcomes.ts';

const patterns: readonly AccessPattern[] = [
  ...careReads,
  ...Object.values(careWrites).flat(),
  ...countingPatterns,
  ...outcomesPatterns,
  ...operationsPatterns,
];

const lab = sharedLab(startLab);

const clients: RecordingClient[] = [];
afterEach(() => {
  for (const client of clients.splice(0)) client.stop();
});

/** Runs a pattern, on fresh tables if it is given something. */
const played = async ({ given, run }: AccessPattern, oneItemPages = false) => {
  const { tables } = given === undefined ? lab() : await lab().freshTables();
  const client = recordingClient({ endpoint: lab().dynamoEndpoint, tables, oneItemPages });
  clients.push(client);
  const adapters = adaptersOn(client.documents, tables);
  await given?.(adapters);
  client.takeSent();
  const result = await run(adapters);
  return { result, sent: client.takeSent() };
};

describe('a table is read and written by these commands alone', () => {
  it.each(patterns)('$method: $promise', async (pattern) => {
    const { sent } = await played(pattern);
    expect(sent).toStrictEqual(pattern.sends);
  });
});

/** Rows that read without a limit of their own: as many pages as there are. */
const unlimited = patterns.filter(({ sends }) =>
  sends.some((sent) =>
    Object.entries(sent).some(([name, { Limit }]) => /Query|Scan/.test(name) && Limit === undefined),
  ),
);

describe('a reading goes on to its last page', () => {
  it.each(unlimited)('$method: $promise', async (pattern) => {
    const whole = await played(pattern);
    const paged = await played(pattern, true);
    expect(paged.result).toEqual(whole.result);
    expect(paged.sent.length).toBeGreaterThan(whole.sent.length);
  });
});

/** A function that creates an adapter, by its signature. */
const adapter = /export const (\w+On) = \(\s*client: DynamoDBDocumentClient/g;

describe('the table of commands', () => {
  const adapters = () => {
    const client = recordingClient({ endpoint: lab().dynamoEndpoint, tables: lab().tables });
    clients.push(client);
    return adaptersOn(client.documents, lab().tables);
  };

  it('has a row for every method of every adapter', async () => {
    const methods = Object.entries(adapters()).flatMap(([name, methodsOf]) =>
      Object.keys(methodsOf).map((method) => `${name}.${method}`),
    );
    const rows = new Set(patterns.map(({ method }): string => method));
    expect(methods.filter((method) => !rows.has(method))).toEqual([]);
  });

  it('knows every adapter that there is', async () => {
    const tree = await readSourceTree(['shared', 'functions', 'infra']);
    const found = [...tree.values()].flatMap((text) =>
      [...codeOf(text).matchAll(adapter)].map(([, name = '']) => name),
    );
    expect(Object.keys(adapters()).toSorted()).toEqual(found.toSorted());
  });

  it('has rows whose promises differ', () => {
    expect(new Set(patterns.map(({ promise }) => promise)).size).toBe(patterns.length);
  });
});
