import { createRequire } from 'node:module';
import { type Definition, METRICS, type MetricName } from '../../bot/telemetry/definitions.js';

type Diagnostics = { readonly Count: number; getItem(at: number): { readonly Message: string } };
type Globals = { WithDatabase(database: object): Globals };
/** The part of Microsoft's library that is used; its constructors are numbered by their arguments. */
type Language = {
  readonly KustoCode: {
    ParseAndAnalyze(query: string, globals: Globals): { GetDiagnostics(): Diagnostics };
  };
  readonly GlobalState: { readonly Default: Globals };
  readonly Symbols: {
    readonly TableSymbol: {
      readonly $ctor7: new (name: string, columns: string, description: null) => object;
    };
    readonly DatabaseSymbol: { readonly ctor: new (name: string, tables: readonly object[]) => object };
  };
};

/** Tables of Log Analytics with the columns that are used. Source: learn.microsoft.com/azure/azure-monitor/reference/tables. */
const TABLES = [
  ['AppServiceConsoleLogs', '(TimeGenerated: datetime, ResultDescription: string)'],
  ['ContainerAppConsoleLogs', '(TimeGenerated: datetime, Log: string)'],
] as const;

const require = createRequire(import.meta.url);
let loaded: { readonly language: Language; readonly globals: Globals } | null = null;

/** Microsoft's own parser, which puts itself into the global object. */
function kusto() {
  if (loaded !== null) return loaded;
  require('@kusto/language-service-next/bridge.min.js');
  require('@kusto/language-service-next/Kusto.Language.Bridge.min.js');
  const { Language: language } = (globalThis as unknown as { Kusto: { Language: Language } }).Kusto;
  const { TableSymbol, DatabaseSymbol } = language.Symbols;
  const tables = TABLES.map(([name, columns]) => new TableSymbol.$ctor7(name, columns, null));
  const database = new DatabaseSymbol.ctor('workspace', tables);
  loaded = { language, globals: language.GlobalState.Default.WithDatabase(database) };
  return loaded;
}

/**
 * What is wrong with a query of Log Analytics: it does not parse, or names a column, a function, a
 * metric, a label or a value that there is not.
 */
export function faultsOfKusto(query: string): readonly string[] {
  const { language, globals } = kusto();
  const found = language.KustoCode.ParseAndAnalyze(query, globals).GetDiagnostics();
  const syntax = Array.from({ length: found.Count }, (_, at) => found.getItem(at).Message);
  return [...syntax, ...query.split(/\n\(|,\n\(/).flatMap(faultsOfNames)];
}

function faultsOfNames(part: string): readonly string[] {
  const names = [...part.matchAll(/"(kopje_\w+)"/g)].map(([, name = '']) => name);
  const unknown = names.filter((name) => !(name in METRICS)).map((name) => `no metric ${name}`);
  const attributes = names.flatMap((name) => {
    const found: Definition | undefined = METRICS[name as MetricName];
    return Object.entries(found?.attributes ?? {});
  });
  const labels = [...part.matchAll(/attributes\.(\w+)/g)]
    .map(([, label = '']) => label)
    .filter((label) => !attributes.some(([key]) => key === label))
    .map((label) => `no label ${label}`);
  const values = [
    ...part.matchAll(/attributes\.(\w+)\) (?:in \(([^)]*)\)|== ("[^"]*"))/g),
    ...part.matchAll(/\b(job) (?:==|!=) ()("[^"]*")/g),
  ].flatMap(([, label, many, one]) =>
    [...(many || one || '').matchAll(/"([^"]*)"/g)]
      .map(([, value = '']) => value)
      .filter((value) => !attributes.some(([key, all]) => key === label && all.includes(value)))
      .map((value) => `${label} is never ${value}`),
  );
  return [...unknown, ...labels, ...values];
}
