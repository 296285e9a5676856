import * as z from 'zod/mini';
import { variables } from '../../shared/platform/environment.ts';

/** The function's variables. */
export const environmentSchema = z.object({
  DEFAULT_LOCALE: variables.DEFAULT_LOCALE,
  CLINIC_NAME: variables.CLINIC_NAME,
  CLINIC_SENDER_NAME: variables.CLINIC_SENDER_NAME,
  CLINIC_REPLY_TO: variables.CLINIC_REPLY_TO,
  EMAIL_FROM: variables.EMAIL_FROM,
  CONFIGURATION_SET: variables.CONFIGURATION_SET,
  /** The care team's address; empty where staff check the worklist themselves. */
  STAFF_ADDRESS: z.union([z.literal(''), z.email()], 'must be empty or an email address'),
  /** The command that lists the worklist, named in the email. */
  WORKLIST_COMMAND: z.string().check(z.minLength(1, 'must not be empty')),
});
