import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { claimDefinitions } from '../../shared/outcomes/claims/claim-definitions.ts';
import { claimHashes } from '../../shared/outcomes/claims/claim-hashes.ts';
import {
  type Contradiction,
  contradictionsIn,
  contradictionText,
} from '../../shared/outcomes/claims/contradictions/contradictions.ts';
import { linesIn } from './claim-lines.ts';

const file = 'shared/outcomes/claims/claim-definitions.ts';

const located = (found: readonly Contradiction[]): readonly string[] => {
  const text = readFileSync(join(import.meta.dirname, '../..', file), 'utf8');
  const places = found.map(({ index, field }) => ({
    path: field.split('.'),
    ...(index === undefined ? {} : { index }),
  }));
  const lines = linesIn(text, 'claimDefinitions', places);
  return found.map((contradiction, place) => `${file}:${lines[place]}: ${contradictionText(contradiction)}`);
};

/** The contradictions among the claim definitions, each with its file and line. */
export const claimComplaints = (): readonly string[] => {
  const found = contradictionsIn(claimDefinitions, claimHashes);
  return found.length === 0 ? [] : located(found);
};
