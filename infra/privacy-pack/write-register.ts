import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { REGISTER, withRegister } from './register.js';

const PAGE = `${fileURLToPath(new URL('../../..', import.meta.url))}${REGISTER}`;

writeFileSync(PAGE, withRegister(readFileSync(PAGE, 'utf8')));
process.stdout.write(`${REGISTER}\n`);
