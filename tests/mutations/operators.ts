import type { Node, SourceFile } from 'typescript/unstable/ast';
import {
  isArrayLiteralExpression,
  isBinaryExpression,
  isConditionalExpression,
  isExportDeclaration,
  isExpressionStatement,
  isFalseLiteral,
  isIdentifier,
  isIfStatement,
  isImportDeclaration,
  isJsxAttribute,
  isNumericLiteral,
  isObjectLiteralExpression,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  isStringLiteral,
  isTrueLiteral,
  isTypeNode,
} from 'typescript/unstable/ast/is';

/** The text from `start` to `end` becomes `to`. */
export type Edit = { readonly start: number; readonly end: number; readonly to: string };

/** Replacements of operators, of method names and of the words that infrastructure is written in. */
const opposites: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '<': '<=',
    '<=': '<',
    '>': '>=',
    '>=': '>',
    '===': '!==',
    '!==': '===',
    '&&': '||',
    '||': '&&',
    '??': '&&',
    '+': '-',
    '-': '+',
    '*': '/',
    '/': '*',
    '%': '*',
    some: 'every',
    every: 'some',
    min: 'max',
    max: 'min',
    floor: 'ceil',
    ceil: 'floor',
    true: 'false',
    false: 'true',
    seconds: 'minutes',
    minutes: 'hours',
    hours: 'days',
    days: 'hours',
    ALLOW: 'DENY',
    DENY: 'ALLOW',
    RETAIN: 'DESTROY',
    DESTROY: 'RETAIN',
    BREACHING: 'NOT_BREACHING',
    NOT_BREACHING: 'BREACHING',
    IGNORE: 'BREACHING',
    GREATER_THAN_THRESHOLD: 'LESS_THAN_THRESHOLD',
    GREATER_THAN_OR_EQUAL_TO_THRESHOLD: 'GREATER_THAN_THRESHOLD',
    LESS_THAN_THRESHOLD: 'GREATER_THAN_THRESHOLD',
    LESS_THAN_OR_EQUAL_TO_THRESHOLD: 'LESS_THAN_THRESHOLD',
    SUM: 'AVERAGE',
    AVERAGE: 'MAXIMUM',
    MAXIMUM: 'AVERAGE',
    MINIMUM: 'MAXIMUM',
  }),
);

type Replace = (node: Node, to: string) => Edit;

/** A key, a header, an address or a kind. A string with a space in it is prose, which other checks read. */
const isWord = (text: string): boolean => text.length > 1 && !/\s/.test(text);

/** Each member of a list or an object goes, one at a time. The only member stays. */
const removals = (members: readonly Node[], source: SourceFile): readonly Edit[] =>
  members.map((member, place) => {
    const next = members[place + 1];
    const before = members[place - 1];
    if (next !== undefined) return { start: member.getStart(source), end: next.getStart(source), to: '' };
    return { start: before?.end ?? member.getStart(source), end: member.end, to: '' };
  });

/** Types and the names of modules leave nothing behind at run time; a class in the markup is looked at in pictures. */
const isLeftAlone = (node: Node, textOf: (node: Node) => string): boolean =>
  isTypeNode(node) ||
  isImportDeclaration(node) ||
  isExportDeclaration(node) ||
  (isJsxAttribute(node) && textOf(node.name) === 'class');

const editsAt = (node: Node, source: SourceFile, textOf: (node: Node) => string): readonly Edit[] => {
  const replace: Replace = (changed, to) => ({ start: changed.getStart(source), end: changed.end, to });
  const opposite = (changed: Node): readonly Edit[] => {
    const to = opposites.get(textOf(changed));
    return to === undefined ? [] : [replace(changed, to)];
  };
  if (isBinaryExpression(node)) return opposite(node.operatorToken);
  if (isNumericLiteral(node)) return [replace(node, String(Number(node.text.replaceAll('_', '')) + 1))];
  if (isStringLiteral(node)) return isWord(node.text) ? [replace(node, `'${node.text.slice(1)}'`)] : [];
  if (isTrueLiteral(node) || isFalseLiteral(node)) return opposite(node);
  if (isPrefixUnaryExpression(node))
    return textOf(node).startsWith('!') ? [replace(node, textOf(node.operand))] : [];
  if (isConditionalExpression(node)) return [replace(node.condition, `!(${textOf(node.condition)})`)];
  if (isIfStatement(node)) return [replace(node.expression, `!(${textOf(node.expression)})`)];
  if (isPropertyAccessExpression(node)) return isIdentifier(node.name) ? opposite(node.name) : [];
  if (isExpressionStatement(node)) return [replace(node, ';')];
  if (isObjectLiteralExpression(node) && node.properties.length > 1) return removals(node.properties, source);
  if (isArrayLiteralExpression(node) && node.elements.length > 1) return removals(node.elements, source);
  return [];
};

/** Every edit of a module: at the node and below it. */
export const editsIn = (node: Node, source: SourceFile): readonly Edit[] => {
  const textOf = (part: Node): string => source.text.slice(part.getStart(source), part.end);
  const within = (part: Node): readonly Edit[] => {
    if (isLeftAlone(part, textOf)) return [];
    const found: Edit[] = [...editsAt(part, source, textOf)];
    part.forEachChild((child) => {
      found.push(...within(child));
      return undefined;
    });
    return found;
  };
  return within(node);
};
