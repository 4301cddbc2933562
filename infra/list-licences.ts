import { isPermissive, productionLicences } from './licences.js';

const all = productionLicences(process.cwd());
const wrong = all.filter(({ licence }) => !isPermissive(licence));
for (const { name, version, licence } of all) console.log(`${name} ${version}  ${licence || 'none named'}`);
console.log(`${all.length} packages, ${wrong.length} of which not permissive`);
for (const { name, version, licence } of wrong)
  console.error(`- ${name} ${version}: ${licence || 'none named'}`);
if (wrong.length > 0) process.exitCode = 1;
