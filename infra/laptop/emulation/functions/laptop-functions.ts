import type { APIGatewayProxyEventV2, DynamoDBStreamEvent } from 'aws-lambda';
import { createHandler as checkDrift } from '../../../../functions/check-drift/create-handler.ts';
import { createHandler as enrollEpisode } from '../../../../functions/enroll-episode/create-handler.ts';
import { createHandler as publishRelease } from '../../../../functions/publish-release/create-handler.ts';
import { createHandler as receiveProcedure } from '../../../../functions/receive-procedure/create-handler.ts';
import { createHandler as recordEmailEvent } from '../../../../functions/record-email-event/create-handler.ts';
import { createHandler as serveStats } from '../../../../functions/serve-stats/create-handler.ts';
import { createHandler as tellStaff } from '../../../../functions/tell-staff/create-handler.ts';
import type { Environment } from '../../../../shared/platform/environment.ts';
import type { Runtime } from '../../../../shared/platform/runtime.ts';
import { codeVersion } from '../../../settings/code-version.ts';
import { localContext } from '../http/http-event.ts';
import type { Background } from './background.ts';
import { pageResult } from './background-messages.ts';

/** The names of the two tables on the laptop. */
export const localTables = { care: 'care', outcomes: 'outcomes' } as const;

/** Takes where the pages are, gives the variables that the functions get on the laptop. */
export const localEnvironment = (baseUrl: string) => ({
  CARE_TABLE: localTables.care,
  OUTCOMES_TABLE: localTables.outcomes,
  DEFAULT_ZONE: 'America/New_York',
  DEFAULT_LOCALE: 'en',
  BASE_URL: baseUrl,
  CLINIC_NAME: 'Example Clinic',
  CLINIC_PHONE: '+1 555 010 0100',
  CLINIC_SENDER_NAME: 'Example Clinic',
  CLINIC_REPLY_TO: 'care@clinic.example',
  EMAIL_FROM: 'care@clinic.example',
  CONFIGURATION_SET: '',
  STAFF_ADDRESS: 'care-team@clinic.example',
  WORKLIST_COMMAND: 'npm run ops -- worklist',
  SYNTHETIC: 'true',
  CODE_VERSION: codeVersion(),
  PUBLISH: 'automatic',
});

/**
 * Takes the variables and gives each function's runtime; makes every function by the same `compose` that its
 * Lambda handler uses. The SDK clients find the local services through the SDK's own variables.
 */
export const laptopFunctions = (
  environment: Environment,
  runtimeOf: (name: string) => Runtime,
  background: Background,
) => {
  const enroll = enrollEpisode(environment, runtimeOf('enroll-episode'));
  const emailEvent = recordEmailEvent(environment, runtimeOf('record-email-event'));
  const publish = publishRelease(environment, runtimeOf('publish-release'));
  const staff = tellStaff(environment, runtimeOf('tell-staff'));
  const drift = checkDrift(environment, runtimeOf('check-drift'));
  return {
    enrollEpisode: (event: unknown) => enroll(event, localContext('enroll-episode')),
    recordEmailEvent: (event: unknown) => emailEvent(event, localContext('record-email-event')),
    rollUpResponses: (event: DynamoDBStreamEvent) => background.invoke({ name: 'roll-up-responses', event }),
    tellStaff: (event: DynamoDBStreamEvent) => staff(event, localContext('tell-staff')),
    sendDueEmail: () => background.invoke({ name: 'send-due-emails' }),
    publishRelease: () => publish({}, localContext('publish-release')),
    checkDrift: () => drift({}, localContext('check-drift')),
    http: {
      'serve-survey': async (event: APIGatewayProxyEventV2) =>
        pageResult.parse(await background.invoke({ name: 'serve-survey', event })),
      'serve-stats': serveStats(environment, runtimeOf('serve-stats')),
      'receive-procedure': receiveProcedure(environment, runtimeOf('receive-procedure')),
    },
  };
};
