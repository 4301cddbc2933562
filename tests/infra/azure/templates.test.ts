import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { Language, type Node, Parser } from 'web-tree-sitter';
import { parseConfig, SETTING_NAMES } from '../../../bot/config.js';
import {
  FOR_APP_SERVICE,
  FOR_THE_PLATFORM,
  NOT_SET,
  SECRETS,
  SETTINGS,
} from '../../../infra/azure/template/settings.js';
import { isExpression } from '../../../infra/azure/template/template.js';
import { templateFiles } from '../../../infra/azure/template/template-files.js';
import { faultsOf } from '../../support/faults.js';

const FOLDER = fileURLToPath(new URL('../../../infra/azure', import.meta.url));
const files = templateFiles();
const bicepFiles = Object.entries(files).filter(([name]) => name.endsWith('.bicep'));

type Json = { readonly [key: string]: unknown };
type ArmResource = Json & { readonly type: string; readonly name: string; readonly properties: Json };
type Arm = {
  readonly parameters: Json;
  readonly variables: Json;
  readonly resources: readonly ArmResource[];
  readonly outputs: Json;
};

/** The main template and those that it nests, each with a name. */
const templates: readonly (readonly [name: string, template: Arm])[] = nested(
  'main',
  JSON.parse(files['azuredeploy.json'] ?? '') as Arm,
);
const resources = templates.flatMap(([, template]) => template.resources);
const ofType = (type: string) => resources.filter((one) => one.type === type);

describe('the templates of Azure', () => {
  it('lie in the folder as the command writes them, and nothing beside them', () => {
    for (const [name, text] of Object.entries(files))
      expect(readFileSync(join(FOLDER, name), 'utf8'), `${name}: npm run templates`).toBe(text);
    const modules = readdirSync(join(FOLDER, 'modules')).map((name) => `modules/${name}`);
    expect(Object.keys(files)).toEqual(expect.arrayContaining(modules));
  });

  it('hold no key, no password and no secret, and ask for one alone, which has no default and is kept from view', () => {
    for (const [name, text] of Object.entries(files)) {
      expect(text, name).not.toMatch(/listKeys|listAccountSas|list[A-Z]\w*\(|sharedKey["']?:|AccountKey=/);
      expect(text, name).not.toMatch(/password["']?:/i);
      expect(text, name).not.toMatch(/newGuid|listSecrets/);
    }
    const secure = templates.flatMap(([, { parameters }]) =>
      Object.entries(parameters as Readonly<Record<string, Json>>).filter(
        ([name, { type }]) => type === 'securestring' || /secret|password|key/i.test(name),
      ),
    );
    // In the main template and in both ways of hosting.
    expect(secure.map(([name]) => name)).toEqual(['scanSecret', 'scanSecret', 'scanSecret']);
    expect(secure.every(([, one]) => one.type === 'securestring' && !('defaultValue' in one))).toBe(true);
    expect(secure[0]?.[1]).toMatchObject({ minLength: 3 });
    for (const name of ['main', 'modules/app-service', 'modules/container-apps'])
      expect(files[`${name}.bicep`], name).toMatch(
        /@secure\(\)\n(@minLength\(3\)\n)?param scanSecret string\n/,
      );
    // What came out of a deployment is read by whoever may look at it.
    for (const [name, { outputs }] of templates)
      expect(JSON.stringify(outputs), name).not.toContain('scanSecret');
  });
});

describe('the Bicep files', () => {
  let parser: Parser;
  beforeAll(async () => {
    await Parser.init();
    const { resolve } = createRequire(import.meta.url);
    parser = new Parser();
    parser.setLanguage(await Language.load(resolve('tree-sitter-bicep/tree-sitter-bicep.wasm')));
  });
  const parsed = (text: string) => {
    const tree = parser.parse(text);
    if (tree === null) throw new Error('nothing was parsed');
    return tree.rootNode;
  };

  it('all parse, by a parser that sees a mistake', async () => {
    expect(parsed("param a string = 'x'\n").hasError).toBe(false);
    expect(parsed('param a string =\n').hasError).toBe(true);
    expect(parsed("resource a 'b@c' = {\n  name: 'x'\n").hasError).toBe(true);
    expect(
      await faultsOf(bicepFiles, (_, text) => {
        expect(
          all(parsed(text), (node) => node.isError || node.isMissing).map((node) => node.text.slice(0, 80)),
        ).toEqual([]);
      }),
    ).toEqual([]);
  });

  it('all use each parameter, variable and resource that others need', async () => {
    expect(
      await faultsOf(bicepFiles, (_, text) => {
        const root = parsed(text);
        const declared = all(root, (node) => /^(parameter|variable)_declaration$/.test(node.type)).map(
          (node) => node.namedChild(0)?.text ?? '',
        );
        const used = all(root, (node) => node.type === 'identifier').map((node) => node.text);
        expect(declared.length).toBeGreaterThan(0);
        // Once where it is declared, once at least where it is used. The key of an object is none.
        const keys = all(root, (node) => node.type === 'object_property').map(
          (node) => node.namedChild(0)?.text,
        );
        const timesIn = (names: readonly (string | undefined)[], name: string) =>
          names.filter((one) => one === name).length;
        expect(declared.filter((name) => timesIn(used, name) - timesIn(keys, name) < 2)).toEqual([]);
      }),
    ).toEqual([]);
  });
});

describe('the ARM templates', () => {
  it('all name only what is there, and close every bracket and quote of an expression', async () => {
    expect(
      await faultsOf(templates, (_, { parameters, variables, resources: own, outputs }) => {
        const text = JSON.stringify([own.map(withoutNested), outputs]);
        const said = (kind: string) =>
          [...text.matchAll(new RegExp(`${kind}\\('(\\w+)'\\)`, 'g'))].map(([, name]) => name);
        expect(Object.keys(parameters)).toEqual(expect.arrayContaining(said('parameters')));
        expect(Object.keys(variables)).toEqual(expect.arrayContaining(said('variables')));
        const unused = Object.keys(parameters).filter(
          (name) => !JSON.stringify([text, variables]).includes(`'${name}'`),
        );
        expect(unused).toEqual([]);
      }),
    ).toEqual([]);
    const expressions = JSON.stringify(templates).match(/"\[(?!\[)[^"]*\]"/g) ?? [];
    expect(expressions.length).toBeGreaterThan(50);
    for (const one of expressions) {
      const bare = one.replaceAll(/'(?:[^']|'')*'/g, '');
      expect(bare, one).not.toContain("'");
      let open = 0;
      for (const sign of bare) {
        if (sign === '(') open += 1;
        if (sign === ')') open -= 1;
        expect(open, one).toBeGreaterThanOrEqual(0);
      }
      expect(open, one).toBe(0);
    }
  });

  it('all wait only for what they make', async () => {
    expect(
      await faultsOf(templates, (_, template) => {
        const made = template.resources.map((one) => idOf(one));
        const waited = template.resources.flatMap((one) => (one.dependsOn ?? []) as string[]);
        expect(made).toEqual(expect.arrayContaining(waited));
      }),
    ).toEqual([]);
  });

  it('give each module exactly what it asks for', () => {
    for (const [name, { resources: own }] of templates)
      for (const one of own.filter(({ type }) => type === 'Microsoft.Resources/deployments')) {
        const { parameters, template } = one.properties as { parameters: Json; template: Arm };
        expect(Object.keys(parameters).sort(), `${name}, ${one.name}`).toEqual(
          Object.keys(template.parameters).sort(),
        );
      }
  });
});

describe('the names in the templates', () => {
  // What Azure allows, by type; a token of uniqueString has 13 small letters and digits.
  const ALLOWED: Readonly<Record<string, RegExp>> = {
    'Microsoft.ManagedIdentity/userAssignedIdentities': /^[a-z0-9][\w-]{2,127}$/i,
    'Microsoft.OperationalInsights/workspaces': /^[a-z0-9][a-z0-9-]{2,61}[a-z0-9]$/i,
    'Microsoft.Storage/storageAccounts': /^[a-z0-9]{3,24}$/,
    'Microsoft.Web/serverfarms': /^[a-z0-9-]{1,40}$/i,
    'Microsoft.Web/sites': /^[a-z0-9][a-z0-9-]{0,58}[a-z0-9]$/i,
    'Microsoft.App/managedEnvironments': /^[a-z][a-z0-9-]{0,30}[a-z0-9]$/,
    'Microsoft.App/containerApps': /^[a-z](?!.*--)[a-z0-9-]{0,30}[a-z0-9]$/,
    'Microsoft.BotService/botServices': /^[a-z0-9][\w-]{1,41}$/i,
  };

  it('of each type are as Azure allows, and short enough for a text message', async () => {
    expect(
      await faultsOf(Object.entries(ALLOWED), (type, allowed) => {
        const names = ofType(type).map(({ name }) => {
          const [, form = '', filled] = /^\[format\('([^']+)', (parameters\('token'\))\)\]$/.exec(name) ?? [];
          expect(filled, name).toBeDefined();
          return form.replace('{0}', 'abcdefghijkl9');
        });
        expect(names).toEqual([expect.stringMatching(allowed)]);
      }),
    ).toEqual([]);
    const [group] = ofType('Microsoft.Insights/actionGroups');
    expect(String(group?.properties.groupShortName).length).toBeLessThanOrEqual(12);
  });
});

describe('the settings of the bot in the templates', () => {
  it('are those that the bot reads, and those that it reads are set or left out for a reason', () => {
    const known = [...SETTING_NAMES].sort();
    const told = [SETTINGS, SECRETS, NOT_SET].flatMap((some) => Object.keys(some));
    expect(told.sort()).toEqual(known);
  });

  it('all stand in each template, with reminders on or off, and nothing that nobody reads', async () => {
    expect(
      await faultsOf(
        [
          ['Microsoft.Web/sites/config', 'on'],
          ['Microsoft.Web/sites/slots/config', 'off'],
        ],
        (type, reminders) => {
          const [one] = ofType(type).filter(({ name }) => name.includes('appsettings'));
          const names = [SETTINGS, SECRETS, FOR_THE_PLATFORM, FOR_APP_SERVICE].flatMap((some) =>
            Object.keys(some),
          );
          expect(Object.keys(one?.properties ?? {}).sort()).toEqual(names.sort());
          expect(one?.properties.REMINDERS).toBe(reminders);
        },
      ),
    ).toEqual([]);
  });

  it('stay with their slot where the version that waits must not do the same', () => {
    const [sticky] = ofType('Microsoft.Web/sites/config').filter(({ name }) =>
      name.includes('slotConfigNames'),
    );
    expect(sticky?.properties).toEqual({ appSettingNames: ['REMINDERS'] });
  });

  it('all stand in the container, and nothing that nobody reads', () => {
    type Env = { readonly name: string; readonly value?: string; readonly secretRef?: string };
    type Containers = { readonly containers: readonly { readonly env: readonly Env[] }[] };
    const [app] = ofType('Microsoft.App/containerApps');
    const [container] = (app?.properties.template as Containers | undefined)?.containers ?? [];
    const names = [SETTINGS, SECRETS, FOR_THE_PLATFORM].flatMap((some) => Object.keys(some));
    expect(container?.env.map(({ name }) => name).sort()).toEqual(names.sort());
    // A secret by its name alone, and each of those names is a secret of the app.
    const secrets = container?.env.filter(({ secretRef }) => secretRef !== undefined) ?? [];
    expect(secrets.map(({ name, value }) => ({ name, value }))).toEqual(
      Object.keys(SECRETS).map((name) => ({ name, value: undefined })),
    );
    expect(app?.properties.configuration).toMatchObject({
      secrets: secrets.map(({ secretRef }) => ({ name: secretRef, value: "[parameters('scanSecret')]" })),
    });
    expect(secrets.map(({ secretRef }) => secretRef)).toEqual([
      expect.stringMatching(/^[a-z][a-z0-9-]+[a-z0-9]$/),
    ]);
  });

  it('start the bot', () => {
    const given: Readonly<Record<string, string>> = {
      clientId: '11111111-2222-4333-8444-555555555555',
      tenantId: '99999999-8888-4777-8666-555555555555',
      allowedTenants: '99999999-8888-4777-8666-555555555555',
      tablesEndpoint: 'https://stkopje123.table.core.windows.net/',
      tablePrefix: 'kopje',
      hrAdmins: '',
      timeZone: 'Europe/Amsterdam',
      graph: 'off',
      supportContact: 'Helpdesk',
      logLevel: 'info',
      scanSecret: '0123456789abcdef0123456789abcdef',
    };
    const env = Object.entries({ ...SETTINGS, ...SECRETS }).map(([name, value]) => [
      name,
      isExpression(value) && value.$ === 'parameter' ? given[value.name] : value,
    ]);
    const parsed = parseConfig(Object.fromEntries(env));
    expect(parsed).toMatchObject({ ok: true, config: { scanSecrets: [given.scanSecret] } });
    const without = { ...Object.fromEntries(env), SCAN_SECRET: 'off' };
    expect(parseConfig(without)).toMatchObject({ ok: true, config: { scanSecrets: [] } });
  });
});

describe('what the templates make', () => {
  it('opens the tables to the identity alone, by the narrowest role', () => {
    expect(ofType('Microsoft.Storage/storageAccounts')).toHaveLength(1);
    expect(ofType('Microsoft.Storage/storageAccounts')[0]).toMatchObject({
      sku: { name: 'Standard_ZRS' },
      properties: {
        allowSharedKeyAccess: false,
        allowBlobPublicAccess: false,
        minimumTlsVersion: 'TLS1_2',
        supportsHttpsTrafficOnly: true,
      },
    });
    const roles = ofType('Microsoft.Authorization/roleAssignments').map(
      ({ properties }) => properties.roleDefinitionId,
    );
    // Storage Table Data Contributor, by the list of Azure's built-in roles.
    expect(roles).toEqual([
      "[subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3')]",
    ]);
    expect(ofType('Microsoft.Authorization/locks').map(({ properties }) => properties.level)).toEqual([
      'CanNotDelete',
    ]);
  });

  it('run on Node 24, always on, by https alone, looked after on /readyz, and without a password', async () => {
    expect(
      await faultsOf(['Microsoft.Web/sites', 'Microsoft.Web/sites/slots'], (type) => {
        expect(ofType(type)).toHaveLength(1);
        expect(ofType(type)[0]).toMatchObject({
          identity: { type: 'UserAssigned' },
          properties: {
            httpsOnly: true,
            siteConfig: {
              linuxFxVersion: 'NODE|24-lts',
              alwaysOn: true,
              healthCheckPath: '/readyz',
              ftpsState: 'Disabled',
              minTlsVersion: '1.2',
              scmMinTlsVersion: '1.2',
            },
          },
        });
        const passwords = ofType(`${type}/basicPublishingCredentialsPolicies`);
        expect(passwords.map(({ properties }) => properties.allow)).toEqual([false, false]);
      }),
    ).toEqual([]);
  });

  it('keeps a replica running, two revisions to go between, and says what the app package needs', () => {
    const [app] = ofType('Microsoft.App/containerApps');
    expect(app?.properties).toMatchObject({
      configuration: { activeRevisionsMode: 'Multiple', ingress: { allowInsecure: false, targetPort: 8080 } },
      template: { scale: { minReplicas: "[parameters('replicas')]" } },
    });
    const main = templates[0]?.[1];
    expect(main?.parameters.instances).toMatchObject({ minValue: 1, defaultValue: 1 });
    expect(Object.keys(templates[0]?.[1].outputs ?? {})).toEqual(
      expect.arrayContaining(['MicrosoftAppId', 'PUBLIC_URL']),
    );
  });

  it('registers the bot in West Europe with the identity, and for Teams alone', () => {
    expect(ofType('Microsoft.BotService/botServices')).toMatchObject([
      {
        location: 'westeurope',
        properties: { msaAppType: 'UserAssignedMSI', disableLocalAuth: true },
      },
    ]);
    expect(ofType('Microsoft.BotService/botServices/channels')).toMatchObject([
      { properties: { channelName: 'MsTeamsChannel', properties: { isEnabled: true } } },
    ]);
  });

  it('keeps a log and wakes somebody, and logs no request with the keys of rows in it', () => {
    expect(ofType('Microsoft.OperationalInsights/workspaces')).toHaveLength(1);
    expect(ofType('Microsoft.Insights/metricAlerts').length).toBeGreaterThanOrEqual(2);
    // For each way of hosting: errors, what is critical, what is a warning.
    expect(ofType('Microsoft.Insights/scheduledQueryRules').length).toBe(6);
    expect(ofType('Microsoft.Insights/workbooks').length).toBe(2);
    const categories = ofType('Microsoft.Insights/diagnosticSettings').flatMap(({ properties }) =>
      (properties.logs as { category: string }[]).map(({ category }) => category),
    );
    expect(categories.filter((one) => !/(Console|Platform|System)Logs$/.test(one))).toEqual([]);
    expect(categories.length).toBeGreaterThan(0);
  });
});

function nested(name: string, template: Arm): (readonly [string, Arm])[] {
  const inner = template.resources
    .filter(({ type }) => type === 'Microsoft.Resources/deployments')
    .flatMap((one) => nested(one.name, one.properties.template as Arm));
  return [[name, template], ...inner];
}

/** What a nested template says is evaluated within it. */
function withoutNested(one: ArmResource): unknown {
  if (one.type !== 'Microsoft.Resources/deployments') return one;
  const { template: _, ...properties } = one.properties ?? {};
  return { ...one, properties };
}

/** The id that others wait for, as an expression. */
function idOf({ type, name }: ArmResource): string {
  const bare = (text: string) => (text.startsWith('[') ? text.slice(1, -1) : `'${text}'`);
  const parts = /^\[format\('\{0\}\/([^']+)', (.+)\)\]$/.exec(name);
  if (type.split('/').length === 2 || parts === null) return `[resourceId('${type}', ${bare(name)})]`;
  const [, rest = '', first = ''] = parts;
  return `[resourceId('${type}', ${[first, ...rest.split('/').map((part) => `'${part}'`)].join(', ')})]`;
}

function all(node: Node, wanted: (node: Node) => boolean): Node[] {
  const inner = node.children.flatMap((child) => (child === null ? [] : all(child, wanted)));
  return wanted(node) ? [node, ...inner] : inner;
}
