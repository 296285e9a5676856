import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { stageNames } from '../support/templates.ts';
import { plain, resourcesOf } from './resources.ts';

/**
 * Every graph, written down a second time on purpose. A line is namespace, metric, dimension, statistic and period in
 * seconds; `OURS` stands for the metric namespace of the stage. No graph has a line of a threshold: alarms have them.
 */
const ours = (service: string, ...metrics: readonly string[]) =>
  metrics.map((metric) => `OURS ${metric} service=${service} Sum 900`);
const functions = [
  'enrollepisode',
  'receiveprocedure',
  'senddueemails',
  'recordemailevent',
  'servesurvey',
  'rollupresponses',
  'publishrelease',
  'servestats',
  'tellstaff',
  'checkdrift',
];
const queues = [
  'eventsnotenrolled',
  'ticksnotrun',
  'emaileventsnotrecorded',
  'changesnotcounted',
  'staffnottold',
];

const table: Readonly<Record<string, readonly string[]>> = {
  Reported: ours('enroll-episode', 'Event-enrolled', 'Event-ignored', 'Event-already-taken'),
  Emailed: ours('send-due-emails', 'EmailSent', 'EmailFailed', 'EmailAmbiguous', 'EpisodeNotHandled'),
  'What became of it': ours(
    'record-email-event',
    'Email-delivered',
    'Email-bounced-for-good',
    'Email-complained',
  ),
  Pages: ['Count', '5xx', '4xx'].map((metric) => `AWS/ApiGateway ${metric} ApiId=PagesApi Sum 900`),
  'Counted and told': [...ours('roll-up-responses', 'PatientsCounted'), ...ours('tell-staff', 'NoticesTold')],
  'Published and proved': [
    ...ours('publish-release', 'ReleasePublished'),
    ...ours('check-drift', 'DriftingCells', 'UncountedPatients'),
  ],
  Errors: functions.map((name) => `AWS/Lambda Errors FunctionName=Functions${name}Function Sum 900`),
  'Slowest, milliseconds': functions.map(
    (name) => `AWS/Lambda Duration FunctionName=Functions${name}Function p95 900`,
  ),
  'Waiting for a person': queues.map(
    (name) =>
      `AWS/SQS ApproximateNumberOfMessagesVisible QueueName=DeadLetters${name}Queue.QueueName Maximum 900`,
  ),
};

const drawn = z.strictObject({
  stat: z.string(),
  period: z.number(),
  label: z.string().optional(),
});
const graph = z.strictObject({
  type: z.literal('metric'),
  width: z.literal(8),
  height: z.literal(6),
  x: z.number(),
  y: z.number(),
  properties: z.strictObject({
    view: z.literal('timeSeries'),
    title: z.string(),
    region: z.literal('{Region}'),
    metrics: z.array(z.tuple([z.string(), z.string(), z.string(), z.string(), drawn])),
    yAxis: z.strictObject({ left: z.strictObject({ min: z.literal(0) }) }),
  }),
});

const heading = z.object({ type: z.literal('text') });
const body = z.object({ widgets: z.tuple([heading], graph) });

const graphsOf = (stage: string) => {
  const dashboards = [...resourcesOf(stage, 'AWS::CloudWatch::Dashboard').values()];
  expect(dashboards.map(({ DashboardName }) => DashboardName)).toEqual([`aftercare-${stage}`]);
  const [, ...graphs] = body.parse(JSON.parse(String(plain(dashboards[0]?.['DashboardBody'])))).widgets;
  return graphs;
};

describe.each(stageNames)('the dashboard of %s', (stage) => {
  it('has the graphs of the table, in its order, to the last number', () => {
    const graphs = graphsOf(stage).map(({ properties: { title, metrics } }) => [
      title,
      metrics.map(([namespace, metric, dimension, value, { stat, period }]) => {
        const named = namespace === `Aftercare-${stage}` ? 'OURS' : namespace;
        return `${named} ${metric} ${dimension}=${value} ${stat} ${period}`;
      }),
    ]);
    expect(graphs).toEqual(Object.entries(table));
  });

  it('shows three graphs in a row, none over another', () => {
    const places = graphsOf(stage).map(({ x, y }) => [x, y]);
    const rows = [2, 8, 14].flatMap((y) => [0, 8, 16].map((x) => [x, y]));
    expect(places).toEqual(rows);
  });

  it('labels each metric of ours with its own name', () => {
    for (const { properties } of graphsOf(stage)) {
      for (const [namespace, metric, , , { label }] of properties.metrics) {
        expect(label).toBe(namespace.startsWith('AWS/') ? undefined : metric);
      }
    }
  });
});
