import type { FunctionManifest } from '../../shared/platform/function-manifest.ts';
import { environmentSchema } from './environment.ts';

const methods = ['GET', 'HEAD', 'POST'] as const;

export const manifest = {
  name: 'serve-survey',
  purpose: 'Serves every page that a patient reaches from an email: the survey, opting out, and help.',
  environment: environmentSchema,
  memoryMb: 1024,
  timeoutSeconds: 10,
  maxConcurrency: 20,
  trigger: {
    kind: 'http',
    api: 'pages',
    routes: [
      { path: '/s/{token}', methods },
      { path: '/u/{token}', methods },
      { path: '/h/{token}', methods },
      { path: '$default', methods: ['ANY'] },
    ],
  },
  access: [
    { kind: 'items', table: 'care', actions: ['GetItem'], partitions: ['clinic'] },
    { kind: 'items', table: 'care', actions: ['GetItem'], partitions: ['links'] },
    { kind: 'items', table: 'care', actions: ['ConditionCheckItem'], partitions: ['erased'] },
    { kind: 'items', table: 'care', actions: ['Query', 'PutItem'], partitions: ['patients'] },
    { kind: 'items', table: 'care', actions: ['PutItem'], partitions: ['audit'] },
  ],
  errorImpact: 'Patients see an error page instead of their survey, and may not come back to answer it.',
  alarms: [
    {
      name: 'pages-throttled',
      watches: { kind: 'throttles' },
      impact: 'More people than we serve at once: some patients get an error and may not come back.',
    },
  ],
  graph: { title: 'Pages', kind: 'requests' },
  load: () => import('./create-handler.ts'),
} as const satisfies FunctionManifest;
