import type { FunctionManifest } from '../../shared/platform/function-manifest.ts';
import { environmentSchema } from './environment.ts';

export const manifest = {
  name: 'record-email-event',
  purpose: 'Records what became of our emails, and stops email where it bounced or was complained about.',
  environment: environmentSchema,
  memoryMb: 512,
  timeoutSeconds: 30,
  maxConcurrency: 10,
  trigger: {
    kind: 'email-events',
    rule: 'email-events',
    /** Opens and clicks are not among them: SES is not asked to track them. */
    detailTypes: [
      'Email Sent',
      'Email Delivered',
      'Email Bounced',
      'Email Complaint Received',
      'Email Rejected',
      'Email Rendering Failed',
      'Email Delivery Delayed',
    ],
    maxRetries: 2,
    deadLetters: {
      name: 'email-events-not-recorded',
      impact: 'Someone who complained or whose address is dead may be emailed once more.',
    },
    recovery: {
      laptop: 'Start again: the email server repeats every event that was not dealt with.',
      stage: 'Hand each event to the function again; a repeated event changes nothing.',
    },
  },
  access: [
    { kind: 'items', table: 'care', actions: ['GetItem'], partitions: ['links'] },
    { kind: 'items', table: 'care', actions: ['Query', 'PutItem'], partitions: ['patients'] },
    { kind: 'items', table: 'care', actions: ['PutItem'], partitions: ['audit'] },
    /** A delivery is noted in these attributes of an episode. */
    {
      kind: 'items',
      table: 'care',
      actions: ['UpdateItem'],
      partitions: ['patients'],
      attributes: ['pk', 'sk', 'revision', 'touchpoints'],
    },
  ],
  errorImpact: 'Someone who complained or whose address is dead may be emailed once more.',
  graph: {
    title: 'What became of it',
    kind: 'own-metrics',
    metrics: ['Email-delivered', 'Email-bounced-for-good', 'Email-complained'],
  },
  load: () => import('./create-handler.ts'),
} as const satisfies FunctionManifest;
