import { lambdaRuntime } from '../../shared/platform/runtime.ts';
import { compose } from './create-handler.ts';

export const handler = compose(process.env, lambdaRuntime('receive-procedure'));
