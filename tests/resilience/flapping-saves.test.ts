import { afterEach, beforeEach, expect, inject, it } from 'vitest';
import { startTablesProxy, type TablesProxy } from '../support/azure/tables-proxy.js';
import { cardText } from '../support/browser/cards-on-screen.js';
import { type House, openHouse, TRIED_AT_ONCE } from '../support/running-bot.js';

/** Set to save more often than is needed to see that it holds: `SAVES=200`. */
const SAVES = Number(process.env.SAVES ?? 16);
/** Of each hundred requests so many go wrong, half of them after they were done. */
const WRONG_OF_HUNDRED = 25;

let tables: TablesProxy;
let house: House;
beforeEach(async () => {
  tables = await startTablesProxy(inject('azurite'));
  house = await openHouse({ way: tables.connectionString, tableRetries: TRIED_AT_ONCE, limits: 'off' });
});
afterEach(async () => {
  tables.fault();
  await house.close();
  await tables.close();
});

/** A row as it lies in the tables. */
type Row = Readonly<Record<string, unknown>>;

it('keeps all of what it called saved while the tables flap: record, pointer, reminders and trail', async () => {
  const mila = house.teams.person({ name: 'Mila de Wit' });
  await mila.install();
  let asked = 0;
  let state = 1;
  // As good as random, and the same each time: a linear congruence over what was asked.
  const flap = () => {
    asked += 1;
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const lot = Math.floor((state / 2 ** 32) * 100);
    if (lot >= WRONG_OF_HUNDRED) return undefined;
    const afterDelivery = lot % 2 === 0;
    return lot % 3 === 0 ? { closeSocket: true, afterDelivery } : { status: 503, afterDelivery };
  };
  const saved: string[] = [];
  let unsaved = 0;
  for (let at = 0; at < SAVES; at += 1) {
    const employee = house.teams.person({ name: `Sanne ${at}` });
    tables.fault();
    const start = await mila.says('afspraak vastleggen');
    const who = { name: `Sanne ${at}`, person: employee.objectId, day: '2027-01-11', subjects: 'tasks' };
    const plan = await mila.press(start.messages[0]!, 'Verder', who);
    tables.fault(flap);
    const what = { what1: 'Joris doet de balie', who1: 'manager', by1: '2027-01-15', next: '2027-01-26' };
    const reply = await mila
      .press(plan.message, 'Opslaan', { ...what, rhythm: 'two-weekly', initiative: 'manager' })
      .catch(() => null);
    tables.fault();
    if (reply !== null && cardText(reply.message).includes(`Sanne ${at} krijgt de afspraken ook te zien`))
      saved.push(employee.objectId);
    else unsaved += 1;
  }

  const {
    managers = [],
    about = [],
    reminders = [],
    audit = [],
  } = (await house.dump()) as Record<string, Row[]>;
  const holds = (rows: readonly Row[], text: string) =>
    rows.some((row) => JSON.stringify(row).includes(text));
  const missing = saved.flatMap((employee) => {
    const record = managers.find((row) => row.employee === employee && row.conversationDay !== undefined);
    if (record === undefined) return [`${employee}: no record`];
    const id = String(record.id);
    return [
      ...(about.some((row) => JSON.stringify(row).includes(employee) && JSON.stringify(row).includes(id))
        ? []
        : [`${id}: no pointer`]),
      ...(['agreement-shared', 'evaluation', 'landed'] as const)
        .filter(
          (kind) =>
            !holds(
              reminders.filter((row) => row.kind === kind),
              id,
            ),
        )
        .map((kind) => `${id}: no ${kind}`),
      ...(holds(audit, id) ? [] : [`${id}: nothing on the audit trail`]),
    ];
  });
  console.log(`${SAVES} saves, ${asked} requests; said to be saved ${saved.length}, not ${unsaved}`);
  expect(missing).toEqual([]);
  expect(saved.length).toBeGreaterThan(0);
});
