import type { Expression, Node, SourceFile } from 'typescript/unstable/ast';
import {
  isArrayLiteralExpression,
  isAsExpression,
  isIdentifier,
  isObjectLiteralExpression,
  isPropertyAssignment,
  isSatisfiesExpression,
  isSpreadAssignment,
  isSpreadElement,
  isStringLiteral,
  isVariableStatement,
} from 'typescript/unstable/ast/is';
import { withSource } from './parsed-source.ts';

type Variables = ReadonlyMap<string, Expression>;

const variablesOf = (source: SourceFile): Variables =>
  new Map(
    source.statements
      .filter(isVariableStatement)
      .flatMap(({ declarationList }) => [...declarationList.declarations])
      .flatMap(({ name, initializer }) =>
        isIdentifier(name) && initializer !== undefined ? [[name.text, initializer] as const] : [],
      ),
  );

/** Takes an expression, gives the value that is written out: without `as const`, at the end of a name. */
const writtenOut = (expression: Expression, variables: Variables): Expression => {
  if (isAsExpression(expression) || isSatisfiesExpression(expression)) {
    return writtenOut(expression.expression, variables);
  }
  const named = isIdentifier(expression) ? variables.get(expression.text) : undefined;
  return named === undefined ? expression : writtenOut(named, variables);
};

const elementsOf = (list: Expression, variables: Variables): readonly Expression[] => {
  const written = writtenOut(list, variables);
  if (!isArrayLiteralExpression(written)) return [];
  return [...written.elements].flatMap((element) =>
    isSpreadElement(element) ? elementsOf(element.expression, variables) : [element],
  );
};

/** Where a property is written, in the object itself or in one that it spreads; the last one holds. */
const propertyIn = (
  object: Expression,
  name: string,
  variables: Variables,
): { readonly at: Node; readonly value: Expression } | undefined => {
  const written = writtenOut(object, variables);
  if (!isObjectLiteralExpression(written)) return undefined;
  return [...written.properties]
    .flatMap((property) => {
      if (isSpreadAssignment(property)) return propertyIn(property.expression, name, variables) ?? [];
      const isIt =
        isPropertyAssignment(property) &&
        (isIdentifier(property.name) || isStringLiteral(property.name)) &&
        property.name.text === name;
      return isIt ? { at: property, value: property.initializer } : [];
    })
    .at(-1);
};

/** The deepest part of the path that is written anywhere: for a text that is missing, the texts it is missing from. */
const deepest = (object: Expression, path: readonly string[], variables: Variables): Node => {
  const [name, ...rest] = path;
  const found = name === undefined ? undefined : propertyIn(object, name, variables);
  if (found === undefined) return object;
  const inner = rest.length === 0 ? found.value : deepest(found.value, rest, variables);
  return inner === found.value ? found.at : inner;
};

/** A place in a list of objects: the position of the object, and the path of its property. */
export type ListPlace = { readonly index?: number; readonly path: readonly string[] };

/**
 * Takes the text of a module, the name of a list of objects in it and places in that list, gives the line of each,
 * counted from 1: where the property is written, be it in an object that is spread. What is not written anywhere has
 * the line of what it is missing from.
 */
export const linesIn = (text: string, list: string, places: readonly ListPlace[]): readonly number[] =>
  withSource(text, (source) => {
    const variables = variablesOf(source);
    const whole = variables.get(list);
    if (whole === undefined) throw new Error(`There is no ${list}`);
    const elements = elementsOf(whole, variables);
    return places.map(({ index, path }) => {
      const element = index === undefined ? undefined : elements[index];
      const node = element === undefined ? whole : deepest(element, path, variables);
      return source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
    });
  });
