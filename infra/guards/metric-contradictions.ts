import * as z from 'zod';
import { resourcesOf, type Template, target } from './template.ts';

/** What AWS writes of a resource, with the one dimension that names the resource. */
const awsMetrics: Readonly<
  Record<string, { readonly dimension: string; readonly of: string; readonly metrics: readonly string[] }>
> = {
  'AWS/Lambda': {
    dimension: 'FunctionName',
    of: 'AWS::Lambda::Function',
    metrics: ['Errors', 'Invocations', 'Throttles', 'Duration', 'IteratorAge'],
  },
  'AWS/SQS': {
    dimension: 'QueueName',
    of: 'AWS::SQS::Queue',
    metrics: ['ApproximateNumberOfMessagesVisible'],
  },
  'AWS/ApiGateway': { dimension: 'ApiId', of: 'AWS::ApiGatewayV2::Api', metrics: ['Count', '4xx', '5xx'] },
};

/** What SES writes of the whole account. */
const accountMetrics: readonly string[] = ['Reputation.BounceRate', 'Reputation.ComplaintRate'];

/** A metric that something of a stage looks at; its dimensions are pairs of name and value. */
export type Watched = {
  readonly by: string;
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions: readonly (readonly [string, unknown])[];
};

const alarm = z.object({
  AlarmName: z.string(),
  Namespace: z.string(),
  MetricName: z.string(),
  Dimensions: z.array(z.object({ Name: z.string(), Value: z.unknown() })).default([]),
});

const joined = z.object({ 'Fn::Join': z.tuple([z.literal(''), z.array(z.unknown())]) });
const dashboard = z.object({ DashboardName: z.string(), DashboardBody: joined });
const graph = z.object({
  properties: z.object({
    title: z.string().default(''),
    metrics: z.array(z.array(z.unknown())).default([]),
  }),
});
const body = z.object({ widgets: z.array(graph) });

/** The body as an object; what CloudFormation fills in later stands in it as JSON within a text. */
const bodyOf = ({ 'Fn::Join': [, parts] }: z.output<typeof joined>) =>
  body.parse(
    JSON.parse(
      parts
        .map((part) => (typeof part === 'string' ? part : JSON.stringify(JSON.stringify(part)).slice(1, -1)))
        .join(''),
    ),
  );

/** A value in a graph: a text, or what CloudFormation fills in. */
const valueIn = (value: unknown): unknown =>
  typeof value === 'string' && value.startsWith('{"') ? JSON.parse(value) : value;

const pairsOf = (rest: readonly unknown[]): Watched['dimensions'] => {
  const texts = rest.filter((part) => typeof part === 'string');
  return texts.flatMap((name, index) =>
    index % 2 === 0 ? [[name, valueIn(texts[index + 1])] as const] : [],
  );
};

/** Everything that the alarms and the dashboards of a template look at. */
export const watchedIn = (template: Template): readonly Watched[] => [
  ...[...resourcesOf(template, 'AWS::CloudWatch::Alarm', alarm).values()].map(
    ({ AlarmName, Namespace, MetricName, Dimensions }) => ({
      by: AlarmName,
      namespace: Namespace,
      metric: MetricName,
      dimensions: Dimensions.map(({ Name, Value }) => [Name, Value] as const),
    }),
  ),
  ...[...resourcesOf(template, 'AWS::CloudWatch::Dashboard', dashboard).values()].flatMap(
    ({ DashboardName, DashboardBody }) =>
      bodyOf(DashboardBody).widgets.flatMap(({ properties: { title, metrics } }) =>
        metrics.map(([namespace, metric, ...rest]) => ({
          by: `the graph "${title}" of ${DashboardName}`,
          namespace: String(namespace),
          metric: String(metric),
          dimensions: pairsOf(rest),
        })),
      ),
  ),
];

const lambda = z.object({
  FunctionName: z.string(),
  Environment: z.object({ Variables: z.record(z.string(), z.unknown()) }),
});

/** The services that write metrics of their own, by namespace; a service is the end of its function's name. */
const servicesOf = (template: Template): ReadonlyMap<string, readonly string[]> => {
  const lambdas = [...resourcesOf(template, 'AWS::Lambda::Function', lambda).values()];
  return Map.groupBy(
    lambdas.map(({ FunctionName }) => FunctionName),
    (name) => {
      const own = lambdas.find(({ FunctionName }) => FunctionName === name);
      return String(own?.Environment.Variables['METRICS_NAMESPACE']);
    },
  );
};

const problemOf = (template: Template, { namespace, metric, dimensions }: Watched): string | undefined => {
  const [[name, value] = [], ...more] = dimensions;
  if (namespace === 'AWS/SES') {
    return accountMetrics.includes(metric) && dimensions.length === 0
      ? undefined
      : 'SES writes no such metric';
  }
  if (more.length > 0) return 'nothing is written with so many dimensions';
  const known = awsMetrics[namespace];
  if (known !== undefined) {
    if (!known.metrics.includes(metric) || name !== known.dimension) return 'AWS writes no such metric';
    const id = target.parse(value);
    return template.Resources[id ?? '']?.Type === known.of
      ? undefined
      : 'nothing of this stage has that name';
  }
  const services = servicesOf(template).get(namespace);
  if (services === undefined) return 'no function writes into that namespace';
  return name === 'service' && services.some((each) => each.endsWith(`-${String(value)}`))
    ? undefined
    : 'no function writes with those dimensions';
};

/** Returns a sentence for each alarm or graph of a metric that nothing of the stage can write. */
export const metricContradictions = (template: Template): readonly string[] =>
  watchedIn(template).flatMap((watched) => {
    const problem = problemOf(template, watched);
    return problem === undefined
      ? []
      : [`${watched.by} watches ${watched.namespace} ${watched.metric}: ${problem}`];
  });
