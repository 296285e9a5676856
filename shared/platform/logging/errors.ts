/** Frames kept of a stack: enough to find the place, few enough for one log line. */
const maxFrames = 12;

const vouchedFor = new WeakSet<Error>();

/**
 * Creates an error whose message may be logged and put into a dead letter: it names paths, codes and counts, and holds
 * nothing that was sent to us. Messages of all other errors are treated as if they held a patient's data.
 */
export const failure = (message: string): Error => {
  const error = new Error(message);
  vouchedFor.add(error);
  return error;
};

/** The lines `at …` of a stack. V8 puts the message before them, which may itself look like a frame. */
const framesOf = ({ stack = '', message }: Error): string => {
  const end = stack.indexOf(message);
  return end === -1
    ? ''
    : stack
        .slice(end + message.length)
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line.startsWith('at '))
        .slice(0, maxFrames)
        .join('\n');
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** The paths of a zod error's issues. Its message may quote what was parsed. */
const pathsOf = (error: Error): string | undefined => {
  const issues = 'issues' in error ? error.issues : undefined;
  if (!Array.isArray(issues)) return undefined;
  const paths = issues.map((issue: unknown) =>
    isRecord(issue) && Array.isArray(issue['path']) ? issue['path'].join('.') : '',
  );
  return [...new Set(paths)].join(', ');
};

/** What the log may say about an error. */
export type ErrorFields = { readonly error: string; readonly stack: string; readonly paths?: string };

/** Returns an error's name, its stack frames and, of a failed parse, the paths: never its message. */
export const errorFields = (error: unknown): ErrorFields => {
  if (!(error instanceof Error)) return { error: 'unknown', stack: '' };
  const paths = pathsOf(error);
  return { error: error.name, stack: framesOf(error), ...(paths === undefined ? {} : { paths }) };
};

/** Returns the message of an error that `failure` created. */
export const reasonOf = (error: unknown): string | undefined =>
  error instanceof Error && vouchedFor.has(error) ? error.message : undefined;

/**
 * Returns the error to throw to Lambda, which logs its message, its stack and its own properties and copies the message
 * into a dead letter: the same error where `failure` created it, else one that says only what `errorFields` does.
 */
export const withoutData = (error: unknown): Error => {
  if (error instanceof Error && vouchedFor.has(error)) return error;
  const { error: name, stack, paths } = errorFields(error);
  const bare = new Error(paths === undefined ? name : `${name} at ${paths}`);
  bare.name = name;
  bare.stack = `${name}: ${bare.message}\n${stack}`;
  return bare;
};
