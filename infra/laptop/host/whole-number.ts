import * as z from 'zod';

/** Schema of a whole number given as text, `min` to `max` inclusive. Its error is a sentence with the setting's name. */
export const wholeNumber = (name: string, min: number, max: number) => {
  const message = `${name} must be a whole number from ${min} to ${max}.`;
  return z.coerce.number(message).int(message).min(min, message).max(max, message);
};
