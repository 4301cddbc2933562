import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { templateFiles } from './template-files.js';

for (const [name, text] of Object.entries(templateFiles())) {
  const path = join('infra', 'azure', name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
  console.log(path);
}
