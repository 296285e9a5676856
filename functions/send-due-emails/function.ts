import type { FunctionManifest } from '../../shared/platform/function-manifest.ts';
import { environmentSchema } from './environment.ts';
import { sweepLimits } from './limits.ts';

export const manifest = {
  name: 'send-due-emails',
  purpose: 'Sends whatever is due.',
  environment: environmentSchema,
  memoryMb: 512,
  timeoutSeconds: 300,
  timeBudgetSeconds: sweepLimits.timeBudget / 1000,
  maxConcurrency: 1,
  trigger: {
    kind: 'schedule',
    runs: { kind: 'interval', minutes: 5 },
    maxRetries: 0,
    recovery: {
      laptop: 'Nothing: what was due is still due, and the next run sends it.',
      stage: 'Nothing to replay: the next run sends what is due.',
    },
  },
  access: [
    { kind: 'index', table: 'care', index: 'due' },
    { kind: 'items', table: 'care', actions: ['Query', 'PutItem'], partitions: ['patients'] },
    { kind: 'items', table: 'care', actions: ['PutItem'], partitions: ['links'] },
    { kind: 'items', table: 'care', actions: ['GetItem'], partitions: ['clinic'] },
    { kind: 'email', actions: ['SendRawEmail', 'GetSendQuota'] },
  ],
  errorImpact: 'Patients do not get the emails that are due: no care instructions, no surveys.',
  alarms: [
    {
      name: 'sender-silent',
      watches: { kind: 'silence' },
      periods: 3,
      impact: 'No email goes out at all: no care instructions tonight, no survey today.',
    },
    {
      name: 'email-failed',
      watches: { kind: 'own-metric', metric: 'EmailFailed' },
      periods: 3,
      impact: 'Emails are refused by SES: patients wait for theirs until the cause is gone.',
    },
    {
      name: 'email-ambiguous',
      watches: { kind: 'own-metric', metric: 'EmailAmbiguous' },
      impact:
        'For some emails nobody knows whether they went; those patients may get only the next reminder.',
    },
    {
      name: 'email-paused',
      watches: { kind: 'own-metric', metric: 'EmailPaused' },
      periodMinutes: 60,
      periods: 24,
      impact:
        'Email has been paused for a day: patients get no care instructions, and surveys that pass meanwhile are not sent later.',
    },
    {
      name: 'episode-not-handled',
      watches: { kind: 'own-metric', metric: 'EpisodeNotHandled' },
      impact: 'Some patients are passed over at every sweep, and get no email until it is mended.',
    },
  ],
  graph: {
    title: 'Emailed',
    kind: 'own-metrics',
    metrics: ['EmailSent', 'EmailFailed', 'EmailAmbiguous', 'EpisodeNotHandled'],
  },
  load: () => import('./create-handler.ts'),
} as const satisfies FunctionManifest;
