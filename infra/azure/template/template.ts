/**
 * A template of Azure resources as plain values, from which both Bicep and ARM JSON are written. There is no Bicep
 * compiler among npm's packages, so that a Bicep file and an ARM file written by hand could differ without anybody
 * knowing; from one description they cannot.
 */
export type Template = {
  readonly description: string;
  readonly parameters: Readonly<Record<string, Parameter>>;
  readonly variables?: Readonly<Record<string, Value>>;
  readonly resources?: readonly Resource[];
  readonly modules?: readonly Module[];
  readonly outputs?: Readonly<Record<string, Output>>;
};

export type Parameter = {
  readonly type: 'string' | 'int' | 'bool' | 'object';
  readonly description: string;
  /** A secret, which Azure keeps out of the history of deployments. */
  readonly secure?: true;
  /** Without one the parameter is required. */
  readonly default?: Value;
  readonly allowed?: readonly string[];
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minValue?: number;
  readonly maxValue?: number;
};

export type Output = { readonly type: 'string'; readonly description: string; readonly value: Value };

export type Resource = {
  /** Its symbolic name in Bicep. */
  readonly symbol: string;
  /** Such as `Microsoft.Storage/storageAccounts`; of a child with the types of its parents before its own. */
  readonly type: string;
  readonly apiVersion: string;
  /** Of a child resource the last segment alone. */
  readonly name: Value;
  /** The symbolic name of its parent resource. */
  readonly parent?: string;
  /** Of an extension resource (lock, role assignment, diagnostic setting) the symbolic name of what it applies to. */
  readonly scope?: string;
  readonly condition?: Expression;
  /** Why it is as it is: a comment in Bicep and nothing in ARM. */
  readonly why?: string;
  /** Every other property, as the resource provider takes it. */
  readonly body: Readonly<Record<string, Value>>;
};

export type Module = {
  readonly symbol: string;
  /** The name of its file without ending, and of its deployment. */
  readonly name: string;
  readonly condition?: Expression;
  readonly template: Template;
  readonly parameters: Readonly<Record<string, Value>>;
};

export type Value =
  | string
  | number
  | boolean
  | Expression
  | readonly Value[]
  | { readonly [key: string]: Value };

export type Expression =
  | { readonly $: 'parameter' | 'variable'; readonly name: string }
  | { readonly $: 'call'; readonly name: string; readonly args: readonly Value[]; readonly path?: string }
  | { readonly $: 'text'; readonly parts: readonly (string | Expression)[] }
  | { readonly $: 'id'; readonly of: string }
  | { readonly $: 'property'; readonly of: string; readonly path: string }
  | { readonly $: 'output'; readonly of: string; readonly name: string; readonly maybe: boolean }
  | { readonly $: 'choice'; readonly when: Expression; readonly then: Value; readonly otherwise: Value }
  | { readonly $: 'equal'; readonly left: Value; readonly right: Value };

/** Before a parameter's name, where that parameter's value is the key of an object. */
export const KEY_FROM = '$';

export const parameter = (name: string): Expression => ({ $: 'parameter', name });
export const variable = (name: string): Expression => ({ $: 'variable', name });
/** A function that Bicep and ARM both have by this name. */
export const call = (name: string, ...args: readonly Value[]): Expression => ({ $: 'call', name, args });
/** A property of what a function without arguments gives, such as `resourceGroup().id`. */
export const propertyOf = (name: string, path: string): Expression => ({ $: 'call', name, args: [], path });
export const text = (...parts: readonly (string | Expression)[]): Expression => ({ $: 'text', parts });
export const idOf = (symbol: string): Expression => ({ $: 'id', of: symbol });
/** What a resource has in its `properties` once it is there; the path starts below them. */
export const property = (symbol: string, path: string): Expression => ({ $: 'property', of: symbol, path });
export const outputOf = (module: string, name: string): Expression => ({
  ...{ $: 'output', of: module },
  ...{ name, maybe: false },
});
/** The same of a module with a condition, used only where that condition holds: Bicep wants a null-forgiving `!` there. */
export const outputOfMaybe = (module: string, name: string): Expression => ({
  ...{ $: 'output', of: module },
  ...{ name, maybe: true },
});
export const choice = (when: Expression, then: Value, otherwise: Value): Expression => ({
  ...{ $: 'choice', when },
  ...{ then, otherwise },
});
export const equal = (left: Value, right: Value): Expression => ({ $: 'equal', left, right });

export function isExpression(value: Value): value is Expression {
  return typeof value === 'object' && !Array.isArray(value) && '$' in value;
}

/** The symbolic names of resources and modules that a value refers to, each once. */
export function symbolsIn(value: unknown): readonly string[] {
  const found = new Set<string>();
  const visit = (one: unknown): void => {
    if (typeof one !== 'object' || one === null) return;
    if ('$' in one && 'of' in one && typeof one.of === 'string') found.add(one.of);
    for (const inner of Object.values(one)) visit(inner);
  };
  visit(value);
  return [...found];
}
