import { Document, isNode, Scalar, YAMLMap, YAMLSeq } from 'yaml';

/** A call of a CloudFormation intrinsic function, in the short YAML form. */
export type Intrinsic = Scalar<string> | YAMLSeq;

const NODES = new Document();

export const ref = (logicalId: string): Intrinsic => tagged('!Ref', logicalId);
export const getAtt = (logicalId: string, attribute: string): Intrinsic =>
  tagged('!GetAtt', `${logicalId}.${attribute}`);
export const sub = (text: string): Intrinsic => tagged('!Sub', text);

/** `sub` with additional names besides the names of the template. */
export function subWith(text: string, names: Readonly<Record<string, Intrinsic>>): Intrinsic {
  const map = new YAMLMap();
  for (const [name, value] of Object.entries(names)) map.set(new Scalar(name), value);
  return sequence('!Sub', [text, map]);
}

export function ifElse(condition: string, then: unknown, otherwise: unknown): Intrinsic {
  return sequence('!If', [condition, then, otherwise]);
}

/** A value that exists only if the condition is true. */
export function onlyIf(condition: string, then: unknown): Intrinsic {
  return ifElse(condition, then, ref('AWS::NoValue'));
}

export function not(condition: unknown): Intrinsic {
  return sequence('!Not', [condition]);
}

export function equals(left: unknown, right: unknown): Intrinsic {
  return sequence('!Equals', [left, right]);
}

function tagged(tag: string, text: string): Scalar<string> {
  const scalar = new Scalar(text);
  scalar.tag = tag;
  return scalar;
}

function sequence(tag: string, items: unknown[]): YAMLSeq {
  const result = new YAMLSeq();
  result.tag = tag;
  result.items = items.map((item) => (isNode(item) ? item : NODES.createNode(item)));
  return result;
}
