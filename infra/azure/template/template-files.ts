import { toArm } from './arm.js';
import { toBicep } from './bicep.js';
import { MAIN } from './main-template.js';

const NOTE = '// Written by `npm run templates` from infra/azure/template. Change that, not this.\n\n';

/** Every file that the templates are, by its path in infra/azure. */
export function templateFiles(): Readonly<Record<string, string>> {
  const modules = MAIN.modules ?? [];
  return {
    'main.bicep': `${NOTE}targetScope = 'resourceGroup'\n\n${toBicep(MAIN, (name) => `modules/${name}.bicep`)}`,
    ...Object.fromEntries(
      modules.map(({ name, template }) => [
        `modules/${name}.bicep`,
        `${NOTE}${toBicep(template, (inner) => `${inner}.bicep`)}`,
      ]),
    ),
    'azuredeploy.json': `${JSON.stringify(toArm(MAIN), null, 2)}\n`,
  };
}
