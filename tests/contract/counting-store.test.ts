import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { careStoreOn } from '../../shared/care/patient/aws/care-store.ts';
import { type PatientId, patientId } from '../../shared/care/patient/ids.ts';
import type { CareStore } from '../../shared/care/patient/ports.ts';
import { countingStoreOn } from '../../shared/counting/aws/counting-store.ts';
import type { CountChange, CountingStore } from '../../shared/counting/ports.ts';
import { cellStoreOn } from '../../shared/outcomes/cells/aws/cell-store.ts';
import type { CellChange } from '../../shared/outcomes/cells/cells.ts';
import { type Contribution, counters } from '../../shared/outcomes/cells/contribution.ts';
import type { CellStore } from '../../shared/outcomes/cells/ports.ts';
import { cohortMonth } from '../../shared/platform/time.ts';
import { startLab } from '../support/labs/dynamo-lab.ts';
import { sharedLab } from '../support/labs/shared-lab.ts';
import { memoryStores } from '../support/oracles/memory-stores.ts';

const lab = sharedLab(startLab);

let document: DynamoDBDocumentClient;

beforeAll(() => {
  document = DynamoDBDocumentClient.from(lab().client);
});

type Stores = { readonly care: CareStore; readonly counting: CountingStore; readonly cells: CellStore };

const onDynamo = async (): Promise<Stores & { readonly outcomes: string }> => {
  const { tables } = await lab().freshTables();
  return {
    care: careStoreOn(document, tables.care),
    counting: countingStoreOn(document, tables),
    cells: cellStoreOn(document, tables.outcomes),
    outcomes: tables.outcomes,
  };
};

const contribution: Contribution = new Map([
  ['mild|2026-03|enrolled', new Set(['eligible', 'reachable'] as const)],
  ['mild|2026-03|3m', new Set(counters)],
]);

const marker = (patientId: PatientId, expectedRevision = 0): CountChange => ({
  patientId,
  expectedRevision,
  contribution,
});

const plus = (by: number, timepoint: '3m' | 'enrolled' = '3m'): CellChange => ({
  scope: 'mild',
  month: '2026-03',
  timepoint,
  changes: { answered: by, 'improved-over-half:n': by },
});

describe.each([
  ['on DynamoDB', onDynamo],
  ['in memory', async () => memoryStores()],
])('the counts %s', (_, make: () => Promise<Stores>) => {
  let stores: Stores;
  beforeEach(async () => {
    stores = await make();
  });
  const cells = () => stores.cells.cells('mild');

  it('are empty at first', async () => {
    expect(await cells()).toEqual([]);
  });

  it('change together with the marker, which loads as it was written', async () => {
    expect(await stores.counting.apply([marker(patientId('p-1'))], [plus(1), plus(1, 'enrolled')])).toBe(
      'committed',
    );
    expect((await stores.counting.load(patientId('p-1'))).marker).toEqual({ revision: 1, contribution });
    expect(await cells()).toEqual([
      {
        scope: 'mild',
        month: '2026-03',
        timepoint: '3m',
        counts: { answered: 1, 'improved-over-half:n': 1 },
      },
      {
        scope: 'mild',
        month: '2026-03',
        timepoint: 'enrolled',
        counts: { answered: 1, 'improved-over-half:n': 1 },
      },
    ]);
    expect(await stores.cells.cells('overall')).toEqual([]);
  });

  it('add up and return to nothing', async () => {
    await stores.counting.apply([marker(patientId('p-1')), marker(patientId('p-2'))], [plus(2)]);
    await stores.counting.apply([marker(patientId('p-1'), 1)], [plus(-1)]);
    expect((await cells())[0]?.counts).toEqual({ answered: 1, 'improved-over-half:n': 1 });
    await stores.counting.apply([marker(patientId('p-2'), 1)], [plus(-1)]);
    expect((await cells())[0]?.counts).toEqual({});
  });

  it.each([
    ['a marker that already exists', 0],
    ['a marker at another revision', 2],
  ])('are rejected as a whole on %s', async (_, expectedRevision) => {
    await stores.counting.apply([marker(patientId('p-2'))], [plus(1)]);
    const outcome = await stores.counting.apply(
      [marker(patientId('p-1')), marker(patientId('p-2'), expectedRevision)],
      [plus(5)],
    );
    expect(outcome).toBe('conflict');
    expect((await stores.counting.load(patientId('p-1'))).marker).toBeUndefined();
    expect((await cells())[0]?.counts).toEqual({ answered: 1, 'improved-over-half:n': 1 });
  });

  it('count once when the same change is applied concurrently', async () => {
    const outcomes = await Promise.all(
      [1, 2, 3, 4].map(() => stores.counting.apply([marker(patientId('p-1'))], [plus(1)])),
    );
    expect(outcomes.filter((outcome) => outcome === 'committed').length).toBe(1);
    expect((await cells())[0]?.counts).toEqual({ answered: 1, 'improved-over-half:n': 1 });
  });

  it('are sorted by month', async () => {
    for (const [index, month] of (['2026-05', '2025-12', '2026-03'] as const).entries()) {
      await stores.counting.apply([marker(patientId(`p-${index}`))], [{ ...plus(1), month }]);
    }
    expect((await cells()).map(({ month }) => month)).toEqual(['2025-12', '2026-03', '2026-05']);
  });

  it('accept as many changes at once as fit in a transaction', async () => {
    const changes = Array.from({ length: 99 }, (_, index) => ({
      ...plus(1),
      month: cohortMonth(
        `20${String(Math.floor(index / 12) + 10)}-${String((index % 12) + 1).padStart(2, '0')}`,
      ),
    }));
    expect(await stores.counting.apply([marker(patientId('p-1'))], changes)).toBe('committed');
    expect((await cells()).length).toBe(99);
  });
});

describe('a stored cell that is malformed', () => {
  it.each([
    ['a key that is not a cell id', { sk: 'March#3m', answered: 1 }],
    ['a count that is not a whole number', { sk: '2026-03#3m', answered: 1.5 }],
    ['a count that is a text', { sk: '2026-03#3m', answered: '11' }],
  ])('throws on %s', async (_, item) => {
    const { cells, outcomes } = await onDynamo();
    await document.send(new PutCommand({ TableName: outcomes, Item: { pk: 'CELLS#mild', ...item } }));
    await expect(cells.cells('mild')).rejects.toThrow();
  });

  it('ignores attributes that are not counters', async () => {
    const { cells, outcomes } = await onDynamo();
    const item = { pk: 'CELLS#mild', sk: '2026-03#3m', answered: 2, note: 'by hand', counted: 0 };
    await document.send(new PutCommand({ TableName: outcomes, Item: item }));
    expect((await cells.cells('mild'))[0]?.counts).toEqual({ answered: 2 });
  });
});
