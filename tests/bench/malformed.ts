import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { createHandler as createEnroll } from '../../functions/enroll-episode/create-handler.ts';
import { createHandler as createReceive } from '../../functions/receive-procedure/create-handler.ts';
import { createHandler as createEmailEvent } from '../../functions/record-email-event/create-handler.ts';
import { createHandler as createPages } from '../../functions/serve-survey/create-handler.ts';
import { decodeCsvFile } from '../../shared/care/intake/formats/csv-text.ts';
import { procedureLines } from '../../shared/care/intake/formats/procedure-csv.ts';
import { request } from '../functions/receive-procedure/harness.ts';
import { context, pageEvent, startFunctionLab } from '../support/labs/function-lab.ts';
import { type Measure, rounded } from './figure.ts';
import { busEvents, emailEvents, files, forms, preferences, requests } from './malformed-inputs.ts';
import { meteringProxy } from './metering-proxy.ts';
import { storePatient, token } from './stored-patient.ts';

const barInputs = 100_000;
const today = '2026-03-10';
/** Number of inputs generated in one step. */
const chunk = 500;
const maxParallel = 8;

/** The intended rejection of an invalid event: it becomes a dead letter whose error names only the fields. */
const intendedRejection = /^(?:email )?event rejected: [A-Za-z0-9.,[\] _-]*$/;

/** The results for malformed inputs. */
type Tally = { inputs: number; rejected: number; taken: number; unhandled: string[] };

type Feeder = {
  readonly name: string;
  readonly share: number;
  /** Creates runs that feed one input each to a function. A run rejects with any unintended error. */
  readonly feed: (count: number, seed: number) => readonly (() => Promise<'rejected' | 'taken'>)[];
};

const isClientError = (status: number | undefined): 'rejected' | 'taken' => {
  if (status === undefined || status >= 500) throw new Error(`status ${status}`);
  return status >= 400 ? 'rejected' : 'taken';
};

const rejection = async (run: () => Promise<unknown>): Promise<'rejected' | 'taken'> => {
  try {
    const outcome = await run();
    return outcome === 'not-ours' || outcome === 'nothing-to-record' ? 'rejected' : 'taken';
  } catch (error) {
    if (error instanceof Error && intendedRejection.test(error.message)) return 'rejected';
    throw error;
  }
};

/** Feeds malformed events and requests to the real handlers, on tables that must not change. */
export const measureMalformed: Measure = async ({ malformed }) => {
  const lab = await startFunctionLab();
  const proxy = await meteringProxy(lab.lab.dynamoEndpoint);
  process.env['AWS_ENDPOINT_URL_DYNAMODB'] = proxy.endpoint;
  try {
    const world = await lab.fresh(`${today}T15:00:00Z`);
    await storePatient(world, today);
    const before = await world.everything();
    const { environment, runtime } = world;
    const enroll = createEnroll(environment, runtime);
    const emailEvent = createEmailEvent(environment, runtime);
    const receive = createReceive(environment, runtime);
    const pages = createPages(environment, runtime);
    const from =
      <T>(inputs: fc.Arbitrary<T>, run: (input: T) => Promise<'rejected' | 'taken'>): Feeder['feed'] =>
      (count, seed) =>
        fc.sample(inputs, { numRuns: count, seed }).map((input) => () => run(input));

    const feeders: readonly Feeder[] = [
      {
        name: 'clinic events',
        share: 0.3,
        feed: from(busEvents, (event) => rejection(() => enroll(event, context))),
      },
      {
        name: 'email events',
        share: 0.15,
        feed: from(emailEvents, (event) => rejection(() => emailEvent(event, context))),
      },
      {
        name: 'clinic requests',
        share: 0.3,
        feed: from(requests, async ({ path, type, body, method }) =>
          isClientError(
            (await receive(request(path, body, { 'content-type': type }, method), context)).statusCode,
          ),
        ),
      },
      {
        name: 'patient forms',
        share: 0.1,
        feed: from(forms, async (body) =>
          isClientError((await pages(pageEvent(`/s/${token}`, { body }), context)).statusCode),
        ),
      },
      {
        name: 'files',
        share: 0.1,
        feed: from(files, async (bytes) => {
          const decoded = decodeCsvFile(bytes);
          if (decoded.outcome === 'refused') return 'rejected';
          for (const { result } of procedureLines(decoded.text, runtime.clock.now())) {
            if (result.outcome === 'accepted') throw new Error('a malformed row was taken');
          }
          return 'rejected';
        }),
      },
      {
        name: 'unsubscribe and help forms',
        share: 0.05,
        feed: from(preferences, async ({ page, body }) =>
          isClientError((await pages(pageEvent(`/${page}/${token}`, { body }), context)).statusCode),
        ),
      },
    ];

    const tallies = new Map<string, Tally>();
    for (const { name, share, feed } of feeders) {
      const tally: Tally = { inputs: 0, rejected: 0, taken: 0, unhandled: [] };
      tallies.set(name, tally);
      const total = Math.round(malformed * share);
      while (tally.inputs < total) {
        const runs = [...feed(Math.min(chunk, total - tally.inputs), tally.inputs)];
        tally.inputs += runs.length;
        const worker = async (): Promise<void> => {
          for (let run = runs.pop(); run !== undefined; run = runs.pop()) {
            await run().then(
              (outcome) => {
                tally[outcome] += 1;
              },
              (error: unknown) => tally.unhandled.push(String(error)),
            );
          }
        };
        await Promise.all(Array.from({ length: maxParallel }, worker));
      }
    }

    const all = [...tallies.values()];
    const sum = (of: (tally: Tally) => number): number => all.reduce((total, tally) => total + of(tally), 0);
    const inputs = sum((tally) => tally.inputs);
    const unhandled = sum((tally) => tally.unhandled.length);
    // A declared rejection is thrown to Lambda, which is logged: the event becomes a dead letter.
    const logged = world.said.filter(
      ({ level, code, fields }) =>
        level === 'error' &&
        !(code === 'invocation.failed' && intendedRejection.test(String(fields?.['reason']))),
    ).length;
    const writes = proxy.take().filter(({ write }) => write > 0).length;
    const isUnchanged = isDeepStrictEqual(await world.everything(), before);
    return {
      malformed: {
        measured: `${unhandled + logged} unhandled errors, ${writes} writes in ${inputs}`,
        bar: `0 and 0 in at least ${barInputs}`,
        met: unhandled + logged + writes === 0 && isUnchanged && inputs >= barInputs,
        values: {
          inputs,
          unhandled,
          logged,
          writes,
          taken: sum((tally) => tally.taken),
          tablesUnchanged: String(isUnchanged),
        },
        notes: [
          [...tallies]
            .map(
              ([name, tally]) =>
                `${name}: ${tally.inputs}, ${rounded((tally.rejected / tally.inputs) * 100)}% rejected`,
            )
            .join('; '),
          ...all.flatMap((tally) => tally.unhandled.slice(0, 2)),
          ...(inputs < barInputs ? [`The bar needs --malformed ${barInputs}.`] : []),
        ],
      },
    };
  } finally {
    await proxy.stop();
    await lab.stop();
  }
};
