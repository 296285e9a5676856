import * as z from 'zod';

/** Takes a setting's name and its bounds, gives the schema of it as a text; its errors are sentences. */
export const wholeNumber = (name: string, from: number, to: number) => {
  const line = `${name} must be a whole number from ${from} to ${to}.`;
  return z.coerce.number(line).int(line).min(from, line).max(to, line);
};
