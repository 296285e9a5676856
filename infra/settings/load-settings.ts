import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { type StageSettings, stageNamePattern, stageSettingsSchema } from './stage-settings.ts';

/** A stage with its settings. */
export type Stage = { readonly name: string; readonly settings: StageSettings };

/** The stages, or one sentence about what is wrong with the request or with the file. */
export type LoadedStages =
  | { readonly outcome: 'loaded'; readonly stages: readonly Stage[] }
  | { readonly outcome: 'refused'; readonly problem: string };

const refused = (problem: string): LoadedStages => ({ outcome: 'refused', problem });

const fileSchema = z.record(z.string(), z.unknown());

const sentence = ({ code, path, message, ...issue }: z.core.$ZodIssue): string =>
  code === 'unrecognized_keys' && 'keys' in issue
    ? `${[...path, String(issue.keys)].join('.')} is no setting`
    : `${path.join('.')} ${message}`;

/** Reads the requested stage (all of them when undefined) from a parsed settings file. */
export const readStages = (raw: unknown, wanted: string | undefined): LoadedStages => {
  const file = fileSchema.safeParse(raw);
  if (!file.success) return refused('Settings: the file must hold an object with a stage under each name.');
  const names = Object.keys(file.data);
  if (wanted !== undefined && !names.includes(wanted)) {
    return refused(`Settings: there is no stage "${wanted}"; there are ${names.join(', ')}.`);
  }
  const stages: Stage[] = [];
  for (const name of wanted === undefined ? names : [wanted]) {
    if (!stageNamePattern.test(name)) return refused(`Settings: "${name}" cannot be the name of a stage.`);
    const settings = stageSettingsSchema.safeParse(file.data[name]);
    if (!settings.success) {
      return refused(`Settings, stage ${name}: ${settings.error.issues.map(sentence).join('; ')}.`);
    }
    stages.push({ name, settings: settings.data });
  }
  return { outcome: 'loaded', stages };
};

/** Loads the requested stage (all of them when undefined) from a settings file. */
export const loadStages = (path: string, wanted: string | undefined): LoadedStages => {
  try {
    return readStages(JSON.parse(readFileSync(path, 'utf8')), wanted);
  } catch (error) {
    const why = error instanceof SyntaxError ? 'is not JSON' : 'cannot be read';
    return refused(`Settings: the file ${path} ${why}.`);
  }
};
