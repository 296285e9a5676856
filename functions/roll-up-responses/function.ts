import type { FunctionManifest } from '../../shared/platform/function-manifest.ts';
import { environmentSchema } from './environment.ts';

export const manifest = {
  name: 'roll-up-responses',
  purpose: 'Keeps the counts in step with the records: it turns answers into numbers.',
  environment: environmentSchema,
  memoryMb: 512,
  timeoutSeconds: 60,
  maxConcurrency: 5,
  trigger: {
    kind: 'stream',
    startingPosition: 'TRIM_HORIZON',
    /** Items whose change can change a count; the function's own `isCountable` says the same. */
    filter: { sortKeys: ['EPISODE#*', 'RESPONSE#*', 'PROFILE'] },
    bisectBatchOnError: true,
    reportBatchItemFailures: true,
    deadLetters: {
      name: 'changes-not-counted',
      impact: 'Some answers are stored but missing from the counts, and so from published figures.',
    },
    recovery: {
      laptop: 'Done: every patient whose counts were behind was counted.',
      stage: 'Run `npm run ops -- recompute --repair --stage STAGE`, then purge the queue.',
    },
  },
  access: [
    { kind: 'items', table: 'care', actions: ['Query'], partitions: ['patients'] },
    { kind: 'items', table: 'care', actions: ['GetItem'], partitions: ['counted'] },
    /** The marker that says what is counted of a patient: counting can write nothing else. */
    {
      kind: 'items',
      table: 'care',
      actions: ['PutItem'],
      partitions: ['counted'],
      attributes: ['pk', 'sk', 'revision', 'contribution'],
    },
    { kind: 'items', table: 'outcomes', actions: ['UpdateItem'], partitions: ['cells'] },
  ],
  errorImpact: 'Answers are stored but not yet counted; published figures lag behind them.',
  alarms: [
    {
      name: 'counting-behind',
      watches: { kind: 'iterator-age', maxMinutes: 60 },
      periods: 3,
      impact: 'Answers wait to be counted; after 24 hours they would be missing from the published figures.',
    },
  ],
  graph: { title: 'Counted and told', kind: 'own-metrics', metrics: ['PatientsCounted'] },
  load: () => import('./create-handler.ts'),
} as const satisfies FunctionManifest;
