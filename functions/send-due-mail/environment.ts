import * as z from 'zod';
import { variables } from '../../shared/adapters/system/environment.ts';

/** The variables that this function needs. */
export const environmentSchema = z.object({
  CARE_TABLE: variables.CARE_TABLE,
  BASE_URL: variables.BASE_URL,
  CLINIC_NAME: variables.CLINIC_NAME,
  CLINIC_PHONE: variables.CLINIC_PHONE,
  /** Shown as the sender in the inbox; names no treatment. */
  CLINIC_SENDER_NAME: z.string().min(1),
  CLINIC_REPLY_TO: z.email(),
  MAIL_FROM: z.email(),
  /** The SES configuration set; empty where there is none. */
  CONFIGURATION_SET: z.string(),
});
