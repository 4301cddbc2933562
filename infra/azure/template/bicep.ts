import {
  type Expression,
  isExpression,
  KEY_FROM,
  type Module,
  type Parameter,
  type Resource,
  type Template,
  type Value,
} from './template.js';

/** A template as a Bicep file. Modules are named by their files, relative to this one. */
export function toBicep(template: Template, moduleFile: (name: string) => string): string {
  const { parameters, variables = {}, modules = [], resources = [], outputs = {} } = template;
  return `${[
    `metadata description = ${quoted(template.description)}`,
    ...Object.entries(parameters).map(([name, one]) => parameterOf(name, one)),
    ...Object.entries(variables).map(([name, value]) => `var ${name} = ${print(value, 0)}`),
    ...resources.map((one) => resourceOf(one)),
    ...modules.map((one) => moduleOf(one, moduleFile)),
    ...Object.entries(outputs).map(
      ([name, { type, value, description }]) =>
        `@description(${quoted(description)})\noutput ${name} ${type} = ${print(value, 0)}`,
    ),
  ].join('\n\n')}\n`;
}

function parameterOf(name: string, one: Parameter): string {
  const limits = (['minLength', 'maxLength', 'minValue', 'maxValue'] as const).flatMap((limit) =>
    one[limit] === undefined ? [] : [`@${limit}(${one[limit]})`],
  );
  const allowed = one.allowed === undefined ? [] : [`@allowed(${print(one.allowed, 0)})`];
  const fallback = one.default === undefined ? '' : ` = ${print(one.default, 0)}`;
  const secure = one.secure === undefined ? [] : ['@secure()'];
  return [
    ...[`@description(${quoted(one.description)})`, ...secure, ...allowed, ...limits],
    `param ${name} ${one.type}${fallback}`,
  ].join('\n');
}

function resourceOf(one: Resource): string {
  const belongs = {
    ...(one.parent === undefined ? {} : { parent: one.parent }),
    ...(one.scope === undefined ? {} : { scope: one.scope }),
  };
  const lines = [
    `  name: ${print(one.name, 1)}`,
    ...Object.entries(belongs).map(([key, symbol]) => `  ${key}: ${symbol}`),
    ...Object.entries(one.body).map(([key, value]) => `  ${keyOf(key)}: ${print(value, 1)}`),
  ];
  const why = one.why === undefined ? '' : `// ${one.why}\n`;
  return `${why}resource ${one.symbol} '${one.type}@${one.apiVersion}' = ${conditionOf(one)}{\n${lines.join('\n')}\n}`;
}

function moduleOf(one: Module, moduleFile: (name: string) => string): string {
  const lines = [`  name: ${quoted(one.name)}`, `  params: ${print(one.parameters, 1)}`];
  return `module ${one.symbol} ${quoted(moduleFile(one.name))} = ${conditionOf(one)}{\n${lines.join('\n')}\n}`;
}

function conditionOf({ condition }: { readonly condition?: Expression }): string {
  return condition === undefined ? '' : `if (${print(condition, 0)}) `;
}

function print(value: Value, depth: number): string {
  if (typeof value === 'string') return quoted(value);
  if (typeof value !== 'object') return String(value);
  if (isExpression(value)) return expression(value, depth);
  const [inner, outer] = ['  '.repeat(depth + 1), '  '.repeat(depth)];
  const lines = Array.isArray(value)
    ? value.map((one: Value) => `${inner}${print(one, depth + 1)}`)
    : Object.entries(value).map(([key, one]) => `${inner}${keyOf(key)}: ${print(one, depth + 1)}`);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return lines.length === 0 ? `${open}${close}` : `${open}\n${lines.join('\n')}\n${outer}${close}`;
}

function expression(one: Expression, depth: number): string {
  const inline = (value: Value) => print(value, depth);
  switch (one.$) {
    case 'parameter':
    case 'variable':
      return one.name;
    case 'call':
      return `${one.name}(${one.args.map(inline).join(', ')})${one.path === undefined ? '' : `.${one.path}`}`;
    case 'text':
      return `'${one.parts.map((part) => (typeof part === 'string' ? escaped(part) : `\${${inline(part)}}`)).join('')}'`;
    case 'id':
      return `${one.of}.id`;
    case 'property':
      return `${one.of}.properties.${one.path}`;
    case 'output':
      return `${one.of}${one.maybe ? '!' : ''}.outputs.${one.name}`;
    case 'choice':
      return `${inline(one.when)} ? ${inline(one.then)} : ${inline(one.otherwise)}`;
    case 'equal':
      return `${inline(one.left)} == ${inline(one.right)}`;
  }
}

function keyOf(key: string): string {
  if (key.startsWith(KEY_FROM)) return `'\${${key.slice(KEY_FROM.length)}}'`;
  return /^[A-Za-z_]\w*$/.test(key) ? key : quoted(key);
}

function quoted(value: string): string {
  return `'${escaped(value)}'`;
}

function escaped(value: string): string {
  return value
    .replaceAll('\\', '\\\\')
    .replaceAll("'", "\\'")
    .replaceAll('${', '\\${')
    .replaceAll('\n', '\\n');
}
