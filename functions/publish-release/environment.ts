import * as z from 'zod/mini';
import { variables } from '../../shared/platform/environment.ts';

/** The variables that this function needs. It knows nothing of the people's table. */
export const environmentSchema = z.object({
  OUTCOMES_TABLE: variables.OUTCOMES_TABLE,
  SYNTHETIC: variables.SYNTHETIC,
  CODE_VERSION: variables.CODE_VERSION,
  /** Whether a release goes out by itself when the rules allow it, or waits for `ops release --approve`. */
  PUBLISH: z._default(z.enum(['automatic', 'on-approval'], 'must be automatic or on-approval'), 'automatic'),
});
