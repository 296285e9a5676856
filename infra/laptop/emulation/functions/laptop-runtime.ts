import { appendFile } from 'node:fs/promises';
import type { Clock, Log } from '../../../../shared/platform/ports.ts';
import type { Runtime } from '../../../../shared/platform/runtime.ts';

/**
 * Creates the runtimes of functions on the laptop: warnings and errors go to a file as JSON lines, as they would to the
 * function's log group. Info lines and metrics are dropped.
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
