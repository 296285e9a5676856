import { Duration } from 'aws-cdk-lib';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { Dashboard, GraphWidget, type IMetric, TextWidget } from 'aws-cdk-lib/aws-cloudwatch';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { ServiceFunction } from './functions.ts';
import { ownMetric } from './own-metric.ts';

export type DashboardProps = {
  readonly name: string;
  readonly metricNamespace: string;
  readonly functions: readonly ServiceFunction[];
  readonly apis: { readonly pages: HttpApi; readonly intake: HttpApi };
  readonly queues: readonly IQueue[];
};

const period = Duration.minutes(15);
const graphsPerRow = 3;

const graph = (title: string, left: readonly IMetric[]): GraphWidget =>
  new GraphWidget({ title, left: [...left], width: 24 / graphsPerRow, height: 6, leftYAxis: { min: 0 } });

const metricsOf = (
  { manifest }: ServiceFunction,
  { metricNamespace, apis }: DashboardProps,
): readonly IMetric[] => {
  if (manifest.graph?.kind === 'own-metrics') {
    return manifest.graph.metrics.map((metric) =>
      ownMetric(metricNamespace, manifest.name, metric, period, { label: metric }),
    );
  }
  if (manifest.trigger.kind !== 'http') return [];
  const api = apis[manifest.trigger.api];
  const statistic = 'Sum';
  return [
    api.metricCount({ period, statistic }),
    api.metricServerError({ period, statistic }),
    api.metricClientError({ period, statistic }),
  ];
};

/** One graph for each title that manifests name, in their order. */
const functionGraphs = (props: DashboardProps): readonly GraphWidget[] => {
  const shown = props.functions.filter(({ manifest }) => manifest.graph !== undefined);
  const byTitle = Map.groupBy(shown, ({ manifest }) => manifest.graph?.title ?? '');
  return [...byTitle].map(([title, sharing]) =>
    graph(
      title,
      sharing.flatMap((each) => metricsOf(each, props)),
    ),
  );
};

const rowsOf = (graphs: readonly GraphWidget[]): GraphWidget[][] =>
  Array.from({ length: Math.ceil(graphs.length / graphsPerRow) }, (_, row) =>
    graphs.slice(row * graphsPerRow, (row + 1) * graphsPerRow),
  );

/** Creates the stage's one dashboard: from the procedure to the published figure, left to right. */
export const createDashboard = (scope: Construct, props: DashboardProps): Dashboard => {
  const { functions, queues, name } = props;
  return new Dashboard(scope, 'Dashboard', {
    dashboardName: name,
    widgets: [
      [
        new TextWidget({
          markdown: `# ${name}\nReported, emailed, answered, counted, published. What to do: docs/runbooks.`,
          width: 24,
          height: 2,
        }),
      ],
      ...rowsOf(functionGraphs(props)),
      [
        graph(
          'Errors',
          functions.map((each) => each.function.metricErrors({ period })),
        ),
        graph(
          'Slowest, milliseconds',
          functions.map((each) => each.function.metricDuration({ period, statistic: 'p95' })),
        ),
        graph(
          'Waiting for a person',
          queues.map((queue) => queue.metricApproximateNumberOfMessagesVisible({ period })),
        ),
      ],
    ],
  });
};
