import { join } from 'node:path';
import { buildBundle } from './build-bundle.js';

const TARGET = join('dist', 'bundle');

const { files, packageFolders } = await buildBundle(process.cwd(), join(process.cwd(), TARGET));
for (const { name, bytes } of files) console.log(`${megabytes(bytes)}  ${name}`);
const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
console.log(`${megabytes(total)}  ${TARGET}, with parts of ${packageFolders.length} packages`);

function megabytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(2).padStart(6)} MB`;
}
