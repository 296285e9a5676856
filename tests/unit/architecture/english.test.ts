import { describe, expect, it } from 'vitest';
import { readSourceTree } from '../../support/sources/source-tree.ts';
import { formulaComments } from './english.ts';

/** The folders whose comments are held to the rule. */
const folders: readonly string[] = ['shared', 'functions', 'infra', 'tests'];

describe('comments', () => {
  it('do not retell the signature', async () => {
    expect(formulaComments(await readSourceTree(folders))).toEqual([]);
  });
});

describe('a comment', () => {
  const commentIn = (text: string) => formulaComments(new Map([['shared/care/a.ts', text]]));

  it.each([
    ['/** Takes a record, gives its change. */', 'Takes a record, gives its change. */'],
    ['/**\n * Gives the change.\n */', 'Gives the change.'],
    ['/* Takes a record. */', 'Takes a record. */'],
    ['// Gives the change.\nconst a = 1;', 'Gives the change.'],
    ["const url = 'https://clinic.example'; // Takes a record.", 'Takes a record.'],
    ['type A = {\n  /** Gives the time. */\n  readonly now: () => string;\n};', 'Gives the time. */'],
  ])('is found: %j', (text, found) => {
    expect(commentIn(text)).toEqual([`shared/care/a.ts: ${found}`]);
  });

  it.each([
    '/** Returns the change that a record takes. */',
    '/** Maximum number of revisions. It gives up after that. */',
    "const text = '// Takes a record.';",
    "const text = 'Takes 2 minutes';",
    '// A reader who is in a hurry\n// Takes the first branch.',
    '/** Takesome is a name. */',
  ])('is let through: %j', (text) => {
    expect(commentIn(text)).toEqual([]);
  });
});
