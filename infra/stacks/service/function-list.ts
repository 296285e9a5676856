import { environmentSchema as checkDrift } from '../../../functions/check-drift/environment.ts';
import { environmentSchema as enrollEpisode } from '../../../functions/enroll-episode/environment.ts';
import { environmentSchema as publishRelease } from '../../../functions/publish-release/environment.ts';
import { environmentSchema as receiveProcedure } from '../../../functions/receive-procedure/environment.ts';
import { environmentSchema as recordEmailEvent } from '../../../functions/record-email-event/environment.ts';
import { environmentSchema as rollUpResponses } from '../../../functions/roll-up-responses/environment.ts';
import { environmentSchema as sendDueEmail } from '../../../functions/send-due-emails/environment.ts';
import { environmentSchema as serveStats } from '../../../functions/serve-stats/environment.ts';
import { environmentSchema as serveSurvey } from '../../../functions/serve-survey/environment.ts';
import { environmentSchema as tellStaff } from '../../../functions/tell-staff/environment.ts';

/** Each function's schema of its variables, by the function's name. */
export const schemas = {
  'enroll-episode': enrollEpisode,
  'receive-procedure': receiveProcedure,
  'send-due-emails': sendDueEmail,
  'record-email-event': recordEmailEvent,
  'serve-survey': serveSurvey,
  'roll-up-responses': rollUpResponses,
  'publish-release': publishRelease,
  'serve-stats': serveStats,
  'tell-staff': tellStaff,
  'check-drift': checkDrift,
} as const;

export type FunctionName = keyof typeof schemas;

/** What a function is given to run with, and what it means when it fails. */
export type FunctionShape = {
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  readonly concurrency: number;
  /** Tries after a failed asynchronous call; absent where it is never called that way. */
  readonly asyncRetries?: 0 | 1 | 2;
  readonly errorImpact: string;
};

/**
 * The ten functions. The concurrency is reserved, 59 in all: enough for ten thousand patients a day, and an
 * attack on one of them takes nothing from the others.
 */
export const shapes: Readonly<Record<FunctionName, FunctionShape>> = {
  'enroll-episode': {
    memoryMb: 512,
    timeoutSeconds: 30,
    concurrency: 5,
    asyncRetries: 2,
    errorImpact: 'Patients whose procedure was just reported may get no care instructions tonight.',
  },
  'receive-procedure': {
    memoryMb: 512,
    timeoutSeconds: 20,
    concurrency: 5,
    errorImpact: 'A clinic system cannot report procedures, so its patients are not followed up.',
  },
  'send-due-emails': {
    memoryMb: 512,
    timeoutSeconds: 300,
    concurrency: 1,
    asyncRetries: 0,
    errorImpact: 'Patients do not get the emails that are due: no care instructions, no surveys.',
  },
  'record-email-event': {
    memoryMb: 512,
    timeoutSeconds: 30,
    concurrency: 10,
    asyncRetries: 2,
    errorImpact: 'Someone who complained or whose address is dead may be emailed once more.',
  },
  'serve-survey': {
    memoryMb: 1024,
    timeoutSeconds: 10,
    concurrency: 20,
    errorImpact: 'Patients see an error page instead of their survey, and may not come back to answer it.',
  },
  'roll-up-responses': {
    memoryMb: 512,
    timeoutSeconds: 60,
    concurrency: 5,
    errorImpact: 'Answers are stored but not yet counted; published figures lag behind them.',
  },
  'publish-release': {
    memoryMb: 1024,
    timeoutSeconds: 300,
    concurrency: 1,
    asyncRetries: 2,
    errorImpact: 'No new release comes out: the website goes on showing the last one, with its date.',
  },
  'serve-stats': {
    memoryMb: 512,
    timeoutSeconds: 10,
    concurrency: 10,
    errorImpact: 'Visitors of the website see no figures, or those of the last five minutes.',
  },
  'tell-staff': {
    memoryMb: 512,
    timeoutSeconds: 30,
    concurrency: 1,
    errorImpact: 'Staff get no email about patients who ask for a call or report a warning sign.',
  },
  'check-drift': {
    memoryMb: 1024,
    timeoutSeconds: 900,
    concurrency: 1,
    asyncRetries: 1,
    errorImpact: 'Nobody knows today whether the published figures still follow from the answers.',
  },
};
