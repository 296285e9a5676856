import { Token } from 'aws-cdk-lib';
import * as z from 'zod/mini';
import { problemsOf } from '../../shared/platform/environment.ts';
import type { FunctionManifest } from '../../shared/platform/function-manifest.ts';

/**
 * Throws one line that names each variable which is missing or does not follow the function's schema. A name or
 * address that AWS assigns on deployment is a token at synth: its value is not checked.
 */
export const checkEnvironment = (
  { name, environment: schema }: Pick<FunctionManifest, 'name' | 'environment'>,
  environment: Readonly<Record<string, string>>,
): void => {
  const parsed = z.safeParse(schema, environment);
  if (parsed.success) return;
  const issues = parsed.error.issues.filter(({ path }) => {
    const value = environment[path.join('.')];
    return value === undefined || !Token.isUnresolved(value);
  });
  if (issues.length === 0) return;
  const problems = problemsOf(new z.core.$ZodError(issues), environment);
  throw new Error(`The environment of ${name} is not what it expects: ${problems}.`);
};
