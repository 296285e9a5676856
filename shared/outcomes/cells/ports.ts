import type { Cell, Scope } from './contribution.ts';

/** Reads counts. It has no access to people. */
export type CellStore = { readonly cells: (scope: Scope) => Promise<readonly Cell[]> };
