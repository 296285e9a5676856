import * as z from 'zod/mini';
import { variables } from '../../shared/platform/environment.ts';

/** The function's variables. The people's table is not among them. */
export const environmentSchema = z.object({
  OUTCOMES_TABLE: variables.OUTCOMES_TABLE,
  SYNTHETIC: variables.SYNTHETIC,
  /** Whether a release is published when the rules allow it, or becomes a candidate for `ops release --approve`. */
  PUBLISH: z._default(z.enum(['automatic', 'on-approval'], 'must be automatic or on-approval'), 'automatic'),
});
