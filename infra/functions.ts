import { manifest as checkDrift } from '../functions/check-drift/function.ts';
import { manifest as enrollEpisode } from '../functions/enroll-episode/function.ts';
import { manifest as publishRelease } from '../functions/publish-release/function.ts';
import { manifest as receiveProcedure } from '../functions/receive-procedure/function.ts';
import { manifest as recordEmailEvent } from '../functions/record-email-event/function.ts';
import { manifest as rollUpResponses } from '../functions/roll-up-responses/function.ts';
import { manifest as sendDueEmails } from '../functions/send-due-emails/function.ts';
import { manifest as serveStats } from '../functions/serve-stats/function.ts';
import { manifest as serveSurvey } from '../functions/serve-survey/function.ts';
import { manifest as tellStaff } from '../functions/tell-staff/function.ts';
import type { FunctionManifest } from '../shared/platform/function-manifest.ts';

/**
 * Every function there is, on AWS and on the laptop, in the order of the dashboard. Their concurrency is reserved,
 * 59 in all: enough for ten thousand patients a day, and an attack on one takes nothing from the others.
 */
export const functions = [
  enrollEpisode,
  receiveProcedure,
  sendDueEmails,
  recordEmailEvent,
  serveSurvey,
  rollUpResponses,
  publishRelease,
  serveStats,
  tellStaff,
  checkDrift,
] as const satisfies readonly FunctionManifest[];

type ListedFunction = (typeof functions)[number];

export type FunctionName = ListedFunction['name'];

/** Every variable that some function reads. */
export type VariableName = ListedFunction extends infer Listed
  ? Listed extends ListedFunction
    ? Extract<keyof Listed['environment']['shape'], string>
    : never
  : never;
