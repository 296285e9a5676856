import type { $brand } from 'zod/v4/core';

/**
 * A nominal type: text that no other text is assignable to. Only a parser makes it: a zod schema with
 * `.brand<Name>()`, or a type guard. The brand is zod's own, so both give the same type.
 */
export type Brand<T, Name extends string> = T & $brand<Name>;
