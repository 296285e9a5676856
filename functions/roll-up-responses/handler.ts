import { lambdaRuntime } from '../../shared/platform/logging/runtime.ts';
import { createHandler } from './create-handler.ts';

export const handler = createHandler(process.env, lambdaRuntime('roll-up-responses'));
