import * as z from 'zod/mini';
import { variables } from '../../shared/platform/environment.ts';

/** The function's variables. The people's table is not among them. */
export const environmentSchema = z.object({
  OUTCOMES_TABLE: variables.OUTCOMES_TABLE,
  BASE_URL: variables.BASE_URL,
  CLINIC_NAME: variables.CLINIC_NAME,
  DEFAULT_LOCALE: variables.DEFAULT_LOCALE,
  ORIGIN_SECRETS: variables.ORIGIN_SECRETS,
});
