import type { Node, SourceFile } from 'typescript/unstable/ast';
import {
  isBinaryExpression,
  isConditionalExpression,
  isIdentifier,
  isIfStatement,
  isNumericLiteral,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  isTypeNode,
} from 'typescript/unstable/ast/is';
import { fromSources } from '../support/sources/parsed-source.ts';

/** One change to a text: the characters from `start` to `end` become `to`. */
export type Mutant = {
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly from: string;
  readonly to: string;
};

/** Replacements of operators and of method names. */
const opposites: Readonly<Record<string, string>> = {
  '<': '<=',
  '<=': '<',
  '>': '>=',
  '>=': '>',
  '===': '!==',
  '!==': '===',
  '&&': '||',
  '||': '&&',
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
};

type Change = { readonly node: Node; readonly to: string };

const opposite = (node: Node, name: string): readonly Change[] => {
  const to = opposites[name];
  return to === undefined ? [] : [{ node, to }];
};

const changesAt = (node: Node, textOf: (node: Node) => string): readonly Change[] => {
  if (isBinaryExpression(node)) return opposite(node.operatorToken, textOf(node.operatorToken));
  if (isNumericLiteral(node)) return [{ node, to: String(Number(node.text.replaceAll('_', '')) + 1) }];
  if (isPrefixUnaryExpression(node) && textOf(node).startsWith('!')) {
    return [{ node, to: textOf(node.operand) }];
  }
  if (isConditionalExpression(node)) return [{ node: node.condition, to: `!(${textOf(node.condition)})` }];
  if (isIfStatement(node)) return [{ node: node.expression, to: `!(${textOf(node.expression)})` }];
  if (isPropertyAccessExpression(node) && isIdentifier(node.name)) {
    return opposite(node.name, textOf(node.name));
  }
  return [];
};

const changesIn = (node: Node, textOf: (node: Node) => string): readonly Change[] => {
  if (isTypeNode(node)) return [];
  const found: Change[] = [...changesAt(node, textOf)];
  node.forEachChild((child) => {
    found.push(...changesIn(child, textOf));
    return undefined;
  });
  return found;
};

const mutantsOf = (source: SourceFile): readonly Mutant[] => {
  const textOf = (node: Node): string => source.text.slice(node.getStart(source), node.end);
  return changesIn(source, textOf).map(({ node, to }) => {
    const start = node.getStart(source);
    const line = source.getLineAndCharacterOfPosition(start).line + 1;
    return { line, start, end: node.end, from: textOf(node), to };
  });
};

/**
 * Every mutant of a module, by rule and none picked by hand: comparisons and operators become their opposite or
 * neighbour, numbers the next one, conditions and negations are inverted. Types are left alone.
 */
export const mutantsIn = (text: string): readonly Mutant[] =>
  fromSources(new Map([['module.ts', text]]), mutantsOf).flat();

/** The text with the mutant in place. */
export const mutated = (text: string, { start, end, to }: Mutant): string =>
  `${text.slice(0, start)}${to}${text.slice(end)}`;
