import { metricAlert } from '../alert-rules.js';
import { PLACE, PLACED, textParameter } from '../parameters.js';
import { named } from '../settings.js';
import { call, idOf, parameter, property, type Template, text } from '../template.js';

/** Storage Table Data Contributor: reads, writes and deletes in tables, and nothing else of the account. */
const TABLE_DATA_CONTRIBUTOR = '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3';

export const STORAGE: Template = {
  description: 'The tables. They can be opened by an identity with the role alone: there is no key to lose.',
  parameters: {
    ...PLACE,
    principalId: textParameter('The object id of the identity that reads and writes the tables.'),
    deleteLock: { type: 'bool', description: 'Whether the account is locked against being deleted.' },
    actionGroupId: textParameter('Who hears of an alert.'),
  },
  resources: [
    {
      symbol: 'account',
      type: 'Microsoft.Storage/storageAccounts',
      apiVersion: '2023-05-01',
      name: text('stkopje', parameter('token')),
      body: {
        ...PLACED,
        kind: 'StorageV2',
        sku: { name: 'Standard_ZRS' },
        properties: {
          allowSharedKeyAccess: false,
          allowBlobPublicAccess: false,
          allowCrossTenantReplication: false,
          defaultToOAuthAuthentication: true,
          minimumTlsVersion: 'TLS1_2',
          supportsHttpsTrafficOnly: true,
          publicNetworkAccess: 'Enabled',
        },
      },
    },
    {
      symbol: 'tables',
      type: 'Microsoft.Storage/storageAccounts/tableServices',
      apiVersion: '2023-05-01',
      name: 'default',
      parent: 'account',
      why: 'No diagnostic setting: a log of requests would hold the keys of rows, and so who was looked up.',
      body: {},
    },
    {
      symbol: 'role',
      type: 'Microsoft.Authorization/roleAssignments',
      apiVersion: '2022-04-01',
      name: call('guid', idOf('account'), parameter('principalId'), TABLE_DATA_CONTRIBUTOR),
      scope: 'account',
      body: {
        properties: {
          principalId: parameter('principalId'),
          principalType: 'ServicePrincipal',
          roleDefinitionId: call(
            'subscriptionResourceId',
            'Microsoft.Authorization/roleDefinitions',
            TABLE_DATA_CONTRIBUTOR,
          ),
        },
      },
    },
    {
      symbol: 'lock',
      type: 'Microsoft.Authorization/locks',
      apiVersion: '2020-05-01',
      name: 'keep-the-tables',
      scope: 'account',
      condition: parameter('deleteLock'),
      why: 'Tables have no soft delete: an account that is gone is gone with all that people agreed.',
      body: {
        properties: {
          level: 'CanNotDelete',
          notes: 'Holds the tables of Kopje Koffie. Take this lock away before you delete the account.',
        },
      },
    },
    metricAlert({
      symbol: 'alertTables',
      name: named('alert-tables'),
      of: idOf('account'),
      description: 'The tables answer fewer than 99 of 100 requests.',
      severity: 1,
      metric: { namespace: 'Microsoft.Storage/storageAccounts', name: 'Availability' },
      is: { operator: 'LessThan', threshold: 99, timeAggregation: 'Average' },
    }),
  ],
  outputs: {
    tablesEndpoint: {
      type: 'string',
      description: 'The address of the table service.',
      value: property('account', 'primaryEndpoints.table'),
    },
  },
};
