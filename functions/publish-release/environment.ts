import * as z from 'zod';
import { variables } from '../../shared/adapters/system/environment.ts';

/** The variables that this function needs. It knows nothing of the people's table. */
export const environmentSchema = z.object({
  OUTCOMES_TABLE: variables.OUTCOMES_TABLE,
  SYNTHETIC: variables.SYNTHETIC,
});
