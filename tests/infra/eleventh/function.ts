import * as z from 'zod/mini';
import { variables } from '../../../shared/platform/environment.ts';
import type { FunctionManifest } from '../../../shared/platform/function-manifest.ts';

/** A made-up function, complete: adding a real one takes no more than this folder and a line in the list. */
export const manifest = {
  name: 'note-visit',
  purpose: 'Notes visits that the clinic reports.',
  environment: z.object({ CLINIC_NAME: variables.CLINIC_NAME }),
  memoryMb: 256,
  timeoutSeconds: 15,
  maxConcurrency: 2,
  trigger: {
    kind: 'bus',
    rule: 'visits',
    detailTypes: ['Visit Noted'],
    maxRetries: 1,
    deadLetters: {
      name: 'visits-not-noted',
      impact: 'Some visits that the clinic reported are missing from the record.',
    },
    recovery: { laptop: 'Send the event again.', stage: 'Replay the archive.' },
  },
  access: [{ kind: 'items', table: 'care', actions: ['PutItem'], partitions: ['patients'] }],
  errorImpact: 'Visits that the clinic reports are not noted until it is mended.',
  alarms: [
    {
      name: 'visits-refused',
      watches: { kind: 'own-metric', metric: 'VisitRefused' },
      impact: 'The clinic reports visits that we do not understand and do not note.',
    },
  ],
  graph: { title: 'Visits', kind: 'own-metrics', metrics: ['VisitNoted'] },
  load: () => import('./create-handler.ts'),
} as const satisfies FunctionManifest;
