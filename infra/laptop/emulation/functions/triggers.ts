import type { APIGatewayProxyStructuredResultV2, DynamoDBRecord } from 'aws-lambda';
import * as z from 'zod';
import type {
  FunctionManifest,
  ScheduleTrigger,
  StreamFilter,
} from '../../../../shared/platform/function-manifest.ts';
import type { StreamReader } from '../dynamodb/stream-readers.ts';
import type { BusRule } from '../events/bus.ts';
import type { HttpRoute } from '../http/http-routes.ts';
import type { Invoke } from './laptop-functions.ts';

/**
 * The rules of both buses. The clinic's events may come from any source here; those of SES need no check of the
 * configuration set, since only our own emails go through the local SES.
 */
export const busRulesOf = (manifests: readonly FunctionManifest[], invoke: Invoke): readonly BusRule[] =>
  manifests.flatMap(({ name, trigger }) => {
    if (trigger.kind !== 'bus' && trigger.kind !== 'email-events') return [];
    const rule: BusRule = {
      name,
      detailTypes: trigger.detailTypes,
      target: (event) => invoke(name, event),
    };
    return [trigger.kind === 'bus' ? rule : { ...rule, sources: ['aws.ses'] }];
  });

const matches = (pattern: string, sortKey: string): boolean =>
  pattern.endsWith('*') ? sortKey.startsWith(pattern.slice(0, -1)) : sortKey === pattern;

/** True when Lambda's event filter lets the record through to the function. */
export const passes = ({ eventName, sortKeys }: StreamFilter, record: DynamoDBRecord): boolean =>
  (eventName === undefined || record.eventName === eventName) &&
  sortKeys.some((pattern) => matches(pattern, record.dynamodb?.Keys?.['sk']?.S ?? ''));

export type NamedStreamReader = StreamReader & { readonly name: string };

export const streamReadersOf = (
  manifests: readonly FunctionManifest[],
  invoke: Invoke,
): readonly NamedStreamReader[] =>
  manifests.flatMap(({ name, trigger }) =>
    trigger.kind === 'stream'
      ? [
          {
            name,
            accepts: (record) => passes(trigger.filter, record),
            handler: (event) => invoke(name, event),
          },
        ]
      : [],
  );

const httpResult = z.custom<APIGatewayProxyStructuredResultV2>(
  (value) => typeof value === 'object' && value !== null && 'statusCode' in value,
);

/** The routes of both APIs. The intake takes any request here, signed or not. */
export const httpRoutesOf = (manifests: readonly FunctionManifest[], invoke: Invoke): readonly HttpRoute[] =>
  manifests.flatMap(({ name, trigger }) => {
    if (trigger.kind !== 'http') return [];
    const handler: HttpRoute['handler'] = async (event) => httpResult.parse(await invoke(name, event));
    return trigger.routes.flatMap(({ path, methods }) =>
      methods.map((method) => ({ method, path, handler })),
    );
  });

type Runs = ScheduleTrigger['runs'];

const timeOf = (runs: Runs): number => (runs.kind === 'daily' ? runs.hour * 60 + runs.minute : 0);

/** The names of the functions that a schedule runs: every few minutes, or daily in the order of their times. */
export const scheduledNames = (
  manifests: readonly FunctionManifest[],
  kind: Runs['kind'],
): readonly string[] =>
  manifests
    .flatMap(({ name, trigger }) =>
      trigger.kind === 'schedule' && trigger.runs.kind === kind ? [{ name, runs: trigger.runs }] : [],
    )
    .toSorted((a, b) => timeOf(a.runs) - timeOf(b.runs))
    .map(({ name }) => name);
