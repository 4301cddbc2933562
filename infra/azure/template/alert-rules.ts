import { alertQuery, type LogTable, type Severity } from './alerts.js';
import { PLACED } from './parameters.js';
import { named } from './settings.js';
import { call, parameter, propertyOf, type Resource, type Value } from './template.js';
import { workbook } from './workbook.js';

/** Where each host puts what the bot writes. */
export const APP_SERVICE_LOG: LogTable = { table: 'AppServiceConsoleLogs', column: 'ResultDescription' };
export const CONTAINER_APPS_LOG: LogTable = { table: 'ContainerAppConsoleLogs', column: 'Log' };

/** An alert rule on a metric of one resource, over a quarter of an hour. */
export function metricAlert(alert: {
  readonly symbol: string;
  readonly name: Value;
  readonly of: Value;
  readonly description: string;
  readonly severity: number;
  readonly metric: { readonly namespace: string; readonly name: string };
  readonly is: { readonly operator: string; readonly threshold: number; readonly timeAggregation: string };
}): Resource {
  return {
    symbol: alert.symbol,
    type: 'Microsoft.Insights/metricAlerts',
    apiVersion: '2018-03-01',
    name: alert.name,
    body: {
      location: 'global',
      tags: parameter('tags'),
      properties: {
        description: alert.description,
        severity: alert.severity,
        enabled: true,
        scopes: [alert.of],
        evaluationFrequency: 'PT5M',
        windowSize: 'PT15M',
        autoMitigate: true,
        criteria: {
          'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria',
          allOf: [
            {
              name: 'first',
              criterionType: 'StaticThresholdCriterion',
              metricNamespace: alert.metric.namespace,
              metricName: alert.metric.name,
              ...alert.is,
            },
          ],
        },
        actions: [{ actionGroupId: parameter('actionGroupId') }],
      },
    },
  };
}

/** The alert rules on the log of the bot, and the workbook to look at when one fires. */
export function logAlerts(log: LogTable): readonly Resource[] {
  const { table, column } = log;
  // 0 is the worst that Azure knows, 4 the least.
  const severities: readonly (readonly [Severity, number])[] = [
    ['critical', 1],
    ['warning', 2],
  ];
  return [
    logAlert({
      symbol: 'alertErrors',
      name: 'alert-errors',
      displayName: 'Kopje Koffie: errors in the log',
      description: 'The bot logged an error. The code in the line says which.',
      severity: 2,
      eachMinutes: 15,
      query: `${table} | where ${column} has '"level":50' or ${column} has '"level":60'`,
    }),
    ...severities.map(([name, severity]) =>
      logAlert({
        symbol: name === 'critical' ? 'alertCritical' : 'alertWarning',
        name: `alert-${name}`,
        displayName: `Kopje Koffie: ${name}`,
        description: 'The dimension alert says which. What to do stands under that name in docs/operate.md.',
        severity,
        eachMinutes: 5,
        query: alertQuery(name, log),
        // Of each by its name: one that goes on for days must not hide another.
        by: 'alert',
      }),
    ),
    {
      symbol: 'workbook',
      type: 'Microsoft.Insights/workbooks',
      apiVersion: '2022-04-01',
      name: call('guid', propertyOf('resourceGroup', 'id'), 'kopje-koffie-workbook'),
      body: {
        ...PLACED,
        kind: 'shared',
        properties: {
          displayName: 'Kopje Koffie',
          category: 'workbook',
          sourceId: parameter('workspaceId'),
          serializedData: workbook(log),
        },
      },
    },
  ];
}

/** An alert rule that fires while a query on the log finds rows. */
function logAlert(alert: {
  readonly symbol: string;
  readonly name: string;
  readonly displayName: string;
  readonly description: string;
  readonly severity: number;
  readonly eachMinutes: number;
  readonly query: string;
  readonly by?: string;
}): Resource {
  const window = `PT${alert.eachMinutes}M`;
  const { by } = alert;
  return {
    symbol: alert.symbol,
    type: 'Microsoft.Insights/scheduledQueryRules',
    apiVersion: '2023-03-15-preview',
    name: named(alert.name),
    body: {
      ...PLACED,
      properties: {
        displayName: alert.displayName,
        description: alert.description,
        severity: alert.severity,
        enabled: true,
        scopes: [parameter('workspaceId')],
        evaluationFrequency: window,
        windowSize: window,
        // The queries say themselves how far they look back.
        ...(by === undefined ? {} : { overrideQueryTimeRange: 'PT1H' }),
        autoMitigate: true,
        // The table is made with the first line that comes in.
        skipQueryValidation: true,
        criteria: {
          allOf: [
            {
              query: alert.query,
              timeAggregation: 'Count',
              operator: 'GreaterThan',
              threshold: 0,
              ...(by === undefined ? {} : { dimensions: [{ name: by, operator: 'Include', values: ['*'] }] }),
              failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 },
            },
          ],
        },
        actions: { actionGroups: [parameter('actionGroupId')] },
      },
    },
  };
}
