import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { MAIN } from '../../../infra/azure/template/main-template.js';
import packageJson from '../../../package.json' with { type: 'json' };
import { faultsOf } from '../../support/faults.js';

const read = (path: string) =>
  readFileSync(fileURLToPath(new URL(`../../../${path}`, import.meta.url)), 'utf8');
const yaml = (name: string) => load(read(`infra/azure/${name}`));

type Action = {
  readonly uses: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with: Readonly<Record<string, unknown>>;
};
type AgentsProject = Readonly<Record<'provision' | 'deploy' | 'publish', readonly Action[]>>;

describe('the files of deploying', () => {
  const FILES = [
    ['azure.yaml', 'azure-yaml-1.0.excerpt.schema.json'],
    ['m365agents.yml', 'm365agents-1.11.schema.json'],
  ] as const;
  const validatorOf = (schema: string) =>
    new Ajv({ strict: false }).compile(JSON.parse(read(`tests/infra/schema/${schema}`)));

  it('are as their tools read them, and not as their tools would refuse them', () => {
    for (const [name, schema] of FILES) {
      const validate = validatorOf(schema);
      validate(yaml(name));
      expect(validate.errors ?? [], name).toEqual([]);
      const wrong = structuredClone(yaml(name)) as Record<string, unknown>;
      wrong[name === 'azure.yaml' ? 'name' : 'version'] = 'Not This';
      expect(validate(wrong), name).toBe(false);
    }
  });
});

describe('the files that deploying begins with', () => {
  const project = yaml('m365agents.yml') as AgentsProject;
  const actions = [...project.provision, ...project.deploy, ...project.publish];

  it('run only commands that are there, and deploy the bundle', () => {
    const hooks = JSON.stringify(yaml('azure.yaml')).matchAll(/npm run ([\w:]+)/g);
    const commands = [
      ...[...hooks].map(([, name]) => name ?? ''),
      ...actions
        .filter(({ uses }) => uses === 'cli/runNpmCommand')
        .map((one) => String(one.with.args))
        .filter((args) => args.startsWith('run '))
        .map((args) => args.slice('run '.length)),
    ];
    expect(commands.length).toBeGreaterThan(3);
    expect(Object.keys(packageJson.scripts)).toEqual(expect.arrayContaining(commands));
    expect(yaml('azure.yaml')).toMatchObject({ services: { bot: { dist: 'dist/bundle' } } });
    const [zip] = actions.filter(({ uses }) => uses === 'azureAppService/zipDeploy');
    expect(zip?.with.artifactFolder).toBe('dist/bundle');
  });

  it('say only parameters that the template has, and all that it must be told', async () => {
    expect(
      await faultsOf(['main.parameters.json', 'm365agents.parameters.json'], (name) => {
        const { parameters } = JSON.parse(read(`infra/azure/${name}`)) as { parameters: object };
        expect(Object.keys(MAIN.parameters)).toEqual(expect.arrayContaining(Object.keys(parameters)));
        const needed = Object.entries(MAIN.parameters).filter(([, one]) => one.default === undefined);
        expect(Object.keys(parameters)).toEqual(expect.arrayContaining(needed.map(([key]) => key)));
      }),
    ).toEqual([]);
  });

  it('know every variable that the toolkit fills in, from its file or from an output', () => {
    const text = read('infra/azure/m365agents.yml') + read('infra/azure/m365agents.parameters.json');
    const asked = [...text.matchAll(/\$\{\{(\w+)\}\}/g)].map(([, name]) => name);
    const env = read('infra/azure/env/.env.dev');
    const file = [...env.matchAll(/^(\w+)=/gm)].map(([, name]) => name);
    // A secret stands in a file of whoever deploys, which git does not take.
    const secrets = asked.filter((name) => name?.startsWith('SECRET_'));
    expect(secrets).toEqual(['SECRET_SCAN']);
    for (const name of secrets) expect(env).toContain(`${name}, belongs in .env.dev.user`);
    expect(read('.gitignore')).toMatch(/^\.env\.\*\.user$/m);
    expect(file).not.toContain('SECRET_SCAN');
    expect(file).toEqual(expect.arrayContaining(asked.filter((name) => !secrets.includes(name))));
    const outputs = Object.keys(MAIN.outputs ?? {}).map((name) => name.toUpperCase());
    expect(file).toEqual(expect.arrayContaining(outputs));
  });
});
