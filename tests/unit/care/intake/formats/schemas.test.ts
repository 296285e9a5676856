import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import openapi from '../../../../../docs/openapi.json' with { type: 'json' };
import published from '../../../../../docs/schemas/procedure-event.v1.json' with { type: 'json' };
import { eventSchema } from '../../../../../infra/tools/event-schema.ts';
import { openApi } from '../../../../../infra/tools/openapi.ts';
import { busEvent, detail } from './samples.ts';

const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('the published schema of the event', () => {
  const ajv = new Ajv2020({ strict: false });
  formats.default(ajv);
  const validate = ajv.compile(published);
  const contact = { version: 1, eventId: 'c-1', patient: { id: 'p' }, died: true };
  const retracted = {
    version: 1,
    eventId: 'e-1',
    patient: { id: 'p' },
    procedure: { id: 'r', status: 'not-done' },
  };

  it('is the one that the code reads by; `npm run schemas` writes it', () => {
    expect(published).toEqual(asJson(eventSchema()));
  });

  it.each([
    ['a completed procedure', busEvent],
    ['a record taken back', { ...busEvent, 'detail-type': 'Procedure Corrected', detail: retracted }],
    ['news about a contact', { ...busEvent, 'detail-type': 'Contact Changed', detail: contact }],
  ])('allows %s', (_name, event) => {
    expect([validate(event), validate.errors]).toEqual([true, null]);
  });

  it.each([
    ['another version', { ...busEvent, detail: { ...detail, version: 2 } }],
    ['a contact under the wrong detail-type', { ...busEvent, detail: contact }],
    ['an unknown field', { ...busEvent, detail: { ...detail, extra: 1 } }],
    ['an address that is no text', { ...busEvent, detail: { ...detail, patient: { id: 'p', email: 1 } } }],
    ['an id with a space', { ...busEvent, detail: { ...detail, patient: { id: 'p 1' } } }],
  ])('forbids %s', (_name, event) => {
    expect(validate(event)).toBe(false);
  });
});

describe('the OpenAPI description', () => {
  it('is current; `npm run schemas` writes it', () => {
    expect(openapi).toEqual(asJson(openApi()));
  });

  it('points at components that are there', () => {
    const references = [...JSON.stringify(openapi).matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(
      ([, name]) => name,
    );
    expect(Object.keys(openapi.components.schemas)).toEqual(expect.arrayContaining(references));
    expect(references).not.toEqual([]);
  });
});
