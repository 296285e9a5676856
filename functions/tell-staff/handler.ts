import { lambdaRuntime } from '../../shared/adapters/system/runtime.ts';
import { compose } from './compose.ts';

export const handler = compose(process.env, lambdaRuntime('tell-staff'));
