import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { readEnvironment, variables } from '../../../shared/platform/environment.ts';

const good = {
  CARE_TABLE: 'care',
  DEFAULT_ZONE: 'America/New_York',
  DEFAULT_LOCALE: 'en',
  BASE_URL: 'https://care.clinic.example',
  CLINIC_NAME: 'Lakeside Clinic',
  EMAIL_FROM: 'care@clinic.example',
  SYNTHETIC: 'false',
};
const schema = z.object({
  CARE_TABLE: variables.CARE_TABLE,
  DEFAULT_ZONE: variables.DEFAULT_ZONE,
  DEFAULT_LOCALE: variables.DEFAULT_LOCALE,
  BASE_URL: variables.BASE_URL,
  CLINIC_NAME: variables.CLINIC_NAME,
  EMAIL_FROM: variables.EMAIL_FROM,
  SYNTHETIC: variables.SYNTHETIC,
  ORIGIN_SECRETS: variables.ORIGIN_SECRETS,
});

describe('the variables of a function', () => {
  it('are read, those it does not know left out', () => {
    expect(readEnvironment(schema, { ...good, PATH: '/bin' })).toEqual(good);
  });

  it.each([
    [{ CARE_TABLE: undefined }, 'CARE_TABLE is missing'],
    [{ CARE_TABLE: 'c' }, 'CARE_TABLE must have 3 characters or more'],
    [{ DEFAULT_ZONE: 'Mars/Base' }, 'DEFAULT_ZONE must be an IANA time zone such as America/New_York'],
    [{ DEFAULT_LOCALE: 'fr' }, 'DEFAULT_LOCALE must be one of en, es'],
    [{ BASE_URL: 'ftp://care.clinic.example' }, 'BASE_URL must be an http or https address'],
    [{ BASE_URL: 'https://care.clinic.example/' }, 'BASE_URL must not end with a slash'],
    [{ CLINIC_NAME: '' }, 'CLINIC_NAME must not be empty'],
    [{ EMAIL_FROM: 'care at clinic' }, 'EMAIL_FROM must be an email address'],
    [{ SYNTHETIC: 'yes' }, 'SYNTHETIC must be true or false'],
    [{ ORIGIN_SECRETS: 'short' }, 'ORIGIN_SECRETS must have 32 characters or more'],
  ])('that are wrong are named with what is wrong, never with their value: %o', (wrong, problem) => {
    expect(() => readEnvironment(schema, { ...good, ...wrong })).toThrow(
      new Error(`Environment: ${problem}`),
    );
  });

  it('are read at their shortest', () => {
    const shortest = {
      ...good,
      CARE_TABLE: 'abc',
      CLINIC_NAME: 'L',
      ORIGIN_SECRETS: 'x'.repeat(32),
    };
    expect(readEnvironment(schema, shortest)).toEqual(shortest);
    const others = z.pick(z.object(variables), {
      OUTCOMES_TABLE: true,
      CLINIC_PHONE: true,
      CLINIC_SENDER_NAME: true,
    });
    const shortestOthers = { OUTCOMES_TABLE: 'abc', CLINIC_PHONE: '1', CLINIC_SENDER_NAME: 'L' };
    expect(readEnvironment(others, shortestOthers)).toEqual(shortestOthers);
  });

  it('that are wrong are all named at once', () => {
    expect(() => readEnvironment(schema, { ...good, CARE_TABLE: undefined, CLINIC_NAME: '' })).toThrow(
      new Error('Environment: CARE_TABLE is missing; CLINIC_NAME must not be empty'),
    );
  });
});
