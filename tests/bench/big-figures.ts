import { careStoreOn } from '../../shared/care/patient/aws/care-store.ts';
import { type PatientId, patientId } from '../../shared/care/patient/ids.ts';
import { countingStoreOn } from '../../shared/counting/aws/counting-store.ts';
import { storedCells } from '../../shared/counting/check-drift.ts';
import { contributionOf } from '../../shared/counting/contribute.ts';
import { countPatientsWith } from '../../shared/counting/count-patients.ts';
import { cellStoreOn } from '../../shared/outcomes/cells/aws/cell-store.ts';
import { addCounts, cellIdOf, differenceOf } from '../../shared/outcomes/cells/cells.ts';
import type { CellId, Counts } from '../../shared/outcomes/cells/contribution.ts';
import { dueShardCount } from '../../shared/platform/tables.ts';
import { aResponse } from '../support/samples/builders.ts';
import { clinicOf, dueAt } from './big-clinic.ts';
import { type BigLab, startBigLab } from './big-tables.ts';
import { compareInTurn, type Figure, type Measure, rounded } from './figure.ts';

const small = 1000;

const barSize = 1_000_000;

/** The sender's page size. */
const pageSize = 50;

const callsPerRound = 20;

const timeOf = async (run: () => Promise<unknown>): Promise<number> => {
  const startedAt = performance.now();
  await run();
  return performance.now() - startedAt;
};

const sizeNote = (size: number): readonly string[] =>
  size < barSize ? [`Measured with ${size} patients; the bar needs --size ${barSize}.`] : [];

const dueFigure = async (lab: BigLab, size: number, rounds: number): Promise<Figure> => {
  const storeOf = (patients: number) => careStoreOn(lab.document, clinicOf(patients).tables.care);
  const timeQueries =
    (patients: number) =>
    async (round: number): Promise<number> => {
      const store = storeOf(patients);
      return timeOf(async () => {
        for (let call = 0; call < callsPerRound; call += 1) {
          const found = await store.due((round + call) % dueShardCount, dueAt, pageSize);
          if (found.length !== pageSize) throw new Error(`${found.length} of ${patients} patients are due.`);
        }
      });
    };
  await compareInTurn(2, timeQueries(size), timeQueries(small));
  const { ratio, first, second } = await compareInTurn(rounds, timeQueries(size), timeQueries(small));
  return {
    measured: `${rounded(ratio)} x`,
    bar: 'at most 1.2 x',
    met: ratio <= 1.2 && size >= barSize,
    values: {
      ratio: rounded(ratio, 3),
      pending: size,
      againstPending: small,
      ms: rounded(first / callsPerRound),
      againstMs: rounded(second / callsPerRound),
      rounds,
    },
    notes: [
      `A page of ${pageSize} due episodes of ${size} pending: ${rounded(first / callsPerRound)} ms; of ${small}: ${rounded(second / callsPerRound)} ms.`,
      'On the embedded DynamoDB this shows that the query reads one page of an index and nothing else; AWS has other latencies.',
      ...sizeNote(size),
    ],
  };
};

/** Counts responses of a clinic's patients one by one, and keeps what each should add to the cells. */
const countingOn = (lab: BigLab, patients: number) => {
  const { tables } = clinicOf(patients);
  const store = careStoreOn(lab.document, tables.care);
  const counting = countingStoreOn(lab.document, tables);
  const cells = cellStoreOn(lab.document, tables.outcomes);
  const countPatients = countPatientsWith({ counting });
  const expected = new Map<CellId, Counts>();
  let next = 450;

  const storeResponse = async (): Promise<PatientId> => {
    const id = patientId(`p-${next}`);
    next += 1;
    const before = await store.load(id);
    const [episode] = before.episodes;
    if (episode === undefined) throw new Error('A loaded patient has no episode.');
    const { family, serviceDate } = episode;
    await store.commit([{ kind: 'response', item: aResponse({ patientId: id, family, serviceDate }) }]);
    const after = contributionOf(await store.load(id));
    for (const change of differenceOf((await counting.load(id)).marker?.contribution ?? new Map(), after)) {
      const cell = cellIdOf(change);
      expected.set(cell, addCounts(expected.get(cell) ?? {}, change.changes));
    }
    return id;
  };

  return {
    /** Milliseconds to count `callsPerRound` responses, without storing them. */
    count: async (): Promise<number> => {
      const answered: PatientId[] = [];
      for (let call = 0; call < callsPerRound; call += 1) answered.push(await storeResponse());
      return timeOf(async () => {
        for (const id of answered) await countPatients([id]);
      });
    },
    stored: async () => new Map((await storedCells(cells)).map((cell) => [cellIdOf(cell), cell.counts])),
    expected,
  };
};

type Counted = ReadonlyMap<CellId, Counts>;

/** Number of cells that differ from their earlier counts plus what was added since. */
const driftOf = (before: Counted, added: Counted, after: Counted): number =>
  [...new Set([...before.keys(), ...added.keys(), ...after.keys()])].filter((id) => {
    const expected = addCounts(before.get(id) ?? {}, added.get(id) ?? {});
    return Object.keys(addCounts(expected, negative(after.get(id) ?? {}))).length > 0;
  }).length;

const negative = (counts: Counts): Counts =>
  Object.fromEntries(Object.entries(counts).map(([counter, count]) => [counter, -count]));

const countingFigure = async (lab: BigLab, size: number, rounds: number): Promise<Figure> => {
  const large = countingOn(lab, size);
  const few = countingOn(lab, small);
  const before = { large: await large.stored(), few: await few.stored() };
  const { ratio, first, second } = await compareInTurn(rounds, large.count, few.count);
  const drift =
    driftOf(before.large, large.expected, await large.stored()) +
    driftOf(before.few, few.expected, await few.stored());
  return {
    measured: `${rounded(ratio)} x, ${drift} cells drifted`,
    bar: 'at most 1.1 x, drift 0',
    met: ratio <= 1.1 && drift === 0 && size >= barSize,
    values: {
      ratio: rounded(ratio, 3),
      counted: size,
      againstCounted: small,
      ms: rounded(first / callsPerRound),
      againstMs: rounded(second / callsPerRound),
      drift,
      rounds,
    },
    notes: [
      `Counting a response in a clinic of ${size} patients: ${rounded(first / callsPerRound)} ms; of ${small}: ${rounded(second / callsPerRound)} ms.`,
      'All patients are in the cells; of all but the first 3,000, the care table holds only the pending episode.',
      `Drift: every cell before plus what ${rounds * callsPerRound} responses add, compared with every cell after, in both clinics.`,
      ...sizeNote(size),
    ],
  };
};

/** Times the due query and counting in a clinic of a million patients against one of a thousand. */
export const measureBigClinic: Measure = async ({ size, rounds }) => {
  const lab = await startBigLab([clinicOf(small), clinicOf(size)]);
  try {
    const due = await dueFigure(lab, size, rounds);
    const countingRounds = Math.min(rounds, 25);
    const counting = await countingFigure(lab, size, countingRounds);
    const loaded = `Loading took ${rounded(lab.loadSeconds, 0)} s.`;
    return { 'due-query': { ...due, notes: [...due.notes, loaded] }, counting };
  } finally {
    await lab.stop();
  }
};
