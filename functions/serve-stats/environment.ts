import * as z from 'zod/mini';
import { variables } from '../../shared/platform/environment.ts';

/** The variables that this function needs. It knows nothing of the people's table. */
export const environmentSchema = z.object({
  OUTCOMES_TABLE: variables.OUTCOMES_TABLE,
  BASE_URL: variables.BASE_URL,
  CLINIC_NAME: variables.CLINIC_NAME,
  DEFAULT_LOCALE: variables.DEFAULT_LOCALE,
  ORIGIN_SECRETS: variables.ORIGIN_SECRETS,
});
