import { CONTAINER_APPS_LOG, logAlerts, metricAlert } from '../alert-rules.js';
import { PLACED, textParameter } from '../parameters.js';
import { FOR_THE_PLATFORM, named, SECRETS, SETTINGS } from '../settings.js';
import { call, choice, idOf, parameter, type Template, text, type Value } from '../template.js';
import { HOST, IDENTITY_OF_HOST, outputsOf } from './hosting.js';

/** On which the image listens; App Service says its own. */
const CONTAINER_PORT = 8080;

export const CONTAINER_APPS: Template = {
  description:
    'The bot on Container Apps: at least one replica, and revisions between which traffic is moved.',
  parameters: {
    ...HOST,
    image: textParameter('The image, with its registry and its tag or digest.'),
    replicas: {
      type: 'int',
      description: 'How many replicas run at least; one too few and nobody is reminded.',
    },
    revision: textParameter('The revision that gets all traffic, to go back to it; empty for the newest.'),
  },
  resources: [
    {
      symbol: 'environment',
      type: 'Microsoft.App/managedEnvironments',
      apiVersion: '2024-03-01',
      name: named('cae'),
      why: 'Logs by way of Azure Monitor: the other way needs the key of the workspace.',
      body: { ...PLACED, properties: { appLogsConfiguration: { destination: 'azure-monitor' } } },
    },
    {
      symbol: 'diagnostics',
      type: 'Microsoft.Insights/diagnosticSettings',
      apiVersion: '2021-05-01-preview',
      name: 'log',
      scope: 'environment',
      body: {
        properties: {
          workspaceId: parameter('workspaceId'),
          logs: [
            { category: 'ContainerAppConsoleLogs', enabled: true },
            { category: 'ContainerAppSystemLogs', enabled: true },
          ],
        },
      },
    },
    {
      symbol: 'app',
      type: 'Microsoft.App/containerApps',
      apiVersion: '2024-03-01',
      name: text('ca-kopje-', parameter('token')),
      body: {
        location: parameter('location'),
        tags: call('union', parameter('tags'), { 'azd-service-name': 'bot' }),
        identity: IDENTITY_OF_HOST,
        properties: {
          managedEnvironmentId: idOf('environment'),
          configuration: {
            activeRevisionsMode: 'Multiple',
            secrets: Object.entries(SECRETS).map(([name, value]) => ({ name: secretName(name), value })),
            ingress: {
              external: true,
              allowInsecure: false,
              targetPort: CONTAINER_PORT,
              transport: 'http',
              traffic: choice(
                call('empty', parameter('revision')),
                [{ latestRevision: true, weight: 100 }],
                [{ revisionName: parameter('revision'), weight: 100 }],
              ),
            },
          },
          template: {
            terminationGracePeriodSeconds: 30,
            containers: [
              {
                name: 'bot',
                image: parameter('image'),
                resources: { cpu: call('json', '0.5'), memory: '1Gi' },
                env: [
                  ...Object.entries({ ...SETTINGS, ...FOR_THE_PLATFORM }).map(([name, value]) => ({
                    name,
                    value,
                  })),
                  // By its name: what stands here is read by whoever may look at the app.
                  ...Object.keys(SECRETS).map((name) => ({ name, secretRef: secretName(name) })),
                ],
                probes: [
                  probe('Startup', '/healthz', { periodSeconds: 2, failureThreshold: 30 }),
                  probe('Liveness', '/healthz', { periodSeconds: 10, failureThreshold: 3 }),
                  probe('Readiness', '/readyz', { periodSeconds: 10, failureThreshold: 3 }),
                ],
              },
            ],
            scale: { minReplicas: parameter('replicas'), maxReplicas: 3 },
          },
        },
      },
    },
    metricAlert({
      symbol: 'alertNotReady',
      name: named('alert-not-ready'),
      of: idOf('app'),
      description: 'No replica of the bot runs.',
      severity: 1,
      metric: { namespace: 'Microsoft.App/containerApps', name: 'Replicas' },
      is: { operator: 'LessThan', threshold: 1, timeAggregation: 'Maximum' },
    }),
    ...logAlerts(CONTAINER_APPS_LOG),
  ],
  outputs: outputsOf('app', 'configuration.ingress.fqdn'),
};

/** As Container Apps wants it: lower case, digits and hyphens. */
function secretName(setting: string): string {
  return setting.toLowerCase().replaceAll('_', '-');
}

function probe(type: string, path: string, how: Readonly<Record<string, number>>): Value {
  return { type, httpGet: { path, port: CONTAINER_PORT }, timeoutSeconds: 5, ...how };
}
