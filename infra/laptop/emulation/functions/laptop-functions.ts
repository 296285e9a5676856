import type { FunctionManifest } from '../../../../shared/platform/function-manifest.ts';
import type { Runtime } from '../../../../shared/platform/logging/runtime.ts';
import type { FunctionName } from '../../../functions.ts';
import { variablesOf } from '../../../settings/variables.ts';
import { localContext } from '../http/http-event.ts';

/** The names of the two tables on the laptop. */
export const localTables = { care: 'care', outcomes: 'outcomes' } as const;

const busiest: readonly FunctionName[] = ['send-due-emails', 'roll-up-responses', 'serve-survey'];

/** The busiest functions run in a thread of their own, which lets two cores share the work. */
export const namesInBackground: ReadonlySet<string> = new Set(busiest);

/** Invokes a function by name with an event, as Lambda does. Rejects with what the function throws. */
export type Invoke = (name: string, event: unknown) => Promise<unknown>;

/**
 * Loads functions into this thread, made by the same `createHandler` that their Lambda handlers use. Their SDK
 * clients find the local services through the SDK's own variables.
 */
export const loadFunctions = async (
  manifests: readonly FunctionManifest[],
  variables: Readonly<Record<string, string | undefined>>,
  runtimeOf: (name: string) => Runtime,
): Promise<Invoke> => {
  const loaded = manifests.map(async (manifest) => {
    const { createHandler } = await manifest.load();
    const handler = createHandler(variablesOf(manifest, variables), runtimeOf(manifest.name));
    return [manifest.name, handler] as const;
  });
  const handlers = new Map(await Promise.all(loaded));
  return async (name, event) => {
    const handler = handlers.get(name);
    if (handler === undefined) throw new Error(`There is no function ${name}.`);
    return handler(event, localContext(name));
  };
};
