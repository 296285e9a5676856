import type { $brand } from 'zod/v4/core';

/**
 * A nominal type: text of one kind that no other text is assignable to. Only a parser makes one, either a zod schema
 * with `.brand<Name>()` or a type guard; the brand is zod's own, so both produce the same type.
 */
export type Brand<T, Name extends string> = T & $brand<Name>;
