import { type CodeSystem, codeMap, type ProcedureCode } from '../../../../protocol/code-map.ts';

/** Names and URIs of the code systems, as `bareSystem` writes them. The last is for sources that name our families. */
const systems: ReadonlyMap<string, CodeSystem> = new Map([
  ['cpt', 'CPT'],
  ['cpt4', 'CPT'],
  ['cpt-4', 'CPT'],
  ['www.ama-assn.org/go/cpt', 'CPT'],
  ['urn:oid:2.16.840.1.113883.6.12', 'CPT'],
  ['hcpcs', 'HCPCS'],
  ['www.cms.gov/medicare/coding/hcpcsreleasecodesets', 'HCPCS'],
  ['terminology.hl7.org/codesystem/hcpcs-all-codes', 'HCPCS'],
  ['urn:oid:2.16.840.1.113883.6.285', 'HCPCS'],
  ['snomed', 'SNOMED'],
  ['snomedct', 'SNOMED'],
  ['snomed ct', 'SNOMED'],
  ['sct', 'SNOMED'],
  ['snomed.info/sct', 'SNOMED'],
  ['urn:oid:2.16.840.1.113883.6.96', 'SNOMED'],
  ['local', 'LOCAL'],
  ['aftercare.example/fhir/codesystem/procedure', 'LOCAL'],
]);

/** Without case, `http` or `https`, and slashes at the end: systems differ in these by mistake only. */
export const bareSystem = (text: string): string => {
  let bare = text.toLowerCase().replace(/^https?:\/\//, '');
  while (bare.endsWith('/')) bare = bare.slice(0, -1);
  return bare;
};

/** Returns the code system that a source means by a name or a URI, or undefined for one that we do not read. */
export const codeSystemOf = (text: string): CodeSystem | undefined => systems.get(bareSystem(text));

const shapes: readonly (readonly [CodeSystem, RegExp])[] = [
  ['CPT', /^\d{4}[0-9A-Z]$/i],
  ['HCPCS', /^[A-Z]\d{4}$/i],
];

const billingSystemOf = (code: string): CodeSystem | undefined =>
  shapes.find(([, shape]) => shape.test(code))?.[0];

const modifierShape = /^[A-Z0-9]{2}$/i;

const anyCode = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** A claim line has four modifiers; twice that is room for both ways of writing them. */
const maxModifiers = 8;

export type ReadCode =
  | { readonly outcome: 'read'; readonly code: ProcedureCode }
  | { readonly outcome: 'unreadable'; readonly part: 'code' | 'modifiers'; readonly message: string };

const unreadable = (part: 'code' | 'modifiers', message: string): ReadCode => ({
  outcome: 'unreadable',
  part,
  message,
});

const readBillingCode = (text: string, given: readonly string[]): ReadCode => {
  const [code = '', ...behind] = text.split('-');
  const system = billingSystemOf(code);
  if (system === undefined) {
    return unreadable(
      'code',
      'must be a billing code of five characters, with any modifiers behind hyphens: 64493-50',
    );
  }
  if (!behind.every((modifier) => modifierShape.test(modifier))) {
    return unreadable(
      'code',
      'must have modifiers of two letters or digits behind its hyphens, and nothing else',
    );
  }
  const modifiers = [...behind, ...given];
  return modifiers.length > maxModifiers
    ? unreadable('modifiers', `must not be more than ${maxModifiers}`)
    : { outcome: 'read', code: { system, code, modifiers } };
};

/**
 * Reads one code with its modifiers, behind hyphens (`64493-KX-50`) or on their own. Nothing behind the hyphen of a
 * billing code is passed over: what cannot be read makes the whole code unreadable, for a modifier may turn a
 * treatment into a diagnostic block. The form of a billing code tells CPT from HCPCS, whichever was named.
 */
export const readCode = (system: CodeSystem, text: string, modifiers: readonly string[] = []): ReadCode => {
  if (!modifiers.every((modifier) => modifierShape.test(modifier))) {
    return unreadable('modifiers', 'must be two letters or digits each');
  }
  if (system === 'CPT' || system === 'HCPCS') return readBillingCode(text, modifiers);
  return anyCode.test(text)
    ? { outcome: 'read', code: { system, code: text, modifiers } }
    : unreadable('code', 'must be a code of letters, digits and . _ -');
};

const isLocalCode = (text: string): boolean =>
  codeMap.some(({ system, code }) => system === 'LOCAL' && code.toLowerCase() === text.toLowerCase());

/** Six to 18 digits, of which the last but one and two say that it identifies a concept. */
const snomedConcept = /^[1-9]\d{2,14}[01]0\d$/;

/** Returns the system of a code that stands alone, by its form; a code of ours by the code map. */
export const systemByForm = (text: string): CodeSystem | undefined => {
  const [code = ''] = text.split('-');
  return (
    billingSystemOf(code) ??
    (snomedConcept.test(text) ? 'SNOMED' : undefined) ??
    (isLocalCode(text) ? 'LOCAL' : undefined)
  );
};
