import { describe, expect, it } from 'vitest';
import { familyIds, isFamilyId } from '../../../shared/protocol/families.ts';

describe('a family', () => {
  it.each(familyIds)('is known by its name, %s', (id) => {
    expect(isFamilyId(id)).toBe(true);
  });

  it.each(['', 'overall', 'Mild', 'mild ', 'facet', 'facet-joint-injection|mild'])(
    'is not named by %j',
    (text) => {
      expect(isFamilyId(text)).toBe(false);
    },
  );
});
