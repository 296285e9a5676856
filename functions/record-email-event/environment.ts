import * as z from 'zod/mini';
import { variables } from '../../shared/platform/environment.ts';

/** The function's variables. */
export const environmentSchema = z.object({ CARE_TABLE: variables.CARE_TABLE });
