import type { Context } from 'aws-lambda';
import type * as z from 'zod/mini';
import type { Environment } from './environment.ts';
import type { Runtime } from './logging/runtime.ts';
import type { indexPartitions, partitions } from './tables.ts';

/** Item operations of DynamoDB. A transaction needs the action of each of its writes and no other. */
export type ItemAction = 'Query' | 'GetItem' | 'PutItem' | 'UpdateItem' | 'ConditionCheckItem';

export type TableName = keyof typeof partitions;

type ItemGrant<Table extends TableName> = {
  readonly kind: 'items';
  readonly table: Table;
  readonly actions: readonly ItemAction[];
  readonly partitions: readonly (keyof (typeof partitions)[Table])[];
  /** If given, the items written may have these attributes only. */
  readonly attributes?: readonly string[];
};

/** One thing a function may do. The use of keys, of the stream and of the dead-letter queue follows from the rest. */
export type Grant =
  | ItemGrant<'care'>
  | ItemGrant<'outcomes'>
  | { readonly kind: 'index'; readonly table: 'care'; readonly index: keyof typeof indexPartitions }
  /** A scan of a whole table that returns these attributes and no others. */
  | { readonly kind: 'scan'; readonly table: TableName; readonly attributes: readonly string[] }
  /** Sending goes through the stage's identity and configuration set, from its one address. */
  | { readonly kind: 'email'; readonly actions: readonly ('SendRawEmail' | 'GetSendQuota')[] };

/** A queue of events that could not be handled; its alarm has the same name. */
export type DeadLetters = {
  readonly name: string;
  /** One sentence: what it means for people that something waits there. */
  readonly impact: string;
};

/** What nobody waits for: a failure has to be found and made up for later. */
type Unattended = {
  /** What to do about a dead letter, one sentence for each place. `STAGE` stands for the stage's name. */
  readonly recovery: { readonly laptop: string; readonly stage: string };
};

/** How often Lambda retries an asynchronous invocation that failed. */
type Asynchronous = Unattended & { readonly maxRetries: 0 | 1 | 2 };

/** Events of the clinic's bus (from the stage's `eventSource`), or what SES reports about our own emails. */
export type EventTrigger = Asynchronous & {
  readonly kind: 'bus' | 'email-events';
  /** The end of the rule's name. */
  readonly rule: string;
  readonly detailTypes: readonly string[];
  readonly deadLetters: DeadLetters;
};

/** Every so many minutes, or once a day at a time in UTC. Schedules share one dead-letter queue. */
export type ScheduleTrigger = Asynchronous & {
  readonly kind: 'schedule';
  readonly runs:
    | { readonly kind: 'interval'; readonly minutes: number }
    | { readonly kind: 'daily'; readonly hour: number; readonly minute: number };
};

/** Which changes of `care` are handed over. A sort key may end in `*`, which stands for any ending. */
export type StreamFilter = {
  /** All kinds of change when absent. */
  readonly eventName?: 'INSERT' | 'MODIFY' | 'REMOVE';
  readonly sortKeys: readonly string[];
};

/** Changes of the `care` table. A failed batch is retried for six hours, then its records become dead letters. */
export type StreamTrigger = Unattended & {
  readonly kind: 'stream';
  readonly startingPosition: 'TRIM_HORIZON' | 'LATEST';
  readonly filter: StreamFilter;
  /** Halve a failing batch until the record that fails is alone. */
  readonly bisectBatchOnError: boolean;
  /** The handler answers with the record from which on a batch has to come again. */
  readonly reportBatchItemFailures: boolean;
  readonly deadLetters: DeadLetters;
};

export type HttpTrigger = {
  readonly kind: 'http';
  /** `pages` is public behind the CDN; `intake` accepts requests that a clinic system has signed. */
  readonly api: 'pages' | 'intake';
  readonly routes: readonly {
    /** `$default` takes every request that no other route of the API takes. */
    readonly path: string;
    readonly methods: readonly ('GET' | 'HEAD' | 'POST' | 'PUT' | 'ANY')[];
  }[];
};

export type Trigger = EventTrigger | ScheduleTrigger | StreamTrigger | HttpTrigger;

/** An alarm beyond the one on errors that every function has. */
export type FunctionAlarm = {
  /** The alarm's name, and that of its runbook. */
  readonly name: string;
  readonly watches: /** Alarms when the function adds 1 or more to its own metric. */
    | { readonly kind: 'own-metric'; readonly metric: string }
    /** Alarms when the function was not invoked at all. */
    | { readonly kind: 'silence' }
    | { readonly kind: 'throttles' }
    | { readonly kind: 'iterator-age'; readonly maxMinutes: number };
  /** 5 when absent. */
  readonly periodMinutes?: number;
  /** Consecutive bad periods before it goes off; 1 when absent. */
  readonly periods?: number;
  /** One sentence: what it means for people while it lasts. */
  readonly impact: string;
};

/** A graph of the dashboard. Functions that name the same title share it. */
export type FunctionGraph = { readonly title: string } & (
  | { readonly kind: 'own-metrics'; readonly metrics: readonly string[] }
  /** Requests and errors of the API that the function is behind. */
  | { readonly kind: 'requests' }
);

/**
 * Lambda passes JSON to whichever handler it is configured with, so the event's type is not checked here either:
 * method syntax lets each handler declare the event of its trigger.
 */
export type LambdaHandler = { invoke(event: unknown, context: Context): Promise<unknown> }['invoke'];

export type HandlerModule = {
  readonly createHandler: (environment: Environment, runtime: Runtime) => LambdaHandler;
};

/**
 * All that is known about one Lambda function. CDK, the laptop, the dashboard, the operations commands and the docs
 * are made from it; `infra/functions.ts` lists them.
 */
export type FunctionManifest = {
  /** The folder under `functions/`, and the end of the function's name on AWS. */
  readonly name: string;
  /** One sentence for the docs and the description of its rule. */
  readonly purpose: string;
  /** The variables that the function reads. */
  readonly environment: z.ZodMiniObject;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  /** Where the function itself stops before the time-out: seconds after which it starts nothing new. */
  readonly timeBudgetSeconds?: number;
  /** Reserved: a limit on cost, and on what one function can take from the others. */
  readonly maxConcurrency: number;
  readonly trigger: Trigger;
  readonly access: readonly Grant[];
  /** One sentence: what it means for people while the function fails. */
  readonly errorImpact: string;
  readonly alarms?: readonly FunctionAlarm[];
  readonly graph?: FunctionGraph;
  /** Loads the handler's code; only the laptop does, on Lambda the entry point is `handler.ts`. */
  readonly load: () => Promise<HandlerModule>;
};

/** The queue that scheduled functions share: a lost tick holds no data, and the next one does its work. */
const lostTicks: DeadLetters = {
  name: 'ticks-not-run',
  impact: 'A scheduled run did not happen; the next one makes up for it unless this goes on.',
};

/** The queue for events that a function gave up on; undefined for HTTP, where the caller gets the error. */
export const deadLettersOf = ({ trigger }: Pick<FunctionManifest, 'trigger'>): DeadLetters | undefined => {
  if (trigger.kind === 'http') return undefined;
  return trigger.kind === 'schedule' ? lostTicks : trigger.deadLetters;
};
