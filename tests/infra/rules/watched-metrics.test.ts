import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { watchedIn } from '../../../infra/guards/metric-contradictions.ts';
import { readTemplate, resourcesOf } from '../../../infra/guards/template.ts';
import { logEvents } from '../../../shared/platform/logging/log-events.ts';
import { filterPattern } from '../../support/logs/filter-pattern.ts';
import { lambdaLines } from '../../support/logs/lambda-lines.ts';
import { writtenMetrics } from '../runtime/written-metrics.ts';
import { stageNames, templates } from '../support/templates.ts';
import { alarm, dashboard, planted, withResource } from './planted.ts';

/** The metrics of ours that a template looks at and the function in their dimension never writes. */
const unwritten = (template: unknown): readonly string[] =>
  watchedIn(readTemplate(template)).flatMap(({ by, namespace, metric, dimensions }) => {
    if (namespace.startsWith('AWS/')) return [];
    const service = String(dimensions[0]?.[1]);
    const written = new Map<string, readonly string[]>(Object.entries(writtenMetrics)).get(service) ?? [];
    return written.includes(metric) ? [] : [`${by}: ${service} never writes ${metric}`];
  });

/** One line of each kind that a function's log may hold: ours by level and code, and those of Lambda. */
const lines: readonly string[] = [
  ...Object.entries(logEvents).map(([message, { level }]) =>
    JSON.stringify({ level, message, timestamp: '2026-03-02T21:00:00.000Z', service: 'check-drift' }),
  ),
  ...Object.values(lambdaLines),
];

const metricFilter = z.object({ FilterPattern: z.string() });

/** The metric filters of a template that no line of a log matches. */
const blindFilters = (template: unknown): readonly string[] =>
  [...resourcesOf(readTemplate(template), 'AWS::Logs::MetricFilter', metricFilter)].flatMap(
    ([id, { FilterPattern }]) => (lines.some(filterPattern(FilterPattern)) ? [] : [id]),
  );

describe('a metric of ours', () => {
  it.each(stageNames)('is watched in %s only where its function writes it', (stage) => {
    const template = templates(stage).service.toJSON();
    expect(watchedIn(readTemplate(template)).length).toBeGreaterThan(50);
    expect(unwritten(template)).toEqual([]);
  });

  it('is noticed when nobody writes it: by an alarm', () => {
    expect(unwritten(planted(alarm('email-failed', { MetricName: 'MailFailed' })))).toEqual([
      'aftercare-production-email-failed: send-due-emails never writes MailFailed',
    ]);
  });

  it('is noticed when another function writes it: by an alarm', () => {
    const Dimensions = [{ Name: 'service', Value: 'tell-staff' }];
    expect(unwritten(planted(alarm('email-failed', { Dimensions })))).toEqual([
      'aftercare-production-email-failed: tell-staff never writes EmailFailed',
    ]);
  });

  it('is noticed when nobody writes it: by a graph', () => {
    expect(unwritten(planted(dashboard('"NoticesTold","service"', '"StaffTold","service"')))).toEqual([
      'the graph "Counted and told" of aftercare-production: tell-staff never writes StaffTold',
    ]);
  });
});

describe('a metric filter', () => {
  const filterOf = (FilterPattern: string) =>
    withResource('Filter', 'AWS::Logs::MetricFilter', { FilterPattern });

  it.each(stageNames)('of %s matches some line of a log', (stage) => {
    expect(blindFilters(templates(stage).service.toJSON())).toEqual([]);
  });

  it('that looks for what is logged is accepted', () => {
    expect(blindFilters(filterOf('{ $.level = "ERROR" && $.message = "drift.found" }'))).toEqual([]);
  });

  it.each(['{ $.level = "error" }', '{ $.message = "drift.seen" }', '{ $.severity = "ERROR" }'])(
    'that looks for what nothing logs is noticed: %s',
    (pattern) => expect(blindFilters(filterOf(pattern))).toEqual(['Filter']),
  );
});
