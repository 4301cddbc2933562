import { parser } from '@prometheus-io/lezer-promql';
import { type Definition, METRICS, type MetricName } from '../../bot/telemetry/definitions.js';

/** What Prometheus makes itself. */
const ITS_OWN = ['up', 'target_info'];
/** What it or our own list puts on every series. */
const ON_ALL = ['job', 'instance', 'le', 'service_version'];

/**
 * What is wrong with a query: it does not parse, or names a metric, a label or a value that there is not. Parsed by
 * Prometheus' own grammar.
 */
export function faultsOfQuery(query: string): readonly string[] {
  const faults: string[] = [];
  parser.parse(query).iterate({
    enter(node) {
      const text = query.slice(node.from, node.to);
      if (node.type.isError) faults.push(`does not parse at "${query.slice(node.from, node.from + 20)}"`);
      if (node.name === 'VectorSelector') faults.push(...faultsOfSelector(text));
      if (node.name === 'GroupingLabels') faults.push(...faultsOfGrouping(text, query));
    },
  });
  return faults;
}

function faultsOfSelector(text: string): readonly string[] {
  const [, name = '', matchers = ''] = /^(\w+)(?:\{(.*)\})?$/s.exec(text) ?? [];
  if (ITS_OWN.includes(name)) return [];
  const definition = definitionOf(name);
  if (definition === undefined) return [`no metric ${name || text}`];
  return [...matchers.matchAll(/(\w+)\s*(?:=~|!~|!=|=)\s*"([^"]*)"/g)].flatMap(
    ([, label = '', value = '']) => {
      const values = definition.attributes[label];
      if (values === undefined) return ON_ALL.includes(label) ? [] : [`${name} has no label ${label}`];
      return value
        .split('|')
        .flatMap((one) => (values.includes(one) ? [] : [`${name}: ${label} is never ${one}`]));
    },
  );
}

/** A label by which is grouped has to be one of a metric in the query. */
function faultsOfGrouping(text: string, query: string): readonly string[] {
  const known = Object.entries<Definition>(METRICS)
    .filter(([name]) => query.includes(name))
    .flatMap(([, { attributes }]) => Object.keys(attributes));
  const labels = [...text.matchAll(/\w+/g)].map(([label]) => label);
  return labels.flatMap((label) => ([...known, ...ON_ALL].includes(label) ? [] : [`no label ${label}`]));
}

/** A histogram is three metrics to Prometheus. */
function definitionOf(name: string): Definition | undefined {
  const base = name.replace(/_(bucket|count|sum)$/, '');
  const found: Definition | undefined = METRICS[base as MetricName];
  if (base !== name) return found?.kind === 'histogram' ? found : undefined;
  return found?.kind === 'histogram' ? undefined : found;
}
