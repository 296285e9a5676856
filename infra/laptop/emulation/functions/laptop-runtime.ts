import { appendFile } from 'node:fs/promises';
import { invocationFields } from '../../../../shared/platform/logging/invocation.ts';
import type { Runtime } from '../../../../shared/platform/logging/runtime.ts';
import type { Clock, LogFields } from '../../../../shared/platform/ports.ts';

/**
 * Creates the runtimes of functions on the laptop: warnings and errors go to a file as JSON lines, as they would to the
 * function's log group. Info lines and metrics are dropped.
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
