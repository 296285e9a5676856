import { describe, expect, it } from 'vitest';
import { readSourceTree } from '../../support/sources/source-tree.ts';
import { discriminantProblems, namedElsewhere } from './discriminants.ts';

/** The folders whose unions are held to the rule. */
const folders: readonly string[] = ['shared', 'functions', 'infra'];

describe('discriminated unions', () => {
  it('are told apart by outcome, kind or status', async () => {
    expect(discriminantProblems(await readSourceTree(folders))).toEqual([]);
  });

  it('are an exception only where they exist', async () => {
    const found = discriminantProblems(await readSourceTree(folders), {});
    expect(Object.keys(namedElsewhere).filter((name) => !found.includes(name))).toEqual([]);
  });
});

describe('a union', () => {
  const path = 'shared/care/a.ts';
  const inModule = (text: string) => discriminantProblems(new Map([[path, text]]));

  it.each([
    ["type A = { readonly form: 'a' } | { readonly form: 'b'; readonly c: string };", 'form'],
    ['type A = { readonly done: true } | { readonly done: false; readonly c: string };', 'done'],
    ["type A = { readonly level: 'a' | 'b' } | { readonly level: 'c' };", 'level'],
    ["type B = { readonly effect: 'b' };\ntype C = { effect: 'c' };\ntype A = B | C;", 'effect'],
    ["type B = { id: string } & { write: 'b' };\ntype A = B | ({ write: 'c' } & { id: number });", 'write'],
    ["type A = readonly ({ readonly verdict: 'a' } | { readonly verdict: 'b' })[];", 'verdict'],
    ["const a = (b: { fault: 'a' } | { fault: 'b' }) => b;", 'fault'],
    ["type A = { kind: 'a'; by: 'x' } | { kind: 'a'; by: 'y' } | { kind: 'b' };", 'by'],
    ["const schema = z.discriminatedUnion('type', [a, b]);", 'type'],
  ])('is found: %s', (text, name) => {
    expect(inModule(text)).toEqual([`${path} ${name}`]);
  });

  it.each([
    "type A = { readonly outcome: 'a' } | { readonly outcome: 'b' };",
    "type A = { kind: 'a'; role: 'x' } | { kind: 'b'; role: 'y' };",
    "type A = { status: 'a'; note: string } | { status: 'b'; note: number };",
    "type A = { readonly result: 'a' | 'b' };",
    "type A = 'a' | 'b' | undefined;",
    "type A = { scope: 'all'; id: string } | { id: number };",
    "const schema = z.discriminatedUnion('kind', [a, b]);",
  ])('is let through: %s', (text) => {
    expect(inModule(text)).toEqual([]);
  });

  it('may be an exception', () => {
    const tree = new Map([[path, "type A = { form: 'a' } | { form: 'b' };"]]);
    expect(discriminantProblems(tree, { [`${path} form`]: 'a reason' })).toEqual([]);
  });
});
