import { describe, expect, it } from 'vitest';
import { readSourceTree, withoutComments } from '../../support/sources/source-tree.ts';

const tree = await readSourceTree(['shared', 'functions', 'infra/ops']);

const filesWith = (pattern: RegExp): readonly string[] =>
  [...tree]
    .filter(([, text]) => pattern.test(withoutComments(text)))
    .map(([path]) => path)
    .toSorted();

describe('writes about patients', () => {
  it('are sent by these files alone, so that no other can leave out what an erasure needs', () => {
    expect(filesWith(/new (Put|Update|TransactWrite|BatchWrite|Delete)Command\(/)).toEqual([
      // The pause of the whole clinic, which is about no patient.
      'shared/care/emailing/aws/pause-store.ts',
      // What `commitRequest` makes, and the delivery of an email on an episode that is there.
      'shared/care/patient/aws/care-store.ts',
      // The marker, which a closed one stops.
      'shared/counting/aws/counting-store.ts',
      // The erasure itself.
      'shared/operations/aws/erasure-store.ts',
      // Numbers.
      'shared/outcomes/release/aws/release-store.ts',
    ]);
  });

  it('become items in one file, which one file makes conditional', () => {
    expect(filesWith(/\bitemOf\(/)).toEqual([
      'shared/care/patient/aws/commit-request.ts',
      'shared/operations/aws/erasure-store.ts',
    ]);
  });
});
