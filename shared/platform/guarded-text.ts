import * as z from 'zod/mini';

/** Creates the schema of text that a guard accepts, typed as what the guard says it is. */
export const guardedText = <T extends string>(accepts: (text: string) => text is T) =>
  z.custom<T>((value) => typeof value === 'string' && accepts(value));
