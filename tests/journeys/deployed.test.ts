import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { addDays, dayOf } from '../../bot/domain/calendar.js';
import { messagesFor } from '../../cards/content/words.js';
import { dropTables, dumpTables, ownPrefix } from '../support/azure/azurite.js';
import { cardText, headingOf } from '../support/browser/cards-on-screen.js';
import { addressOf, startCommand } from '../support/process/command.js';
import { LATE_MS } from '../support/run/time-limits.js';
import { recordAgreement } from '../support/shared-agreement.js';
import { startTeams } from '../support/teams/teams.js';

const NL = messagesFor('nl');
const ZONE = 'Europe/Amsterdam';
const prefix = ownPrefix();
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kopje-koffie-deployed-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await dropTables(inject('azurite'), prefix);
});

/** The process that is deployed: the built command, or the one in the image that is tried. Its clock is the machine's. */
const start = (...args: readonly string[]) =>
  startCommand(args, {
    cwd: folder,
    env: {
      ...{ BOT_ENV: 'development', PORT: '0', REMINDERS: 'off', TABLE_PREFIX: prefix },
      AZURE_TABLES_CONNECTION_STRING: inject('azurite'),
    },
  });

/** A week later than it is meant for is past every evening, weekend and row of holidays that it may be moved over. */
const remindOn = async (day: string) =>
  expect(await start('job', 'reminders', '--at', `${day}T12:00:00Z`).ended).toMatchObject({ code: 0 });

describe('the process that is deployed', () => {
  it('leads a manager from the question to what is agreed and to the reminder on the day, and an employee to somebody to talk to', async () => {
    const serving = start('serve');
    let url = '';
    const teams = await startTeams({ appId: randomUUID(), botUrl: () => url });
    try {
      url = await addressOf(serving);
      await vi.waitUntil(() => fetch(`${url}/readyz`).then(({ ok }) => ok), { timeout: LATE_MS });
      const mila = teams.person({ name: 'Mila de Wit' });
      const sanne = teams.person({ name: 'Sanne Bakker' });
      await mila.install();
      await sanne.install();

      const guide = await mila.says('hoe begin ik het gesprek?');
      expect(headingOf(guide.messages[0])).toBe(NL.conversation.begin.title);
      const today = dayOf(new Date().toISOString(), ZONE);
      const next = addDays(today, 14);
      await recordAgreement(
        mila,
        { name: 'Sanne', person: sanne.objectId, day: today, subjects: 'tasks' },
        {
          ...{ what1: 'De balie gaat naar Joris', who1: 'manager', by1: next },
          ...{ next, rhythm: 'two-weekly', initiative: 'manager' },
        },
      );
      await remindOn(addDays(today, 7));
      expect(cardText(sanne.lastMessage())).toContain('De balie gaat naar Joris');

      expect(cardText(mila.lastMessage())).not.toContain('De balie gaat naar Joris');
      await remindOn(addDays(next, 7));
      expect(cardText(mila.lastMessage())).toContain('De balie gaat naar Joris');

      const before = await dumpTables(inject('azurite'), prefix);
      const asked = await sanne.says('ik wil met iemand praten');
      expect(cardText(asked.messages[0])).toContain('Luisterlijn');
      expect(cardText(asked.messages[0])).toContain('088 0767 000');
      expect(await dumpTables(inject('azurite'), prefix)).toEqual(before);

      serving.child.kill('SIGTERM');
      const { code, stdout, stderr } = await serving.ended;
      expect([code, stdout]).toEqual([0, '']);
      expect(stderr).not.toMatch(/Sanne|Mila|balie|praten|gesprek/);
      expect(teams.violations).toEqual([]);
    } finally {
      serving.child.kill('SIGKILL');
      await serving.ended;
      await teams.close();
    }
  });
});
