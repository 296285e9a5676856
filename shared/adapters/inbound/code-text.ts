import type { CodeSystem, ProcedureCode } from '../../domain/procedure-report.ts';

const billing: readonly CodeSystem[] = ['CPT', 'HCPCS'];

/**
 * Takes a code as text with its modifiers behind hyphens (`64493-KX-50`), gives them apart. Only billing codes
 * have modifiers; a hyphen in another code is part of it.
 */
export const codeWithModifiers = (system: CodeSystem, text: string): ProcedureCode => {
  const [code = '', ...modifiers] = text.split('-');
  return billing.includes(system)
    ? { system, code, modifiers: modifiers.filter((modifier) => /^[A-Za-z0-9]{2}$/.test(modifier)) }
    : { system, code: text, modifiers: [] };
};
