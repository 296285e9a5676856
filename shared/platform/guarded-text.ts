import * as z from 'zod/mini';

/** Creates the schema of text that a guard accepts, with the type that the guard asserts. */
export const guardedText = <T extends string>(accepts: (text: string) => text is T) =>
  z.custom<T>((value) => typeof value === 'string' && accepts(value));
