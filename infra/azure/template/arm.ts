import {
  type Expression,
  isExpression,
  KEY_FROM,
  type Module,
  type Parameter,
  type Resource,
  symbolsIn,
  type Template,
  type Value,
} from './template.js';

const SCHEMA = 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#';
const DEPLOYMENTS = 'Microsoft.Resources/deployments';
const DEPLOYMENTS_VERSION = '2022-09-01';

type Json = string | number | boolean | readonly Json[] | { readonly [key: string]: Json };

/** A template as ARM JSON, modules as nested deployments: what the Bicep compiler would make of its twin. */
export function toArm(template: Template): Json {
  const { parameters, variables = {}, modules = [], resources = [], outputs = {} } = template;
  const scope = scopeOf(template);
  return {
    $schema: SCHEMA,
    contentVersion: '1.0.0.0',
    metadata: { description: template.description },
    parameters: mapped(parameters, (one) => parameterOf(one, scope)),
    variables: mapped(variables, (value) => json(value, scope)),
    resources: [
      ...resources.map((one) => resourceOf(one, scope)),
      ...modules.map((one) => moduleOf(one, scope)),
    ],
    outputs: mapped(outputs, ({ type, description, value }) => ({
      type,
      metadata: { description },
      value: json(value, scope),
    })),
  };
}

/** Where symbols are looked up. */
type Scope = {
  readonly resource: (symbol: string) => Resource;
  readonly isResource: (symbol: string) => boolean;
  readonly module: (symbol: string) => Module;
};

function scopeOf({ resources = [], modules = [] }: Template): Scope {
  const found = <One extends { readonly symbol: string }>(all: readonly One[], symbol: string): One => {
    const one = all.find((each) => each.symbol === symbol);
    if (one === undefined) throw new Error(`Nothing in the template is called ${symbol}.`);
    return one;
  };
  return {
    resource: (symbol) => found(resources, symbol),
    isResource: (symbol) => resources.some((one) => one.symbol === symbol),
    module: (symbol) => found(modules, symbol),
  };
}

function parameterOf(one: Parameter, scope: Scope): Json {
  const { type, description, secure, default: fallback, allowed, ...limits } = one;
  return {
    type: secure === undefined ? type : `secure${type}`,
    ...(fallback === undefined ? {} : { defaultValue: json(fallback, scope) }),
    ...(allowed === undefined ? {} : { allowedValues: allowed }),
    ...(limits as Readonly<Record<string, number>>),
    metadata: { description },
  };
}

function resourceOf(one: Resource, scope: Scope): Json {
  const asked = symbolsIn([one.name, one.body, one.condition]);
  const needed = [...asked, one.parent, one.scope].filter((symbol) => symbol !== undefined);
  const dependsOn = [...new Set(needed)].map((symbol) =>
    wrapped(scope.isResource(symbol) ? resourceId(symbol, scope) : deploymentId(symbol, scope)),
  );
  return {
    ...(one.condition === undefined ? {} : { condition: wrapped(inside(one.condition, scope)) }),
    type: one.type,
    apiVersion: one.apiVersion,
    name: json(fullName(one, scope), scope),
    ...(one.scope === undefined ? {} : { scope: wrapped(resourceId(one.scope, scope)) }),
    ...mapped(one.body, (value) => json(value, scope)),
    ...(dependsOn.length === 0 ? {} : { dependsOn }),
  };
}

function moduleOf(one: Module, scope: Scope): Json {
  const dependsOn = symbolsIn([one.parameters, one.condition]).map((symbol) =>
    wrapped(deploymentId(symbol, scope)),
  );
  return {
    ...(one.condition === undefined ? {} : { condition: wrapped(inside(one.condition, scope)) }),
    type: DEPLOYMENTS,
    apiVersion: DEPLOYMENTS_VERSION,
    name: one.name,
    properties: {
      expressionEvaluationOptions: { scope: 'inner' },
      mode: 'Incremental',
      parameters: mapped(one.parameters, (value) => ({ value: json(value, scope) })),
      template: toArm(one.template),
    },
    ...(dependsOn.length === 0 ? {} : { dependsOn }),
  };
}

/** The names of a resource and of all that it is a part of, from the outside in. */
function names(one: Resource, scope: Scope): readonly Value[] {
  return one.parent === undefined ? [one.name] : [...names(scope.resource(one.parent), scope), one.name];
}

function fullName(one: Resource, scope: Scope): Value {
  const all = names(one, scope);
  if (all.length === 1) return one.name;
  const parts = all.flatMap((name, at) => {
    if (typeof name !== 'string' && !isExpression(name)) throw new Error('A name is a text.');
    return at === 0 ? [name] : ['/', name];
  });
  return { $: 'text', parts };
}

function resourceId(symbol: string, scope: Scope): string {
  const one = scope.resource(symbol);
  return `resourceId(${[`'${one.type}'`, ...names(one, scope).map((name) => inside(name, scope))].join(', ')})`;
}

function deploymentId(symbol: string, scope: Scope): string {
  return `resourceId('${DEPLOYMENTS}', ${quoted(scope.module(symbol).name)})`;
}

/** A value where JSON stands: an expression in brackets, all else as it is. */
function json(value: Value, scope: Scope): Json {
  // A text that begins with a bracket would be read as an expression.
  if (typeof value === 'string') return value.startsWith('[') ? `[${value}` : value;
  if (typeof value !== 'object') return value;
  if (isExpression(value)) return wrapped(inside(value, scope));
  if (Array.isArray(value)) return value.map((one: Value) => json(one, scope));
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [armKey(key), json(one as Value, scope)]),
  );
}

function armKey(key: string): string {
  return key.startsWith(KEY_FROM) ? `[format('{0}', parameters('${key.slice(KEY_FROM.length)}'))]` : key;
}

/** A value within an expression. */
function inside(value: Value, scope: Scope): string {
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'boolean') return `${value}()`;
  if (typeof value === 'number') return String(value);
  if (isExpression(value)) return expression(value, scope);
  if (Array.isArray(value)) return `createArray(${value.map((one: Value) => inside(one, scope)).join(', ')})`;
  const pairs = Object.entries(value).flatMap(([key, one]) => [quoted(key), inside(one, scope)]);
  return `createObject(${pairs.join(', ')})`;
}

function expression(one: Expression, scope: Scope): string {
  const inner = (value: Value) => inside(value, scope);
  switch (one.$) {
    case 'parameter':
      return `parameters('${one.name}')`;
    case 'variable':
      return `variables('${one.name}')`;
    case 'call':
      return `${one.name}(${one.args.map(inner).join(', ')})${one.path === undefined ? '' : `.${one.path}`}`;
    case 'text':
      return textOf(one.parts, scope);
    case 'id':
      return resourceId(one.of, scope);
    case 'property':
      return `reference(${resourceId(one.of, scope)}, '${scope.resource(one.of).apiVersion}').${one.path}`;
    case 'output':
      return `reference(${deploymentId(one.of, scope)}, '${DEPLOYMENTS_VERSION}').outputs.${one.name}.value`;
    case 'choice':
      return `if(${[one.when, one.then, one.otherwise].map(inner).join(', ')})`;
    case 'equal':
      return `equals(${inner(one.left)}, ${inner(one.right)})`;
  }
}

function textOf(parts: readonly (string | Expression)[], scope: Scope): string {
  const holes: string[] = [];
  const form = parts.map((part) => {
    if (typeof part === 'string') return part.replaceAll('{', '{{').replaceAll('}', '}}');
    holes.push(expression(part, scope));
    return `{${holes.length - 1}}`;
  });
  return `format(${[quoted(form.join('')), ...holes].join(', ')})`;
}

function wrapped(inner: string): string {
  return `[${inner}]`;
}

function quoted(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

function mapped<One, Other extends Json>(
  all: Readonly<Record<string, One>>,
  change: (one: One) => Other,
): Readonly<Record<string, Other>> {
  return Object.fromEntries(Object.entries(all).map(([key, one]) => [key, change(one)]));
}
