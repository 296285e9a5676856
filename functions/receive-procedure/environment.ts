import * as z from 'zod/mini';
import { variables } from '../../shared/platform/environment.ts';

/** The function's environment variables. */
export const environmentSchema = z.object({
  CARE_TABLE: variables.CARE_TABLE,
  PATIENT_SYSTEMS: variables.PATIENT_SYSTEMS,
  DEFAULT_ZONE: variables.DEFAULT_ZONE,
  DEFAULT_LOCALE: variables.DEFAULT_LOCALE,
});
