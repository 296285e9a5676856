import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { newNotices } from '../../functions/tell-staff/new-notices.ts';
import { careStoreOn } from '../../shared/care/patient/aws/care-store.ts';
import { isCountable } from '../../shared/care/patient/aws/keys.ts';
import { dueShardCount } from '../../shared/platform/tables.ts';
import type { UtcInstant } from '../../shared/platform/time.ts';
import { apiRoutes } from '../http-api.ts';
import { startDynamo } from './emulation/dynamodb/dynoxide.ts';
import { makeTables } from './emulation/dynamodb/make-tables.ts';
import { type StreamPump, startStreamPump } from './emulation/dynamodb/stream-pump.ts';
import { readersAsOne } from './emulation/dynamodb/stream-readers.ts';
import { type Bus, type BusRule, createBus } from './emulation/events/bus.ts';
import { type DeadLetters, describeError, openDeadLetters } from './emulation/events/dead-letters.ts';
import { type PlayedRules, playRules } from './emulation/events/rules.ts';
import { startBackground } from './emulation/functions/background.ts';
import { localAwsEnvironment, localClientConfig } from './emulation/functions/laptop-aws.ts';
import { laptopFunctions, localEnvironment, localTables } from './emulation/functions/laptop-functions.ts';
import { localRuntime } from './emulation/functions/laptop-runtime.ts';
import { type HttpBridge, startHttpBridge } from './emulation/http/http-bridge.ts';
import type { HttpRoute } from './emulation/http/http-routes.ts';
import { type EmailServer, startEmailServer } from './emulation/ses/email-server.ts';
import { freePort } from './host/ports-on-host.ts';
import { type ClockMode, openPlayedClock, type PlayedClock } from './played-clock.ts';

export type LaptopOptions = {
  /** Where everything is kept; an empty folder is a new clinic. */
  readonly folder: string;
  /** The port of the pages; 0 takes a free one. */
  readonly port: number;
  readonly clockMode: ClockMode;
  /** What the clock shows in a new folder; the real time when absent. */
  readonly startAt?: UtcInstant;
  /** Milliseconds between reads of the idle stream; the longer, the larger its batches. */
  readonly streamPause?: number;
  /** Records handed over at once. */
  readonly streamBatch?: number;
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
  /** Where the embedded DynamoDB answers. */
  readonly dynamoEndpoint: string;
  readonly deadLetters: DeadLetters;
  readonly functions: ReturnType<typeof laptopFunctions>;
  readonly store: ReturnType<typeof careStoreOn>;
  /** The earliest instant at which anything is due. */
  readonly nextDueAt: () => Promise<UtcInstant | undefined>;
  readonly stop: () => Promise<void>;
};

const farFuture: UtcInstant = '9999-12-31T23:59:59Z';

const routesFor = (functions: ReturnType<typeof laptopFunctions>): readonly HttpRoute[] =>
  apiRoutes.flatMap((route) =>
    route.methods.map((method) => ({
      method,
      path: route.path,
      handler: async (event, context) => functions.http[route.function](event, context),
    })),
  );

const procedureTypes = ['Procedure Completed', 'Procedure Corrected', 'Contact Changed'];

/**
 * Starts everything: the embedded DynamoDB, the local SES, the functions, the bus with its rules, the HTTP
 * bridge, the stream. Gives it running. Throws a `StartupProblem` with one line when something is missing.
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
    const runtimeOf = localRuntime(clock, at('functions.jsonl'));
    const environment = localEnvironment(`http://localhost:${port}`);
    const background = startBackground({ environment, logFile: at('functions.jsonl') }, clock);
    stops.push(background.stop);
    const functions = laptopFunctions(environment, runtimeOf, background);

    bus = createBus({
      clock,
      deadLetters,
      rules: [
        { name: 'enroll-episode', detailTypes: procedureTypes, target: functions.enrollEpisode },
        { name: 'record-email-event', sources: ['aws.ses'], target: functions.recordEmailEvent },
        ...(options.extraRules ?? []),
      ],
    });

    const pump = startStreamPump({
      client: new DynamoDBStreamsClient(localClientConfig(dynamo.endpoint)),
      streamArn,
      checkpointFile: at('stream.json'),
      pollMs: options.streamPause ?? 200,
      batchSize: options.streamBatch ?? 100,
      ...readersAsOne([
        {
          accepts: ({ dynamodb }) => isCountable(dynamodb?.Keys?.['sk']?.S ?? ''),
          handler: functions.rollUpResponses,
        },
        {
          accepts: (record) => newNotices([record]).length > 0,
          handler: functions.tellStaff,
        },
      ]),
      onGivenUp: (eventId, error, attempts) =>
        deadLetters.add({
          at: clock.now(),
          rule: 'roll-up-responses',
          eventId,
          error: describeError(error),
          attempts,
        }),
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
    const rules = playRules({
      clock,
      nextDueAt,
      sender: functions.sendDueEmail,
      settle: async () => {
        await email.settled();
        await pump.drain();
      },
      daily: [
        { name: 'publish-release', run: functions.publishRelease },
        { name: 'check-drift', run: functions.checkDrift },
      ],
      onError: (rule, error) =>
        deadLetters.add({ at: clock.now(), rule, eventId: rule, error: describeError(error), attempts: 1 }),
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
      functions,
      store,
      nextDueAt,
      stop,
    };
    const bridge: HttpBridge = await startHttpBridge({
      port,
      routes: [...routesFor(functions), ...(options.extraRoutes?.(laptop) ?? [])],
    });
    stops.push(bridge.stop);
    return laptop;
  } catch (error) {
    await stop();
    throw error;
  }
};
