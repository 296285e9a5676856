import type { Cell, Scope } from './contribution.ts';

/** Counts only; no person can be reached from here. */
export type CellStore = { readonly cells: (scope: Scope) => Promise<readonly Cell[]> };
