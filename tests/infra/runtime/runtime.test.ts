import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { functions } from '../../../infra/functions.ts';
import { hashedId } from '../../../shared/platform/logging/hashed-id.ts';
import { sharedLab } from '../../support/labs/shared-lab.ts';
import { temporaryFolders } from '../../support/labs/temporary-folder.ts';
import { filterPattern } from '../../support/logs/filter-pattern.ts';
import { plain, resourcesOf } from '../literals/resources.ts';
import { type Day, playDay } from './invocations.ts';
import { type Invoked, startStageRuntime } from './stage-runtime.ts';
import { writtenMetrics } from './written-metrics.ts';

/** The day is played once, with the environment of production. */
const newFolder = temporaryFolders();
const played = sharedLab(async () => {
  const stage = await startStageRuntime('production', await newFolder());
  const day = await playDay(stage);
  return { day, stop: stage.stop };
});
const day = (): Day => played().day;

const names = functions.map(({ name }) => name);

/** How each function says that the failing event of `playDay` failed: the level and code of its lines, in order. */
const failures = {
  'enroll-episode': ['ERROR invocation.failed'],
  'receive-procedure': ['ERROR http.unexpected-error'],
  'send-due-emails': ['ERROR episode.not-handled', 'INFO sweep.done'],
  'record-email-event': ['ERROR invocation.failed'],
  'serve-survey': ['ERROR http.unexpected-error'],
  'roll-up-responses': ['ERROR patient.not-counted', 'ERROR count.not-done'],
  'publish-release': ['ERROR invocation.failed'],
  'serve-stats': ['ERROR release.not-intact'],
  'tell-staff': ['ERROR staff.not-told', 'ERROR invocation.failed'],
  'check-drift': ['ERROR drift.found'],
} as const satisfies Record<keyof Day, readonly string[]>;

/** What the functions say of an ordinary day. */
const ordinary = {
  'enroll-episode': Array.from({ length: 5 }, () => 'INFO event.accepted'),
  'receive-procedure': [],
  'send-due-emails': ['INFO sweep.done'],
  'record-email-event': Array.from({ length: 3 }, () => 'INFO email.event'),
  'serve-survey': [],
  'roll-up-responses': [],
  'publish-release': ['INFO release.published'],
  'serve-stats': [],
  'tell-staff': [],
  'check-drift': ['INFO drift.none'],
} as const satisfies Record<keyof Day, readonly string[]>;

const metricLine = z.looseObject({
  _aws: z.strictObject({
    Timestamp: z.number(),
    CloudWatchMetrics: z.tuple([
      z.strictObject({
        Namespace: z.string(),
        Dimensions: z.tuple([z.tuple([z.literal('service')])]),
        Metrics: z.tuple([z.strictObject({ Name: z.string(), Unit: z.literal('Count') })]),
      }),
    ]),
  }),
  service: z.string(),
});
const logLine = z.looseObject({
  level: z.enum(['INFO', 'WARN', 'ERROR']),
  message: z.string(),
  timestamp: z.iso.datetime(),
  service: z.string(),
  version: z.literal('7'),
  requestId: z.literal('request-1'),
});

const isMetric = (line: string): boolean => '_aws' in JSON.parse(line);

const linesOf = (invoked: readonly Invoked[]): readonly string[] => invoked.flatMap(({ lines }) => lines);

const logOf = (invoked: readonly Invoked[]) =>
  linesOf(invoked)
    .filter((line) => !isMetric(line))
    .map((line) => logLine.parse(JSON.parse(line)));

type Measured = {
  readonly namespace: string;
  readonly service: string;
  readonly name: string;
  readonly value: number;
};

const metricsOf = (invoked: readonly Invoked[]): readonly Measured[] =>
  linesOf(invoked)
    .filter(isMetric)
    .map((line) => {
      const { _aws, service, ...rest } = metricLine.parse(JSON.parse(line));
      const [{ Namespace, Metrics }] = _aws.CloudWatchMetrics;
      const [{ Name }] = Metrics;
      expect(Object.keys(rest)).toEqual([Name]);
      return { namespace: Namespace, service, name: Name, value: z.number().parse(rest[Name]) };
    });

const everything = (name: keyof Day): readonly Invoked[] => [...day()[name].fine, ...day()[name].failing];

/** What the template watches of our own: alarms and graphs as `service metric`. */
const watched = z.object({
  Namespace: z.string(),
  MetricName: z.string(),
  Dimensions: z.array(z.object({ Name: z.string(), Value: z.string() })).default([]),
});
const ownAlarms = () =>
  [...resourcesOf('production', 'AWS::CloudWatch::Alarm').values()]
    .map((raw) => watched.parse(plain(raw)))
    .filter(({ Namespace }) => !Namespace.startsWith('AWS/'));
const ownGraphs = () => {
  const [dashboard] = resourcesOf('production', 'AWS::CloudWatch::Dashboard').values();
  const body = String(plain(dashboard?.['DashboardBody']));
  return [...body.matchAll(/\["(Aftercare[\w-]*)","([\w-]+)","(\w+)","([\w-]+)"/g)].map((found) =>
    found.slice(1),
  );
};

describe.each(names)('on Lambda, %s', (name) => {
  it('starts with the variables of its stage, and does its work', () => {
    for (const { thrown, result } of day()[name].fine) {
      expect(thrown).toBeUndefined();
      if (name.startsWith('serve-') || name === 'receive-procedure') {
        expect(result).toMatchObject({ statusCode: expect.toSatisfy((status) => status < 300) });
      }
    }
  });

  it('speaks in its own name, as lines of JSON that Lambda keeps as they are', () => {
    for (const { service } of logOf(everything(name))) expect(service).toBe(name);
    for (const { service, namespace } of metricsOf(everything(name))) {
      expect([service, namespace]).toEqual([name, 'Aftercare-production']);
    }
  });

  it('writes the metrics that are known of it, and no others', () => {
    const written = new Set(metricsOf(everything(name)).map((metric) => metric.name));
    expect([...written].toSorted()).toEqual(writtenMetrics[name].toSorted());
  });

  it('says nothing alarming on an ordinary day', () => {
    const said = logOf(day()[name].fine).map(({ level, message }) => `${level} ${message}`);
    expect(said).toEqual(ordinary[name]);
  });

  it('says that it failed at the level that runbooks look for', () => {
    const lines = day()
      [name].failing.flatMap(({ lines: all }) => all)
      .filter((line) => !isMetric(line));
    const said = logOf(day()[name].failing).map(({ level, message }) => `${level} ${message}`);
    expect(said).toEqual(failures[name]);
    const shown = lines.filter(filterPattern('{ $.level = "ERROR" }'));
    expect(shown).toHaveLength(failures[name].filter((line) => line.startsWith('ERROR')).length);
  });

  it('names nobody, whatever happens', () => {
    const text = everything(name)
      .flatMap(({ lines, thrown }) => [
        ...lines,
        thrown instanceof Error ? `${thrown.message} ${thrown.stack}` : '',
      ])
      .join('\n')
      .toLowerCase();
    for (const secret of [
      'maria',
      'rosa',
      'example.com',
      'lakeside',
      'epidural',
      '"p-1"',
      'patient#',
      'survey-token',
      'token-of-a',
    ]) {
      expect(text, secret).not.toContain(secret);
    }
    if (name === 'roll-up-responses') expect(text).toContain(hashedId('broken'));
  });
});

describe('a failure', () => {
  it('reaches an alarm: it is thrown, answered with 5xx, handed back to the stream, or measured', () => {
    const alarms = new Set(
      ownAlarms().map(({ MetricName, Dimensions }) => `${Dimensions[0]?.Value} ${MetricName}`),
    );
    const noticed = names.map((name) => {
      const [failed] = day()[name].failing;
      if (failed?.thrown !== undefined) return [name, 'thrown'];
      const { statusCode = 200, batchItemFailures = [] } = outcome.parse(failed?.result ?? {});
      if (statusCode >= 500) return [name, '5xx'];
      if (batchItemFailures.length > 0) return [name, 'handed back'];
      const measured = metricsOf(day()[name].failing).filter(
        ({ service, name: metric, value }) => value > 0 && alarms.has(`${service} ${metric}`),
      );
      return [name, measured.map((metric) => metric.name).join(' ')];
    });
    expect(Object.fromEntries(noticed)).toEqual({
      'enroll-episode': 'thrown',
      'receive-procedure': '5xx',
      'send-due-emails': 'EpisodeNotHandled',
      'record-email-event': 'thrown',
      'serve-survey': '5xx',
      'roll-up-responses': 'handed back',
      'publish-release': 'thrown',
      'serve-stats': '5xx',
      'tell-staff': 'thrown',
      'check-drift': 'DriftingCells',
    });
  });
});

const outcome = z.looseObject({
  statusCode: z.number().optional(),
  batchItemFailures: z.array(z.unknown()).optional(),
});

describe('the template', () => {
  it('has alarms on metrics that a function writes, where it writes them', () => {
    const alarms = ownAlarms();
    expect(alarms.length).toBeGreaterThan(4);
    const written = names.flatMap((name) => metricsOf(everything(name)));
    for (const { Namespace, MetricName, Dimensions } of alarms) {
      expect(
        Dimensions.map(({ Name }) => Name),
        MetricName,
      ).toEqual(['service']);
      expect(written, MetricName).toContainEqual({
        namespace: Namespace,
        service: Dimensions[0]?.Value,
        name: MetricName,
        value: expect.any(Number),
      });
    }
  });

  it('has graphs of metrics that a function writes, where it writes them', () => {
    const graphs = ownGraphs();
    expect(graphs.length).toBeGreaterThan(10);
    const written = names.flatMap((name) => metricsOf(everything(name)));
    const places = new Set(
      written.map(({ namespace, service, name }) => `${namespace} ${name} service ${service}`),
    );
    for (const graph of graphs) expect([...places]).toContain(graph.join(' '));
  });
});
