/**
 * Returns a copy without the properties that are undefined. Spread it where optional properties depend on a value:
 * `{ id, ...present({ note }) }` has a `note` only when there is one, as `exactOptionalPropertyTypes` asks.
 */
export const present = <Properties extends object>(
  properties: {
    readonly [Key in keyof Properties]: Properties[Key] | undefined;
  },
): Partial<Properties> => {
  const result: Partial<Properties> = {};
  for (const key in properties) {
    const value = properties[key];
    if (value !== undefined) result[key] = value;
  }
  return result;
};
