// Answers a team scan for many people in a process of its own, to be killed at any moment: a line for each answer.
import { createSeal } from '../../../dist/bot/store/scan-seal.js';
import { openScans } from '../../../dist/bot/store/scans.js';
import { openTables } from '../../../dist/bot/store/tables/tables.js';
import { CHARACTERISTICS } from '../../../dist/cards/content/characteristics.js';

const { connectionString, prefix, secret, tenant, id, today, people, figure } = JSON.parse(process.argv[2]);
const scans = openScans(openTables({ connectionString }, prefix), createSeal([secret]));
const ballot = { figures: CHARACTERISTICS.map(() => figure), top: [] };

for (const person of people) {
  const answered = await scans.answer(tenant, id, { person, ballot, today });
  process.stdout.write(`${person} ${answered}\n`);
}
