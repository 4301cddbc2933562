import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { drawing, withDrawing } from './rooms.js';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const PAGE = `${ROOT}docs/architecture.md`;

writeFileSync(PAGE, withDrawing(readFileSync(PAGE, 'utf8'), drawing(ROOT)));
process.stdout.write('docs/architecture.md\n');
