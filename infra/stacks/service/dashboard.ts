import { Duration } from 'aws-cdk-lib';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { Dashboard, GraphWidget, type IMetric, Metric, TextWidget } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { FunctionName } from './function-list.ts';

export type DashboardProps = {
  readonly name: string;
  readonly metricNamespace: string;
  readonly functions: Readonly<Record<FunctionName, IFunction>>;
  readonly pages: HttpApi;
  readonly queues: readonly IQueue[];
};

const graph = (title: string, left: readonly IMetric[]): GraphWidget =>
  new GraphWidget({ title, left: [...left], width: 8, height: 6, leftYAxis: { min: 0 } });

/** Takes what there is to see, gives the one dashboard: from the procedure to the published figure, left to right. */
export const makeDashboard = (scope: Construct, props: DashboardProps): Dashboard => {
  const { functions } = props;
  const period = Duration.minutes(15);
  const ours = (service: FunctionName, ...names: readonly string[]): Metric[] =>
    names.map(
      (metricName) =>
        new Metric({
          namespace: props.metricNamespace,
          metricName,
          dimensionsMap: { service },
          statistic: 'Sum',
          period,
          label: metricName,
        }),
    );
  return new Dashboard(scope, 'Dashboard', {
    dashboardName: props.name,
    widgets: [
      [
        new TextWidget({
          markdown: `# ${props.name}\nReported, emailed, answered, counted, published. What to do: docs/runbooks.`,
          width: 24,
          height: 2,
        }),
      ],
      [
        graph('Reported', ours('enroll-episode', 'Event-enrolled', 'Event-ignored', 'Event-unchanged')),
        graph(
          'Emailed',
          ours('send-due-emails', 'EmailSent', 'EmailFailed', 'EmailAmbiguous', 'EpisodeNotHandled'),
        ),
        graph(
          'What became of it',
          ours('record-email-event', 'Email-delivered', 'Email-bounced-for-good', 'Email-complained'),
        ),
      ],
      [
        graph('Pages', [
          props.pages.metricCount({ period, statistic: 'Sum' }),
          props.pages.metricServerError({ period, statistic: 'Sum' }),
          props.pages.metricClientError({ period, statistic: 'Sum' }),
        ]),
        graph('Counted and told', [
          ...ours('roll-up-responses', 'PatientsCounted'),
          ...ours('tell-staff', 'NoticesTold'),
        ]),
        graph('Published and proved', [
          ...ours('publish-release', 'ReleasePublished'),
          ...ours('check-drift', 'DriftingCells', 'UncountedPatients'),
        ]),
      ],
      [
        graph(
          'Errors',
          Object.values(functions).map((each) => each.metricErrors({ period })),
        ),
        graph(
          'Slowest, milliseconds',
          Object.values(functions).map((each) => each.metricDuration({ period, statistic: 'p95' })),
        ),
        graph(
          'Waiting for a person',
          props.queues.map((queue) => queue.metricApproximateNumberOfMessagesVisible({ period })),
        ),
      ],
    ],
  });
};
