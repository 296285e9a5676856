/**
 * The part of CloudWatch's filter patterns that the runbooks use: JSON patterns of the form
 * `{ $.level = "ERROR" }` with `=` and `!=` on texts (`*` stands for anything) and numbers, `&&`, `||` and parentheses.
 * Source: CloudWatch Logs User Guide, "Filter pattern syntax for metric filters, subscription filters, filter log
 * events". A line that is not a JSON object never matches; neither does a comparison with a property that is missing.
 */
export type FilterPattern = (line: string) => boolean;

type Test = (event: unknown) => boolean;

const tokenPattern = /\s*(\|\||&&|!=|=|\(|\)|\$(?:\.\w+|\[\d+\])+|"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?)/y;

const tokensOf = (text: string): readonly string[] => {
  const tokens: string[] = [];
  const end = text.trimEnd().length;
  tokenPattern.lastIndex = 0;
  while (tokenPattern.lastIndex < end) {
    const at = tokenPattern.lastIndex;
    const token = tokenPattern.exec(text)?.[1];
    if (token === undefined) throw new Error(`Not a filter pattern at ${JSON.stringify(text.slice(at))}`);
    tokens.push(token);
  }
  return tokens;
};

const valueAt = (event: unknown, selector: string): unknown =>
  [...selector.matchAll(/\.(\w+)|\[(\d+)\]/g)].reduce<unknown>(
    (value, [, name, index]) =>
      typeof value === 'object' && value !== null ? Reflect.get(value, name ?? index ?? '') : undefined,
    event,
  );

const textPattern = (quoted: string): RegExp => {
  const text: string = JSON.parse(quoted);
  const escaped = text.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${escaped.join('.*')}$`, 's');
};

const equals = (literal: string): ((value: unknown) => boolean) => {
  if (!literal.startsWith('"')) return (value) => value === Number(literal);
  const pattern = textPattern(literal);
  return (value) => typeof value === 'string' && pattern.test(value);
};

const comparison = (selector: string, operator: string, literal: string): Test => {
  const isEqual = equals(literal);
  return (event) => {
    const value = valueAt(event, selector);
    return value !== undefined && isEqual(value) === (operator === '=');
  };
};

/** Reads a pattern. Throws on anything outside the part that is known. */
export const filterPattern = (text: string): FilterPattern => {
  const body = /^\s*\{(.*)\}\s*$/s.exec(text)?.[1];
  if (body === undefined) throw new Error(`Not a JSON filter pattern: ${text}`);
  const tokens = [...tokensOf(body)];
  const take = (expected?: RegExp): string => {
    const token = tokens.shift();
    if (token === undefined || (expected !== undefined && !expected.test(token))) {
      throw new Error(`Not a filter pattern: ${token ?? 'its end'} in ${text}`);
    }
    return token;
  };
  const single = (): Test => {
    if (tokens[0] !== '(') return comparison(take(/^\$/), take(/^!?=$/), take(/^["\d-]/));
    take();
    const inner = any();
    take(/^\)$/);
    return inner;
  };
  const chain = (operator: string, next: () => Test, join: (a: Test, b: Test) => Test): Test => {
    let test = next();
    while (tokens[0] === operator) {
      take();
      test = join(test, next());
    }
    return test;
  };
  const all = (): Test => chain('&&', single, (a, b) => (event) => a(event) && b(event));
  const any = (): Test => chain('||', all, (a, b) => (event) => a(event) || b(event));
  const test = any();
  if (tokens.length > 0) throw new Error(`Not a filter pattern: ${tokens[0]} in ${text}`);
  return (line) => {
    try {
      const event: unknown = JSON.parse(line);
      return typeof event === 'object' && event !== null && test(event);
    } catch {
      return false;
    }
  };
};
