import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { ClinicDefaults } from '../../shared/care/patient/profiles.ts';
import { zoneId } from '../../shared/platform/calendar.ts';
import { systemClock } from '../../shared/platform/logging/runtime.ts';
import type { Clock } from '../../shared/platform/ports.ts';
import { startDynamo } from '../laptop/emulation/dynamodb/dynoxide.ts';
import { makeTables, type TableNames } from '../laptop/emulation/dynamodb/make-tables.ts';
import { localClientConfig } from '../laptop/emulation/functions/laptop-aws.ts';
import { localTables } from '../laptop/emulation/functions/laptop-functions.ts';
import { readJsonFile } from '../laptop/host/atomic-file.ts';
import { readPlayedClock } from '../laptop/played-clock.ts';
import { loadStages, type Stage } from '../settings/load-settings.ts';
import { namesOf } from '../settings/names.ts';
import type { Io } from './io.ts';
import { opsProblem } from './problems.ts';

/** The system on which a command operates. */
export type System = {
  readonly place:
    | { readonly kind: 'laptop'; readonly folder: string; readonly origin?: string }
    | { readonly kind: 'stage'; readonly stage: string };
  readonly documents: DynamoDBDocumentClient;
  readonly tables: TableNames;
  readonly clock: Clock;
  readonly defaults: ClinicDefaults;
  readonly synthetic: boolean;
  readonly publish: 'automatic' | 'on-approval';
  /** Base URL of the pages; undefined when unknown. */
  readonly pages?: string;
  readonly close: () => Promise<void>;
};

export type SystemOptions = { readonly stage?: string | undefined; readonly folder: string };

const marshalling = { marshallOptions: { removeUndefinedValues: true } } as const;

/** The file that `npm start` writes while it runs. */
const runningLaptop = z.object({ origin: z.string(), dynamoEndpoint: z.string() });

const isReachable = async (endpoint: string): Promise<boolean> => {
  try {
    await (await fetch(endpoint, { signal: AbortSignal.timeout(2000) })).arrayBuffer();
    return true;
  } catch {
    return false;
  }
};

const dynamoOf = async (folder: string, environment: Io['environment']) => {
  const running = readJsonFile(join(folder, 'running.json'), runningLaptop);
  if (running !== undefined && (await isReachable(running.dynamoEndpoint))) {
    return { endpoint: running.dynamoEndpoint, origin: running.origin, stop: async () => undefined };
  }
  if (!existsSync(join(folder, 'dynamodb'))) {
    throw opsProblem(
      `Nothing is stored in ${folder} yet. Run \`npm start\` first, or name a deployed stage with --stage.`,
    );
  }
  const { endpoint, stop } = await startDynamo({ folder: join(folder, 'dynamodb'), environment });
  return { endpoint, origin: undefined, stop };
};

const openLaptop = async (folder: string, environment: Io['environment']): Promise<System> => {
  const { endpoint, origin, stop } = await dynamoOf(folder, environment);
  const client = new DynamoDBClient(localClientConfig(endpoint));
  await makeTables(client, localTables);
  return {
    place: { kind: 'laptop', folder, ...(origin === undefined ? {} : { origin }) },
    documents: DynamoDBDocumentClient.from(client, marshalling),
    tables: localTables,
    clock: readPlayedClock(join(folder, 'clock.json')) ?? systemClock,
    defaults: { zone: zoneId('America/New_York'), locale: 'en' },
    synthetic: true,
    publish: 'automatic',
    ...(origin === undefined ? {} : { pages: origin }),
    close: async () => {
      client.destroy();
      await stop();
    },
  };
};

const settingsFile = join(import.meta.dirname, '../settings/stages.json');

/** Returns a deployed stage as its settings describe it. */
export const stageSystem = ({ name: stage, settings }: Stage, environment: Io['environment']): System => {
  const { region, clinic, synthetic, publish, domain } = settings;
  const names = namesOf(stage);
  const client = new DynamoDBClient({ region });
  const pages = environment['BASE_URL'] ?? (domain === undefined ? undefined : `https://${domain.name}`);
  return {
    place: { kind: 'stage', stage },
    documents: DynamoDBDocumentClient.from(client, marshalling),
    tables: {
      care: environment['CARE_TABLE'] ?? names.careTable,
      outcomes: environment['OUTCOMES_TABLE'] ?? names.outcomesTable,
    },
    clock: systemClock,
    defaults: { zone: clinic.zone, locale: clinic.locale },
    synthetic,
    publish,
    ...(pages === undefined ? {} : { pages }),
    close: async () => client.destroy(),
  };
};

const openStage = (stage: string, environment: Io['environment']): System => {
  const loaded = loadStages(settingsFile, stage);
  if (loaded.outcome === 'refused') throw opsProblem(loaded.problem);
  const [found] = loaded.stages;
  if (found === undefined) throw opsProblem(`Settings: there is no stage "${stage}".`);
  return stageSystem(found, environment);
};

/**
 * Opens the system that the common options select. Without a stage that is the running laptop, or its store alone,
 * which stays open until `close`. Throws an `opsProblem` when there is none.
 */
export const openSystem = (options: SystemOptions, environment: Io['environment']): Promise<System> =>
  options.stage === undefined
    ? openLaptop(options.folder, environment)
    : Promise.resolve().then(() => openStage(options.stage ?? '', environment));
