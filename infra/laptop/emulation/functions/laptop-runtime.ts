import { appendFile } from 'node:fs/promises';
import { invocationFields } from '../../../../shared/platform/invocation.ts';
import type { Clock, LogFields } from '../../../../shared/platform/ports.ts';
import type { Runtime } from '../../../../shared/platform/runtime.ts';

/**
 * Takes the clock and a file, gives each function's runtime: its warnings and errors are JSON lines in that file,
 * as they would be in the function's log group; what goes well is not written down.
 */
export const localRuntime =
  (clock: Clock, file: string) =>
  (functionName: string): Runtime => {
    const write =
      (level: string) =>
      (code: string, fields: LogFields): void => {
        const context = { at: clock.now(), level, function: functionName, ...invocationFields() };
        const line = JSON.stringify({ ...context, code, ...fields });
        void appendFile(file, `${line}\n`).catch(() => undefined);
      };
    return {
      clock,
      log: { info: () => undefined, warn: write('warn'), error: write('error') },
      metrics: { add: () => undefined },
    };
  };
