import * as z from 'zod/mini';
import { variables } from '../../shared/platform/environment.ts';

/** The function's environment variables. The table of people is not among them. */
export const environmentSchema = z.object({
  OUTCOMES_TABLE: variables.OUTCOMES_TABLE,
  SYNTHETIC: variables.SYNTHETIC,
  CODE_VERSION: variables.CODE_VERSION,
  /** Whether a release is published as soon as the rules allow, or waits for `ops release --approve`. */
  PUBLISH: z._default(z.enum(['automatic', 'on-approval'], 'must be automatic or on-approval'), 'automatic'),
});
