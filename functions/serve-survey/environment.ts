import * as z from 'zod/mini';
import { variables } from '../../shared/platform/environment.ts';

/** The function's variables. */
export const environmentSchema = z.object({
  CARE_TABLE: variables.CARE_TABLE,
  DEFAULT_LOCALE: variables.DEFAULT_LOCALE,
  CLINIC_NAME: variables.CLINIC_NAME,
  CLINIC_PHONE: variables.CLINIC_PHONE,
  SYNTHETIC: variables.SYNTHETIC,
  ORIGIN_SECRETS: variables.ORIGIN_SECRETS,
});
