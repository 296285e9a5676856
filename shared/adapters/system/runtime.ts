import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Clock, Log, Metrics as MetricsPort } from '../../application/ports.ts';
import { systemClock } from './clock.ts';

/** What a function gets from where it runs. The laptop brings its own: a clock that can be moved. */
export type Runtime = { readonly clock: Clock; readonly log: Log; readonly metrics: MetricsPort };

const powertoolsLog = (serviceName: string): Log => {
  const logger = new Logger({ serviceName });
  return {
    info: (code, fields = {}) => logger.info(code, { ...fields }),
    warn: (code, fields = {}) => logger.warn(code, { ...fields }),
    error: (code, fields = {}) => logger.error(code, { ...fields }),
  };
};

/** The namespace comes from POWERTOOLS_METRICS_NAMESPACE, so that two stages of one account do not mix. */
const powertoolsMetrics = (serviceName: string): MetricsPort => {
  const metrics = new Metrics({ serviceName });
  return {
    add: (name, value, unit = 'Count') =>
      metrics.singleMetric().addMetric(name, unit === 'Count' ? MetricUnit.Count : MetricUnit.Seconds, value),
  };
};

/** Takes a function's name, gives its runtime on Lambda: the real time, JSON log lines, embedded metrics. */
export const lambdaRuntime = (serviceName: string): Runtime => ({
  clock: systemClock,
  log: powertoolsLog(serviceName),
  metrics: powertoolsMetrics(serviceName),
});
