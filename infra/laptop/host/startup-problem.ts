/** An error whose message is one line for the person who started the runner: what is wrong and the way out. */
export type StartupProblem = Error & { readonly name: 'StartupProblem' };

/** Takes the line to show, gives the error to throw. The runner prints the message and no stack. */
export const startupProblem = (line: string): StartupProblem =>
  Object.assign(new Error(line), { name: 'StartupProblem' as const });

/** Takes anything caught, says whether its message is meant to be shown as it is. */
export const isStartupProblem = (caught: unknown): caught is StartupProblem =>
  caught instanceof Error && caught.name === 'StartupProblem';
