import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { dutchHolidays } from './holidays.js';

const PLACE = 'bot/domain/dutch-holidays.json';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const source = 'date-holidays, CC-BY-3.0, for the Netherlands';
writeFileSync(`${root}${PLACE}`, `${JSON.stringify({ source, days: dutchHolidays() }, null, 2)}\n`);
process.stdout.write(`${PLACE}\n`);
