/** A place in a list of objects: the position of the object, and the path of its property. */
export type ListPlace = { readonly index?: number; readonly path: readonly string[] };

const token =
  /'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|`[^`]*`|\/\/.*|\/\*[\s\S]*?\*\/|[[{(\])},]|[^\s'"`[{(\])},/]+|\//g;

/** The offsets of the elements or properties of the literal that opens at `open`; none if no bracket does. */
const partsAt = (text: string, open: number): readonly number[] => {
  const parts: number[] = [];
  let depth = 0;
  let isBetween = false;
  for (const { 0: found, index } of text.slice(open).matchAll(token)) {
    if (/^\/[/*]/.test(found)) continue;
    if (/^[\])}]/.test(found)) depth -= 1;
    if (depth === 0 && !/^[[{(]/.test(found)) return parts;
    if (isBetween && depth > 0) parts.push(open + index);
    if (/^[[{(]/.test(found)) depth += 1;
    isBetween = depth === 1 && /^[[{(,]/.test(found);
  }
  return parts;
};

/** The offset of the value of a constant; undefined if there is none of the name. */
const constantIn = (text: string, name: string): number | undefined => {
  const found = new RegExp(`\\bconst ${name}\\b[^=]*=\\s*`).exec(text);
  return found === null ? undefined : found.index + found[0].length;
};

/** The offset of a value: where a name stands, that of the constant with the name. */
const valueAt = (text: string, offset: number): number => {
  const name = /^[A-Za-z_$][\w$]*/.exec(text.slice(offset))?.[0];
  return (name === undefined ? undefined : constantIn(text, name)) ?? offset;
};

const elementsAt = (text: string, list: number): readonly number[] =>
  partsAt(text, valueAt(text, list)).flatMap((part) =>
    text.startsWith('...', part) ? elementsAt(text, part + 3) : [part],
  );

/** Where a property is written, in the object itself or in one that it spreads. The last one holds. */
const propertyAt = (
  text: string,
  object: number,
  name: string,
): { readonly at: number; readonly value: number } | undefined =>
  partsAt(text, valueAt(text, object))
    .flatMap((part) => {
      if (text.startsWith('...', part)) return propertyAt(text, part + 3, name) ?? [];
      const key = new RegExp(`^(['"]?)${name}\\1\\s*:\\s*`).exec(text.slice(part));
      return key === null ? [] : { at: part, value: part + key[0].length };
    })
    .at(-1);

/** The offset of a property, or of the innermost object on the path that is there if the rest is missing. */
const offsetOf = (text: string, object: number, [name, ...rest]: readonly string[]): number => {
  const found = name === undefined ? undefined : propertyAt(text, object, name);
  if (found === undefined) return object;
  const inner = offsetOf(text, found.value, rest);
  return inner === found.value ? found.at : inner;
};

/**
 * The lines, counted from 1, at which places in a list of objects are written in a module. Follows spreads and the names
 * of constants, which is all that claim definitions use. A missing property has the line of the object that lacks it,
 * a missing object that of the list.
 */
export const linesIn = (text: string, list: string, places: readonly ListPlace[]): readonly number[] => {
  const whole = constantIn(text, list);
  if (whole === undefined) throw new Error(`There is no ${list}`);
  const elements = elementsAt(text, whole);
  return places.map(({ index, path }) => {
    const element = index === undefined ? undefined : elements[index];
    const offset = element === undefined ? whole : offsetOf(text, element, path);
    return text.slice(0, offset).split('\n').length;
  });
};
