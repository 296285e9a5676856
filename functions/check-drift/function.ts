import type { FunctionManifest } from '../../shared/platform/function-manifest.ts';
import { environmentSchema } from './environment.ts';

export const manifest = {
  name: 'check-drift',
  purpose: 'Proves that the counts follow from the answers.',
  environment: environmentSchema,
  memoryMb: 1024,
  timeoutSeconds: 900,
  maxConcurrency: 1,
  trigger: {
    kind: 'schedule',
    runs: { kind: 'daily', hour: 9, minute: 30 },
    maxRetries: 1,
    recovery: {
      laptop: 'Run `npm run ops -- verify`.',
      stage: 'Run `npm run ops -- verify --stage STAGE`, or wait for the next run.',
    },
  },
  access: [
    { kind: 'scan', table: 'care', attributes: ['pk', 'sk'] },
    { kind: 'items', table: 'care', actions: ['Query'], partitions: ['patients'] },
    { kind: 'items', table: 'care', actions: ['GetItem'], partitions: ['counted'] },
    { kind: 'items', table: 'outcomes', actions: ['Query'], partitions: ['cells', 'residue'] },
  ],
  errorImpact: 'Nobody knows today whether the published figures still follow from the answers.',
  alarms: [
    {
      name: 'counts-drift',
      watches: { kind: 'own-metric', metric: 'DriftingCells' },
      periodMinutes: 24 * 60,
      impact: 'The published figures may not follow from the answers: a claim may be wrong in public.',
    },
    {
      name: 'drift-check-silent',
      watches: { kind: 'silence' },
      periodMinutes: 24 * 60,
      impact: 'Nobody has proved today that the published figures follow from the answers.',
    },
  ],
  graph: {
    title: 'Published and proved',
    kind: 'own-metrics',
    metrics: ['DriftingCells', 'UncountedPatients'],
  },
  load: () => import('./create-handler.ts'),
} as const satisfies FunctionManifest;
