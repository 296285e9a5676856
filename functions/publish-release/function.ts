import type { FunctionManifest } from '../../shared/platform/function-manifest.ts';
import { environmentSchema } from './environment.ts';

export const manifest = {
  name: 'publish-release',
  purpose: 'Publishes what may newly be said.',
  environment: environmentSchema,
  memoryMb: 1024,
  timeoutSeconds: 300,
  maxConcurrency: 1,
  trigger: {
    kind: 'schedule',
    runs: { kind: 'daily', hour: 9, minute: 0 },
    maxRetries: 2,
    recovery: {
      laptop: 'Run `npm run ops -- release`.',
      stage: 'Run `npm run ops -- release --stage STAGE`, or wait for the next run.',
    },
  },
  access: [
    { kind: 'items', table: 'outcomes', actions: ['Query'], partitions: ['cells', 'releases'] },
    {
      kind: 'items',
      table: 'outcomes',
      actions: ['GetItem', 'PutItem'],
      partitions: ['releases', 'basis', 'candidate'],
    },
  ],
  errorImpact: 'No new release comes out: the website goes on showing the last one, with its date.',
  alarms: [
    {
      name: 'publishing-silent',
      watches: { kind: 'silence' },
      periodMinutes: 24 * 60,
      impact: 'No release was considered today: the website shows older figures than it could.',
    },
  ],
  graph: { title: 'Published and proved', kind: 'own-metrics', metrics: ['ReleasePublished'] },
  load: () => import('./create-handler.ts'),
} as const satisfies FunctionManifest;
