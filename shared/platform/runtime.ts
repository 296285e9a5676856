import { randomBytes } from 'node:crypto';
import { utcInstant } from './calendar.ts';
import type { Clock, Log, Metrics, TokenSource } from './ports.ts';

/** 144 random bits from the operating system, as 24 URL-safe characters. */
export const randomTokens: TokenSource = { next: () => randomBytes(18).toString('base64url') };

/** The machine's own time. */
export const systemClock: Clock = { now: () => utcInstant(new Date().toISOString()) };

/** What a function gets from where it runs. The laptop brings its own: a clock that can be moved. */
export type Runtime = { readonly clock: Clock; readonly log: Log; readonly metrics: Metrics };

/** Lambda's own console would put its words before each line; a library for these few costs a new function 15 ms. */
const writeLine = (line: object): void => {
  process.stdout.write(`${JSON.stringify(line)}\n`);
};

const jsonLog = (service: string): Log => {
  const write =
    (level: string): Log['info'] =>
    (message, fields = {}) =>
      writeLine({ level, message, timestamp: new Date().toISOString(), service, ...fields });
  return { info: write('INFO'), warn: write('WARN'), error: write('ERROR') };
};

/**
 * Metrics as CloudWatch reads them out of the log (embedded metric format), with the service as their dimension.
 * The namespace comes from METRICS_NAMESPACE, so that two stages of one account do not mix.
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

/** Takes a function's name, gives its runtime on Lambda: the real time, JSON log lines, embedded metrics. */
export const lambdaRuntime = (serviceName: string): Runtime => ({
  clock: systemClock,
  log: jsonLog(serviceName),
  metrics: embeddedMetrics(serviceName),
});
