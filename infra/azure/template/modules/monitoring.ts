import { PLACE, PLACED, textParameter } from '../parameters.js';
import { named } from '../settings.js';
import { call, choice, idOf, parameter, type Template } from '../template.js';

export const MONITORING: Template = {
  description: 'Where the log goes, and who hears of an alert.',
  parameters: {
    ...PLACE,
    retentionDays: { type: 'int', description: 'How long the log is kept, in days.' },
    alertEmail: textParameter('Who gets an e-mail on an alert; empty for nobody.'),
  },
  resources: [
    {
      symbol: 'workspace',
      type: 'Microsoft.OperationalInsights/workspaces',
      apiVersion: '2023-09-01',
      name: named('log'),
      body: {
        ...PLACED,
        properties: {
          sku: { name: 'PerGB2018' },
          retentionInDays: parameter('retentionDays'),
          features: { disableLocalAuth: true },
        },
      },
    },
    {
      symbol: 'actionGroup',
      type: 'Microsoft.Insights/actionGroups',
      apiVersion: '2023-01-01',
      name: named('ag'),
      body: {
        location: 'global',
        tags: parameter('tags'),
        properties: {
          groupShortName: 'kopjekoffie',
          enabled: true,
          emailReceivers: choice(
            call('empty', parameter('alertEmail')),
            [],
            [{ name: 'operator', emailAddress: parameter('alertEmail'), useCommonAlertSchema: true }],
          ),
        },
      },
    },
  ],
  outputs: {
    workspaceId: {
      type: 'string',
      description: 'The resource id of the workspace.',
      value: idOf('workspace'),
    },
    actionGroupId: {
      type: 'string',
      description: 'The resource id of the action group.',
      value: idOf('actionGroup'),
    },
  },
};
