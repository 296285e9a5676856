import type { Duration } from 'aws-cdk-lib';
import { Metric, type MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';

/** A metric that a function itself writes; `shared/platform/logging/runtime.ts` names the function as its `service`. */
export const ownMetric = (
  namespace: string,
  service: string,
  metricName: string,
  period: Duration,
  options: MetricOptions = {},
): Metric =>
  new Metric({ namespace, metricName, dimensionsMap: { service }, statistic: 'Sum', period, ...options });
