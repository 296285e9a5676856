import * as z from 'zod/mini';
import { variables } from '../../shared/platform/environment.ts';

/** The function's variables. */
export const environmentSchema = z.object({
  CARE_TABLE: variables.CARE_TABLE,
  BASE_URL: variables.BASE_URL,
  CLINIC_NAME: variables.CLINIC_NAME,
  CLINIC_PHONE: variables.CLINIC_PHONE,
  CLINIC_SENDER_NAME: variables.CLINIC_SENDER_NAME,
  CLINIC_REPLY_TO: variables.CLINIC_REPLY_TO,
  EMAIL_FROM: variables.EMAIL_FROM,
  CONFIGURATION_SET: variables.CONFIGURATION_SET,
});
