import { describe, expect, it } from 'vitest';
import {
  type CodeSystem,
  codeMap,
  familiesOf,
  type ProcedureCode,
} from '../../../shared/protocol/code-map.ts';

const code = (text: string, system: CodeSystem = 'CPT', ...modifiers: string[]): ProcedureCode => ({
  system,
  code: text,
  modifiers,
});

const cpt = (...texts: string[]): ProcedureCode[] => texts.map((text) => code(text));

const day = '2026-03-08';

/** Written a second time: a digit too few would leave a clinic's patients without follow-up, and nobody would miss it. */
const meanings = `
CPT 64490 facet-joint-injection primary shared from 2017-01-01
CPT 64491 facet-joint-injection add-on shared from 2017-01-01
CPT 64492 facet-joint-injection add-on shared from 2017-01-01
CPT 64493 facet-joint-injection primary shared from 2017-01-01
CPT 64494 facet-joint-injection add-on shared from 2017-01-01
CPT 64495 facet-joint-injection add-on shared from 2017-01-01
CPT 62320 epidural-steroid-injection primary from 2017-01-01
CPT 62321 epidural-steroid-injection primary from 2017-01-01
CPT 62322 epidural-steroid-injection primary from 2017-01-01
CPT 62323 epidural-steroid-injection primary from 2017-01-01
CPT 64479 epidural-steroid-injection primary from 2017-01-01
CPT 64480 epidural-steroid-injection add-on from 2017-01-01
CPT 64483 epidural-steroid-injection primary from 2017-01-01
CPT 64484 epidural-steroid-injection add-on from 2017-01-01
CPT 64633 facet-radiofrequency-ablation primary from 2017-01-01
CPT 64634 facet-radiofrequency-ablation add-on from 2017-01-01
CPT 64635 facet-radiofrequency-ablation primary from 2017-01-01
CPT 64636 facet-radiofrequency-ablation add-on from 2017-01-01
CPT 0275T mild primary from 2017-01-01 until 2026-12-31
CPT 62330 mild primary from 2025-07-01
CPT 62331 mild primary from 2025-07-01
LOCAL facet-joint-injection facet-joint-injection primary from 2017-01-01
LOCAL epidural-steroid-injection epidural-steroid-injection primary from 2017-01-01
LOCAL mild mild primary from 2017-01-01
LOCAL facet-radiofrequency-ablation facet-radiofrequency-ablation primary from 2017-01-01
LOCAL diagnostic-block diagnostic primary from 2017-01-01
`;

describe('the code map', () => {
  it('gives each code the meaning written here', () => {
    const lines = codeMap.map(({ system, code: text, family, role, sharedWithDiagnostic, from, until }) =>
      [
        system,
        text,
        family,
        role,
        ...(sharedWithDiagnostic ? ['shared'] : []),
        `from ${from}`,
        ...(until === undefined ? [] : [`until ${until}`]),
      ].join(' '),
    );
    expect(lines).toEqual(meanings.trim().split('\n'));
  });
});

describe('familiesOf', () => {
  it.each([
    ['64490', 'facet-joint-injection'],
    ['64493', 'facet-joint-injection'],
    ['62321', 'epidural-steroid-injection'],
    ['64483', 'epidural-steroid-injection'],
    ['64635', 'facet-radiofrequency-ablation'],
    ['0275T', 'mild'],
    ['0275t', 'mild'],
    ['62330', 'mild'],
  ])('starts the family of a primary code: %s', (text, family) => {
    expect(familiesOf(cpt(text), 'therapeutic', day)).toEqual({ families: [family], ignored: [] });
  });

  it.each(codeMap.filter(({ role }) => role === 'add-on'))(
    'starts nothing from an add-on alone: $code',
    (rule) => {
      expect(familiesOf(cpt(rule.code), 'therapeutic', day)).toEqual({
        families: [],
        ignored: ['add-on-only'],
      });
    },
  );

  it('does not mention an add-on beside its primary code', () => {
    expect(familiesOf(cpt('64493', '64494', '64495'), 'therapeutic', day)).toEqual({
      families: ['facet-joint-injection'],
      ignored: [],
    });
  });

  it('mentions an add-on of another family', () => {
    expect(familiesOf(cpt('62323', '64494'), 'therapeutic', day)).toEqual({
      families: ['epidural-steroid-injection'],
      ignored: ['add-on-only'],
    });
  });

  it('does not take a facet code for an injection when nobody says what it was for', () => {
    expect(familiesOf(cpt('64493'), undefined, day)).toEqual({ families: [], ignored: ['intent-unknown'] });
  });

  it('needs no purpose for a code that bills one thing only', () => {
    expect(familiesOf(cpt('62323'), undefined, day).families).toEqual(['epidural-steroid-injection']);
  });

  it.each(codeMap.filter((rule) => rule.sharedWithDiagnostic))(
    'ignores a diagnostic block billed with $code',
    (rule) => {
      expect(familiesOf(cpt(rule.code), 'diagnostic', day).ignored).toEqual(['diagnostic-block']);
      expect(familiesOf([code(rule.code, 'CPT', 'kx')], 'therapeutic', day)).toEqual({
        families: [],
        ignored: ['diagnostic-block'],
      });
    },
  );

  it('does not read KX as diagnostic where the code is not shared', () => {
    expect(familiesOf([code('64483', 'CPT', 'KX')], undefined, day).families).toHaveLength(1);
  });

  it('lets one diagnostic line keep its family out, and no other', () => {
    const codes = [code('64490'), code('64493', 'CPT', 'KX'), code('62323')];
    expect(familiesOf(codes, 'therapeutic', day)).toEqual({
      families: ['epidural-steroid-injection'],
      ignored: ['diagnostic-block'],
    });
  });

  it.each(['53', '73', '74'])('starts nothing for a procedure given up: modifier %s', (modifier) => {
    expect(familiesOf([code('62323', 'CPT', modifier)], undefined, day)).toEqual({
      families: [],
      ignored: ['not-completed'],
    });
    expect(familiesOf([code('64493', 'CPT', modifier), code('64494')], 'therapeutic', day)).toEqual({
      families: [],
      ignored: ['not-completed'],
    });
    expect(familiesOf([code('62323', 'CPT', modifier), code('62323')], undefined, day).families).toEqual([
      'epidural-steroid-injection',
    ]);
  });

  it.each(['52', '50', '59', 'LT'])('starts for a procedure that was done: modifier %s', (modifier) => {
    expect(familiesOf([code('62323', 'CPT', modifier)], undefined, day).families).toHaveLength(1);
  });

  it('calls a diagnostic block that was given up a diagnostic block', () => {
    expect(familiesOf([code('64493', 'CPT', 'KX', '53')], undefined, day).ignored).toEqual([
      'diagnostic-block',
    ]);
  });

  it("believes the clinic's own code for what was done, and for what it was for", () => {
    expect(familiesOf([code('64493'), code('facet-joint-injection', 'LOCAL')], undefined, day)).toEqual({
      families: ['facet-joint-injection'],
      ignored: [],
    });
    expect(familiesOf([code('62323'), code('diagnostic-block', 'LOCAL')], 'therapeutic', day)).toEqual({
      families: [],
      ignored: ['diagnostic-block'],
    });
  });

  it.each([
    ['the blinded trial code', code('G0276', 'HCPCS')],
    ['the neck and chest counterpart', code('0274T')],
    ['a right number in a wrong system', code('64493', 'HCPCS')],
    ['a number nobody knows', code('99999')],
  ])('ignores %s as unknown', (_name, unknown) => {
    expect(familiesOf([unknown], 'therapeutic', day)).toEqual({ families: [], ignored: ['unknown-code'] });
  });

  it('calls a report without any code unknown', () => {
    expect(familiesOf([], 'therapeutic', day)).toEqual({ families: [], ignored: ['unknown-code'] });
  });

  it.each([
    ['0275T', '2025-12-31', true],
    ['0275T', '2026-12-31', true],
    ['0275T', '2027-01-01', false],
    ['62330', '2025-06-30', false],
    ['62330', '2025-07-01', true],
    ['62331', '2026-01-01', true],
  ] as const)('understands %s on %s: %s', (text, on, understood) => {
    expect(familiesOf(cpt(text), undefined, on)).toEqual(
      understood ? { families: ['mild'], ignored: [] } : { families: [], ignored: ['not-in-effect'] },
    );
  });

  it('gives each family once, in the order of the codes', () => {
    expect(familiesOf(cpt('62323', '62323', '64635', '64483'), undefined, day).families).toEqual([
      'epidural-steroid-injection',
      'facet-radiofrequency-ablation',
    ]);
  });

  it('has every code once in each system and time', () => {
    const keys = codeMap.map((rule) => `${rule.system} ${rule.code}`);
    expect(new Set(keys).size).toBe(keys.length);
  });
});
