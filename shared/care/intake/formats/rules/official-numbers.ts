import { bareSystem } from './codes.ts';

/**
 * Systems of numbers that a government or an insurer gives to a person, as `bareSystem` writes them: by HL7's own names
 * and by the roots of their OIDs. Source: terminology.hl7.org (Identifier Systems) and the HL7 OID registry, from memory.
 */
const systems: readonly RegExp[] = [
  /^hl7\.org\/fhir\/sid\/(us-ssn|us-mbi|us-medicare|us-medicaid|us-itin|passport|ca-hcn|driver)/,
  // US social security, Medicare (MBI, HICN), driver licences of the states, passports of all countries.
  /^urn:oid:2\.16\.840\.1\.113883\.4\.(1|927|572|3\.\d+|330(\.\d+)?)$/,
  /(^|[^a-z])(ssn|socialsecurity|social-security|passport(number)?|driver-?s?-?licen[cs]e|medicare|medicaid|mbi|insurance|member-?id|subscriber-?id)([^a-z]|$)/,
  /^fhir\.nhs\.uk\/id\/nhs-number$/,
];

/**
 * HL7 v2-0203 types of such numbers, and of numbers that stand for something else than a person: an account, a visit, an
 * order, a card.
 */
const types: ReadonlySet<string> = new Set([
  ...[
    'SS',
    'SB',
    'NI',
    'NNUSA',
    'NH',
    'NPI',
    'PPN',
    'DP',
    'DL',
    'MI',
    'PRC',
    'VS',
    'SP',
    'CZ',
    'TAX',
    'BR',
    'BCT',
  ],
  ...[
    'DC',
    'JHN',
    'HC',
    'MA',
    'MB',
    'MC',
    'MS',
    'SN',
    'SNO',
    'RRI',
    'RR',
    'PEN',
    'WC',
    'XV',
    'PNT',
    'IND',
    'TN',
  ],
  ...[
    'AN',
    'ANC',
    'AND',
    'VN',
    'PLAC',
    'FILL',
    'ACSN',
    'ASID',
    'BA',
    'BC',
    'AM',
    'DI',
    'DS',
    'EI',
    'GN',
    'WP',
    'LN',
  ],
]);

const namesOfTypes =
  /social security|passport|driver'?s? licen[cs]e|medicare|medicaid|insurance|subscriber|member (id|number)/i;

type Identifier = {
  readonly system?: string;
  readonly type?: {
    readonly coding?: readonly { readonly code?: string; readonly display?: string }[];
    readonly text?: string;
  };
};

/** True for an identifier that must not become the id of a patient, by its system or by its type. */
export const isOfficialNumber = ({ system = '', type }: Identifier): boolean => {
  const bare = bareSystem(system);
  const { coding = [], text = '' } = type ?? {};
  return (
    systems.some((pattern) => pattern.test(bare)) ||
    coding.some(
      ({ code = '', display = '' }) => types.has(code.toUpperCase()) || namesOfTypes.test(display),
    ) ||
    namesOfTypes.test(text)
  );
};

/** True for the name of a system whose values are never taken, so that no setting may name it. */
export const isOfficialSystem = (system: string): boolean => isOfficialNumber({ system });
