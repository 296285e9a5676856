/** An error whose message is one line for the user: what is wrong and how to fix it. */
export type StartupProblem = Error & { readonly name: 'StartupProblem' };

/** Creates the error to throw. Commands print its message without a stack. */
export const startupProblem = (line: string): StartupProblem =>
  Object.assign(new Error(line), { name: 'StartupProblem' as const });

/** True when a caught value's message is meant for the user. */
export const isStartupProblem = (caught: unknown): caught is StartupProblem =>
  caught instanceof Error && caught.name === 'StartupProblem';
