import { appendFile } from 'node:fs/promises';
import type { Clock, Log } from '../../../../shared/platform/ports.ts';
import type { Runtime } from '../../../../shared/platform/runtime.ts';

/**
 * Takes the clock and a file, gives each function's runtime: its warnings and errors are JSON lines in that file,
 * as they would be in the function's log group; what goes well is not written down.
 */
export const localRuntime =
  (clock: Clock, file: string) =>
  (functionName: string): Runtime => {
    const write =
      (level: string): Log['warn'] =>
      (code, fields = {}) => {
        const line = JSON.stringify({ at: clock.now(), level, function: functionName, code, ...fields });
        void appendFile(file, `${line}\n`).catch(() => undefined);
      };
    return {
      clock,
      log: { info: () => undefined, warn: write('warn'), error: write('error') },
      metrics: { add: () => undefined },
    };
  };
