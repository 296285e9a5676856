import type { FunctionManifest } from '../../shared/platform/function-manifest.ts';
import { environmentSchema } from './environment.ts';

export const manifest = {
  name: 'serve-stats',
  purpose: 'Serves the published releases: as a page, as data, as charts, and to embed in other websites.',
  environment: environmentSchema,
  memoryMb: 512,
  timeoutSeconds: 10,
  maxConcurrency: 10,
  trigger: {
    kind: 'http',
    api: 'pages',
    routes: [
      { path: '/stats', methods: ['GET', 'HEAD'] },
      { path: '/stats/{proxy+}', methods: ['GET', 'HEAD'] },
    ],
  },
  access: [{ kind: 'items', table: 'outcomes', actions: ['GetItem', 'Query'], partitions: ['releases'] }],
  errorImpact: 'Visitors of the website see no figures, or those of the last five minutes.',
  alarms: [
    {
      name: 'release-not-intact',
      watches: { kind: 'own-metric', metric: 'ReleaseNotIntact' },
      impact: 'Published figures were changed in the table: the website shows none until it is mended.',
    },
  ],
  load: () => import('./create-handler.ts'),
} as const satisfies FunctionManifest;
