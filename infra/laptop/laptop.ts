import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { careStoreOn } from '../../shared/care/patient/aws/care-store.ts';
import type { FunctionManifest } from '../../shared/platform/function-manifest.ts';
import { dueShardCount } from '../../shared/platform/tables.ts';
import type { UtcInstant } from '../../shared/platform/time.ts';
import { type FunctionName, functions } from '../functions.ts';
import { laptopVariables } from '../settings/variables.ts';
import { startDynamo } from './emulation/dynamodb/dynoxide.ts';
import { makeTables } from './emulation/dynamodb/make-tables.ts';
import { type StreamPump, startStreamPump } from './emulation/dynamodb/stream-pump.ts';
import { readersAsOne } from './emulation/dynamodb/stream-readers.ts';
import { type Bus, type BusRule, createBus } from './emulation/events/bus.ts';
import { type DeadLetters, describeError, openDeadLetters } from './emulation/events/dead-letters.ts';
import { type PlayedRules, playRules } from './emulation/events/rules.ts';
import { startBackground } from './emulation/functions/background.ts';
import { localAwsEnvironment, localClientConfig } from './emulation/functions/laptop-aws.ts';
import {
  type Invoke,
  loadFunctions,
  localTables,
  namesInBackground,
} from './emulation/functions/laptop-functions.ts';
import { localRuntime } from './emulation/functions/laptop-runtime.ts';
import { busRulesOf, httpRoutesOf, scheduledNames, streamReadersOf } from './emulation/functions/triggers.ts';
import { type HttpBridge, startHttpBridge } from './emulation/http/http-bridge.ts';
import type { HttpRoute } from './emulation/http/http-routes.ts';
import { type EmailServer, startEmailServer } from './emulation/ses/email-server.ts';
import { freePort } from './host/ports-on-host.ts';
import { type ClockMode, openPlayedClock, type PlayedClock } from './played-clock.ts';

export type LaptopOptions = {
  /** Where all data is kept; an empty folder is a new clinic. */
  readonly folder: string;
  /** The port of the pages; 0 picks a free one. */
  readonly port: number;
  readonly clockMode: ClockMode;
  /** What the clock shows in a new folder; real time when absent. */
  readonly startAt?: UtcInstant;
  /** Milliseconds between reads of the idle stream; the longer, the larger its batches. */
  readonly streamPause?: number;
  /** Maximum number of records per batch. */
  readonly streamBatch?: number;
  /** The functions to run; all of `infra/functions.ts` when absent. */
  readonly functions?: readonly FunctionManifest[];
  /** Further rules on the bus and routes of the bridge: the sample patients, the console. */
  readonly extraRules?: readonly BusRule[];
  readonly extraRoutes?: (laptop: Laptop) => readonly HttpRoute[];
};

/** The whole system on one machine. */
export type Laptop = {
  readonly origin: string;
  readonly clock: PlayedClock;
  readonly bus: Bus;
  readonly rules: PlayedRules;
  readonly email: EmailServer;
  readonly pump: StreamPump;
  readonly documents: DynamoDBDocumentClient;
  /** The endpoint of the embedded DynamoDB. */
  readonly dynamoEndpoint: string;
  readonly deadLetters: DeadLetters;
  /** Invokes a function outside its trigger; `event` may be absent for scheduled functions. */
  readonly invoke: (name: FunctionName, event?: unknown) => Promise<unknown>;
  readonly store: ReturnType<typeof careStoreOn>;
  /** The earliest instant in the due index; undefined when it is empty. */
  readonly nextDueAt: () => Promise<UtcInstant | undefined>;
  readonly stop: () => Promise<void>;
};

const farFuture: UtcInstant = '9999-12-31T23:59:59Z';

/**
 * Starts everything: the embedded DynamoDB, the local SES, the functions, the bus with its rules, the stream, the
 * HTTP bridge. Throws a `StartupProblem` with one line when something is missing.
 */
export const startLaptop = async (options: LaptopOptions): Promise<Laptop> => {
  mkdirSync(options.folder, { recursive: true });
  const at = (name: string): string => join(options.folder, name);
  const stops: (() => Promise<unknown>)[] = [];
  const stop = async (): Promise<void> => {
    for (const end of stops.splice(0).toReversed()) await end();
  };
  try {
    const clock = openPlayedClock({
      file: at('clock.json'),
      mode: options.clockMode,
      ...(options.startAt === undefined ? {} : { startAt: options.startAt }),
    });
    const deadLetters = openDeadLetters(at('dead-letters/bus.jsonl'));

    const dynamo = await startDynamo({ folder: at('dynamodb') });
    stops.push(dynamo.stop);
    const client = new DynamoDBClient(localClientConfig(dynamo.endpoint));
    const { streamArn } = await makeTables(client, localTables);

    let bus: Bus | undefined;
    const email = await startEmailServer({
      folder: at('email'),
      clock,
      onEvent: async (event) => bus?.put(event),
    });
    stops.push(email.stop);

    Object.assign(process.env, localAwsEnvironment({ dynamo: dynamo.endpoint, ses: email.endpoint }));
    const port = options.port === 0 ? await freePort() : options.port;
    const manifests = options.functions ?? functions;
    const variables = laptopVariables(localTables, `http://localhost:${port}`);
    const logFile = at('functions.jsonl');
    const background = startBackground({ variables, logFile }, clock);
    stops.push(background.stop);
    const invokeHere = await loadFunctions(
      manifests.filter(({ name }) => !namesInBackground.has(name)),
      variables,
      localRuntime(clock, logFile),
    );
    const invoke: Invoke = (name, event) =>
      (namesInBackground.has(name) ? background.invoke : invokeHere)(name, event);

    bus = createBus({
      clock,
      deadLetters,
      rules: [...busRulesOf(manifests, invoke), ...(options.extraRules ?? [])],
    });

    const giveUp = (rule: string, eventId: string, error: unknown, attempts: number): void =>
      deadLetters.add({ at: clock.now(), rule, eventId, error: describeError(error), attempts });
    const readers = streamReadersOf(manifests, invoke);
    const pump = startStreamPump({
      client: new DynamoDBStreamsClient(localClientConfig(dynamo.endpoint)),
      streamArn,
      checkpointFile: at('stream.json'),
      pollMs: options.streamPause ?? 200,
      batchSize: options.streamBatch ?? 100,
      ...readersAsOne(readers),
      onGivenUp: (eventId, error, attempts) => giveUp(readers[0]?.name ?? '', eventId, error, attempts),
    });
    stops.push(pump.stop);

    const documents = DynamoDBDocumentClient.from(client);
    const store = careStoreOn(documents, localTables.care);
    const shards = Array.from({ length: dueShardCount }, (_, shard) => shard);
    const nextDueAt = async (): Promise<UtcInstant | undefined> => {
      const firsts = await Promise.all(shards.map((shard) => store.due(shard, farFuture, 1)));
      return firsts
        .flat()
        .map((entry) => entry.nextDueAt)
        .toSorted()[0];
    };
    const runScheduled = async (name: string): Promise<unknown> => {
      try {
        return await invoke(name, {});
      } catch (error) {
        giveUp(name, name, error, 1);
        return undefined;
      }
    };
    const rules = playRules({
      clock,
      nextDueAt,
      sender: async () => {
        const reports: unknown[] = [];
        for (const name of scheduledNames(manifests, 'interval')) reports.push(await runScheduled(name));
        return reports[0];
      },
      settle: async () => {
        await email.settled();
        await pump.drain();
      },
      daily: scheduledNames(manifests, 'daily').map((name) => ({ name, run: () => runScheduled(name) })),
    });

    const laptop: Laptop = {
      origin: `http://localhost:${port}`,
      clock,
      bus,
      rules,
      email,
      pump,
      documents,
      dynamoEndpoint: dynamo.endpoint,
      deadLetters,
      invoke: (name, event = {}) => invoke(name, event),
      store,
      nextDueAt,
      stop,
    };
    const bridge: HttpBridge = await startHttpBridge({
      port,
      routes: [...httpRoutesOf(manifests, invoke), ...(options.extraRoutes?.(laptop) ?? [])],
    });
    stops.push(bridge.stop);
    return laptop;
  } catch (error) {
    await stop();
    throw error;
  }
};
