import type { FunctionManifest } from '../../shared/platform/function-manifest.ts';
import { environmentSchema } from './environment.ts';

export const manifest = {
  name: 'tell-staff',
  purpose: 'Emails staff when a patient asks for a call, reports a warning sign or was emailed by mistake.',
  environment: environmentSchema,
  memoryMb: 512,
  timeoutSeconds: 30,
  maxConcurrency: 1,
  trigger: {
    kind: 'stream',
    startingPosition: 'LATEST',
    /** New notices; the function checks again what each is about. */
    filter: { eventName: 'INSERT', sortKeys: ['NOTICE#*'] },
    bisectBatchOnError: false,
    reportBatchItemFailures: false,
    deadLetters: {
      name: 'staff-not-told',
      impact: 'Patients asked for a call or reported a warning sign, and staff got no email about it.',
    },
    recovery: {
      laptop: 'Nothing to replay: `npm run ops -- worklist` has the notices.',
      stage: 'Nothing to replay: `npm run ops -- worklist --stage STAGE` has the notices. Purge the queue.',
    },
  },
  access: [{ kind: 'email', actions: ['SendRawEmail'] }],
  errorImpact: 'Staff get no email about patients who ask for a call or report a warning sign.',
  graph: { title: 'Counted and told', kind: 'own-metrics', metrics: ['NoticesTold'] },
  load: () => import('./create-handler.ts'),
} as const satisfies FunctionManifest;
