import { detailTypes } from '../../shared/care/intake/formats/bus-event.ts';
import type { FunctionManifest } from '../../shared/platform/function-manifest.ts';
import { environmentSchema } from './environment.ts';

export const manifest = {
  name: 'enroll-episode',
  purpose: 'Enrolls episodes from reported procedures, corrections and changed contacts.',
  environment: environmentSchema,
  memoryMb: 512,
  timeoutSeconds: 30,
  maxConcurrency: 5,
  trigger: {
    kind: 'bus',
    rule: 'procedures',
    detailTypes,
    maxRetries: 2,
    deadLetters: {
      name: 'events-not-enrolled',
      impact: 'Some reported procedures started nothing: those patients get no email and are not counted.',
    },
    recovery: {
      laptop: 'Correct the event at its source and send it again, under the same procedure id.',
      stage: 'Replay the time in question from the archive. Events already taken in change nothing.',
    },
  },
  access: [
    { kind: 'items', table: 'care', actions: ['ConditionCheckItem'], partitions: ['erased'] },
    { kind: 'items', table: 'care', actions: ['Query', 'PutItem'], partitions: ['patients'] },
    { kind: 'items', table: 'care', actions: ['GetItem', 'PutItem'], partitions: ['records'] },
    { kind: 'items', table: 'care', actions: ['PutItem'], partitions: ['audit'] },
  ],
  errorImpact: 'Patients whose procedure was just reported may get no care instructions tonight.',
  graph: {
    title: 'Reported',
    kind: 'own-metrics',
    metrics: ['Event-enrolled', 'Event-ignored', 'Event-already-taken'],
  },
  load: () => import('./create-handler.ts'),
} as const satisfies FunctionManifest;
