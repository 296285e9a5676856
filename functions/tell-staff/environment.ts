import * as z from 'zod/mini';
import { variables } from '../../shared/platform/environment.ts';

/** The function's environment variables. */
export const environmentSchema = z.object({
  DEFAULT_LOCALE: variables.DEFAULT_LOCALE,
  CLINIC_NAME: variables.CLINIC_NAME,
  CLINIC_SENDER_NAME: variables.CLINIC_SENDER_NAME,
  CLINIC_REPLY_TO: variables.CLINIC_REPLY_TO,
  EMAIL_FROM: variables.EMAIL_FROM,
  CONFIGURATION_SET: variables.CONFIGURATION_SET,
  /** The recipient of the emails to staff; empty where staff check the worklist unprompted. */
  STAFF_ADDRESS: z.union([z.literal(''), z.email()], 'must be empty or an email address'),
  /** The command that shows staff the worklist. */
  WORKLIST_COMMAND: z.string().check(z.minLength(1, 'must not be empty')),
});
