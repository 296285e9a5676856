import type { Node, SourceFile, TypeNode } from 'typescript/unstable/ast';
import {
  isCallExpression,
  isIdentifier,
  isIntersectionTypeNode,
  isLiteralTypeNode,
  isParenthesizedTypeNode,
  isPropertyAccessExpression,
  isPropertySignatureDeclaration,
  isStringLiteral,
  isTypeAliasDeclaration,
  isTypeLiteralNode,
  isTypeReferenceNode,
  isUnionTypeNode,
} from 'typescript/unstable/ast/is';
import { fromSources } from '../../support/sources/parsed-source.ts';
import type { SourceTree } from '../../support/sources/source-tree.ts';

/** `outcome` of results, `kind` of variants, `status` of the life-cycle. */
const allowedNames: ReadonlySet<string> = new Set(['outcome', 'kind', 'status']);

/** Discriminants with another name, as `path name`, each with its reason. */
export const namedElsewhere: Readonly<Record<string, string>> = {};

type Aliases = ReadonlyMap<string, TypeNode>;

/** The literals of each property of a variant, as they are written. */
type Variant = ReadonlyMap<string, string>;

const aliasesIn = (source: SourceFile): Aliases =>
  new Map(source.statements.filter(isTypeAliasDeclaration).map(({ name, type }) => [name.text, type]));

/** The literal-typed properties of an object type, of intersections and of the aliases it is made of. */
const literalsOf = (type: TypeNode, aliases: Aliases, source: SourceFile): Variant => {
  if (isParenthesizedTypeNode(type)) return literalsOf(type.type, aliases, source);
  if (isIntersectionTypeNode(type)) {
    return new Map([...type.types].flatMap((part) => [...literalsOf(part, aliases, source)]));
  }
  if (isTypeReferenceNode(type)) {
    const alias = isIdentifier(type.typeName) ? aliases.get(type.typeName.text) : undefined;
    return alias === undefined ? new Map() : literalsOf(alias, aliases, source);
  }
  if (!isTypeLiteralNode(type)) return new Map();
  return new Map(
    [...type.members].flatMap((member) =>
      isPropertySignatureDeclaration(member) &&
      isIdentifier(member.name) &&
      member.type !== undefined &&
      isLiteral(member.type)
        ? [[member.name.text, source.text.slice(member.type.getStart(source), member.type.end)] as const]
        : [],
    ),
  );
};

const isLiteral = (type: TypeNode): boolean =>
  isUnionTypeNode(type) ? [...type.types].every(isLiteral) : isLiteralTypeNode(type);

/** Properties that tell two variants apart which none of the allowed names tells apart. */
const discriminantsOf = (variants: readonly Variant[]): readonly string[] => {
  const pairs = variants.flatMap((one, index) =>
    variants.slice(index + 1).map((other) => {
      return [...one].filter(([name, literal]) => (other.get(name) ?? literal) !== literal);
    }),
  );
  const names = pairs.map((pair) => pair.map(([name]) => name));
  const untold = names.filter((pair) => !pair.some((name) => allowedNames.has(name)));
  return [...new Set(untold.flat())];
};

/** The name in a call such as `z.discriminatedUnion('kind', …)`. */
const namedInSchema = (node: Node): readonly string[] => {
  if (!isCallExpression(node) || !isPropertyAccessExpression(node.expression)) return [];
  const [name] = node.arguments;
  const isUnion = node.expression.name.text === 'discriminatedUnion';
  return isUnion && name !== undefined && isStringLiteral(name) && !allowedNames.has(name.text)
    ? [name.text]
    : [];
};

const discriminantsAt = (node: Node, aliases: Aliases, source: SourceFile): readonly string[] => {
  const found: string[] = [...namedInSchema(node)];
  if (isUnionTypeNode(node)) {
    found.push(...discriminantsOf([...node.types].map((type) => literalsOf(type, aliases, source))));
  }
  node.forEachChild((child) => {
    found.push(...discriminantsAt(child, aliases, source));
    return undefined;
  });
  return found;
};

/**
 * Unions whose variants are told apart by a property that is not one of the allowed names. Variants are found in the union
 * itself and behind type aliases of the same module.
 */
export const discriminantProblems = (
  tree: SourceTree,
  exceptions: Readonly<Record<string, string>> = namedElsewhere,
): readonly string[] =>
  fromSources(tree, (source, path) =>
    [...new Set(discriminantsAt(source, aliasesIn(source), source))].map((name) => `${path} ${name}`),
  )
    .flat()
    .filter((found) => exceptions[found] === undefined);
