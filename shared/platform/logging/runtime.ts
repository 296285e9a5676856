import { randomBytes } from 'node:crypto';
import { utcInstant } from '../calendar.ts';
import type { Clock, Log, LogFields, Metrics, TokenSource } from '../ports.ts';
import { present } from '../present.ts';
import { invocationFields } from './invocation.ts';
import type { CommonFields } from './log-events.ts';

/** 144 random bits from the operating system, as 24 URL-safe characters. */
export const randomTokens: TokenSource = { next: () => randomBytes(18).toString('base64url') };

/** The machine's own time. */
export const systemClock: Clock = { now: () => utcInstant(new Date().toISOString()) };

/** What a function gets from where it runs. The laptop has its own: its clock can be moved. */
export type Runtime = { readonly clock: Clock; readonly log: Log; readonly metrics: Metrics };

/**
 * Lambda's JSON log format keeps a line as it is when it is a JSON object with `level` and an RFC 3339 `timestamp`
 * (Lambda Developer Guide, "Log-level filtering"). `console` would encode it a second time, into a `message`. A logging
 * library for these few lines adds 15 ms to a cold start.
 */
const writeLine = (line: object): void => {
  process.stdout.write(`${JSON.stringify(line)}\n`);
};

const jsonLog = (service: string): Log => {
  const { AWS_LAMBDA_FUNCTION_VERSION: version, DEPLOYED_COMMIT: commit } = process.env;
  const deployed: CommonFields = { service, ...present({ version, commit: commit || undefined }) };
  const write =
    (level: string) =>
    (message: string, fields: LogFields): void =>
      writeLine({
        level,
        message,
        timestamp: new Date().toISOString(),
        ...deployed,
        ...invocationFields(),
        ...fields,
      });
  return { info: write('INFO'), warn: write('WARN'), error: write('ERROR') };
};

/**
 * Metrics as CloudWatch reads them out of the log (embedded metric format), with the service as their dimension.
 * The namespace comes from METRICS_NAMESPACE, which keeps two stages of one account apart.
 */
const embeddedMetrics = (service: string): Metrics => {
  const { METRICS_NAMESPACE: Namespace = 'aftercare' } = process.env;
  return {
    add: (Name, value) =>
      writeLine({
        _aws: {
          Timestamp: Date.now(),
          CloudWatchMetrics: [{ Namespace, Dimensions: [['service']], Metrics: [{ Name, Unit: 'Count' }] }],
        },
        service,
        [Name]: value,
      }),
  };
};

/** Creates a function's runtime on Lambda: the real time, JSON log lines, embedded metrics. */
export const lambdaRuntime = (serviceName: string): Runtime => ({
  clock: systemClock,
  log: jsonLog(serviceName),
  metrics: embeddedMetrics(serviceName),
});
