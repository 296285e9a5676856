import { Token } from 'aws-cdk-lib';
import * as z from 'zod/mini';
import { problemsOf } from '../../shared/platform/environment.ts';

/**
 * Every variable that a function's schema names, the optional ones too: leaving one out, or giving one that the
 * function does not know, is a type error.
 */
export type FunctionEnvironment<Schema extends z.ZodMiniObject> = Readonly<
  Record<Extract<keyof z.input<Schema>, string>, string>
>;

/**
 * Takes a function's name, schema and variables. Throws one line when a value that is known at synth does not
 * follow the schema; a name or address that AWS gives on deploy is not known yet.
 */
export const checkEnvironment = (
  name: string,
  schema: z.ZodMiniObject,
  environment: Readonly<Record<string, string>>,
): void => {
  const known = Object.entries(environment).filter(([, value]) => !Token.isUnresolved(value));
  const parsed = z.safeParse(z.partial(schema), Object.fromEntries(known));
  if (parsed.success) return;
  throw new Error(
    `The environment of ${name} is not what it expects: ${problemsOf(parsed.error, environment)}`,
  );
};
