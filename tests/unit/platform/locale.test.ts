import { describe, expect, it } from 'vitest';
import { localeFrom } from '../../../shared/platform/locale.ts';

describe('a language tag', () => {
  it.each([
    ['en', 'en'],
    ['es', 'es'],
    ['es-MX', 'es'],
    ['EN_us', 'en'],
    ['en-GB-oxendict', 'en'],
    ['fr-CA', undefined],
    ['english', undefined],
    ['x-es', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('%j is written to in %j', (tag, locale) => {
    expect(localeFrom(tag)).toBe(locale);
  });
});
