import { strFromU8 } from 'fflate';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { messagesFor } from '../../cards/content/words.js';
import { shortMonth } from '../../cards/dates.js';
import type { Card, Person } from '../support/teams/teams.js';
import { partsOf } from '../support/teams/teams-card.js';
import { pagesOf, payloadsOn, press, pressOn, wordsOn } from './pressing.js';
import { type AgreementMeaning, openStoredHouse, type StoredHouse } from './stored-rows.js';

describe('rows that version 0.1.0 wrote, looked at', () => {
  let stored: StoredHouse;
  let before: unknown;
  beforeAll(async () => {
    stored = await openStoredHouse('0.1.0');
  });
  beforeEach(async () => {
    before = await stored.house.dump(true);
  });
  // A lookup leaves no trace, so it must not rewrite a row in a newer shape either.
  afterEach(async () => {
    expect(await stored.house.dump(true)).toEqual(before);
  });
  afterAll(() => stored.close());

  it('stand in each manager’s overview, all that is open and nothing else', async () => {
    for (const { manager, open } of stored.meaning.overview) {
      const person = stored.person(manager);
      const pages = await pagesOf(
        (page) => press(person, 'overview.show', { page, of: '' }),
        'overview.show',
      );
      const ids = pages.flatMap((card) => payloadsOn(card)).flatMap(({ id }) => (id === undefined ? [] : id));
      expect(new Set(ids), manager).toEqual(new Set(open.map(({ id }) => id)));
    }
  });

  it('stand in each manager’s lists of agreements, coffees and moments', async () => {
    const { agreements, members, moments, overview } = stored.meaning;
    for (const { manager } of overview) {
      const person = stored.person(manager);
      const own = <One extends { readonly manager: string; readonly id: string }>(all: readonly One[]) =>
        all.filter((one) => one.manager === manager);
      const listed = async (verb: string) => {
        const pages = await pagesOf((page) => press(person, verb, { page }), verb);
        return new Set(
          pages.flatMap((card) => payloadsOn(card)).flatMap(({ id }) => (id === undefined ? [] : id)),
        );
      };
      const idsOf = (all: readonly { readonly id: string }[]) => new Set(all.map(({ id }) => id));
      expect(await listed('agreement.list'), manager).toEqual(
        idsOf(own(agreements).filter(({ status }) => status === 'open')),
      );
      expect(await listed('coffee.list'), manager).toEqual(
        idsOf(own(members).filter(({ rhythm }) => rhythm !== null)),
      );
      expect(await listed('moments.list'), manager).toEqual(
        idsOf(own(moments).filter(({ status }) => status === 'open')),
      );
    }
  });

  it('show each agreement to its manager: with whom, what, and what the employee asked in full', async () => {
    for (const agreement of stored.meaning.agreements) {
      const card = await press(stored.person(agreement.manager), 'agreement.show', { id: agreement.id });
      expectFacts(wordsOn(card), agreement);
      expect(wordsOn(card)).toContain(agreement.name);
      expect(wordsOn(card)).not.toContain(messagesFor('nl').agreement.gone);
    }
  });

  it('show each coffee and each moment', async () => {
    const { members, moments } = stored.meaning;
    for (const { manager, id, name } of members.filter(({ rhythm }) => rhythm !== null)) {
      const card = await press(stored.person(manager), 'coffee.show', { id });
      expect(wordsOn(card)).toContain(name);
      expect(payloadsOn(card, 'coffee.done')).toMatchObject([{ id }]);
    }
    for (const { manager, id, memberName, from } of moments.filter(({ status }) => status === 'open')) {
      const card = await press(stored.person(manager), 'moments.show', { id });
      expect(wordsOn(card)).toContain(memberName);
      expect(wordsOn(card)).toContain(from);
      expect(payloadsOn(card, 'moments.end')).toMatchObject([{ id }]);
    }
  });

  it('show each employee all that is about them, and to no other', async () => {
    for (const [employee, own] of byEmployee(stored)) {
      const person = stored.person(employee);
      const pages = await pagesOf((page) => press(person, 'about.records', { page }), 'about.records');
      const shown = pages.flatMap((card) => payloadsOn(card, 'about.show'));
      expect(shown.map(({ manager, id }) => `${manager} ${id}`).sort()).toEqual(
        own.map(({ manager, id }) => `${manager} ${id}`).sort(),
      );
      for (const agreement of own) {
        const { manager, id } = agreement;
        const card = await press(person, 'about.show', { manager, id });
        expectFacts(wordsOn(card), { ...agreement, change: null });
        expect(pages.map(wordsOn).join()).toContain(agreement.managerName);
      }
    }
  });

  it('show an employee that a manager keeps coffees and moments with them, and what was removed', async () => {
    const { members, moments } = stored.meaning;
    const { about, coffee, moments: words } = messagesFor('nl');
    for (const { account, rhythm, manager, id } of members.filter((one) => one.rhythm !== null)) {
      if (account === null || rhythm === null) continue;
      const person = stored.person(account);
      const text = (await pagesOf((page) => press(person, 'about.records', { page }), 'about.records'))
        .map(wordsOn)
        .join();
      expect(text).toContain(coffee.rhythms[rhythm as keyof typeof coffee.rhythms]);
      for (const moment of moments.filter((one) => one.manager === manager && one.member === id))
        expect(text).toContain(words.kinds[moment.kind as keyof typeof words.kinds]);
    }
    const removed = stored.rows.about.filter((row) => row.removed !== undefined);
    expect(removed).toHaveLength(2);
    for (const { PartitionKey, removed: text } of removed) {
      const card = await press(stored.person(PartitionKey.split('|')[1] ?? ''), 'about.records', { page: 0 });
      expect(wordsOn(card)).toContain((JSON.parse(String(text)) as { managerName: string }).managerName);
      expect(wordsOn(card)).not.toContain(about.recordsEmpty);
    }
  });

  it('go along with each employee, in the chat and as a file', async () => {
    for (const [employee, own] of byEmployee(stored)) {
      const person = stored.person(employee);
      const pages = await pagesOf((page) => press(person, 'about.export', { page }), 'about.export');
      const chat = pages.map(wordsOn).join();
      for (const agreement of own) {
        expectFacts(chat, agreement);
        expect(chat).toContain(agreement.id);
      }
      // Teams offers no file to people who removed or blocked the bot.
      if (!stored.meaning.people.some((one) => one.person === employee && one.unreachable === null)) continue;
      const file = await exportedFile(person);
      for (const agreement of own) {
        expect(file.agreements).toContainEqual(expect.objectContaining({ id: agreement.id }));
        expectFacts(JSON.stringify(file), agreement);
      }
      expect(file.agreements).toHaveLength(own.length);
    }
  });

  it('show HR what they filled in, in counts what was recorded, and how the bot is doing', async () => {
    const { hr } = messagesFor('nl');
    for (const { tenant, contacts } of stored.meaning.organisations) {
      const admin = stored.person(hrAdminOf(tenant));
      const lists = await pagesOf((page) => press(admin, 'hr.contacts', { page }), 'hr.contacts');
      for (const { id, name } of contacts) {
        expect(lists.map(wordsOn).join()).toContain(name);
        expect(wordsOn(await press(admin, 'hr.contact', { id }))).toContain(name);
      }
      for (const [verb, title] of [
        ['hr.show', hr.title],
        ['hr.defaults', hr.defaultsTitle],
        ['hr.managers', hr.managersTitle],
        ['hr.health', hr.healthTitle],
        ['figures.show', messagesFor('nl').figures.title],
        ['leaver.show', messagesFor('nl').leaver.title],
      ] as const) {
        expect(wordsOn(await press(admin, verb)), verb).toContain(title);
      }
      const out = wordsOn(await press(admin, 'hr.export'));
      for (const { id } of contacts) expect(out).toContain(id);
    }
    const petra = stored.person(hrAdminOf(stored.meaning.organisations[0]?.tenant ?? ''));
    expect(wordsOn(await press(petra, 'hr.defaults'))).toContain('"value":"120"');
    const texts = textsOn(await press(petra, 'figures.show'));
    const march = texts.indexOf(shortMonth('nl', '2026-03'));
    const { few } = messagesFor('nl').figures;
    // Evaluations with how many of them were on time.
    expect(texts.slice(march + 1, march + 5)).toEqual(['10', '10', '5 (5)', few]);
    const audit = await press(petra, 'hr.audit');
    const record = stored.meaning.agreements[0]?.id ?? '';
    expect(wordsOn(await pressOn(petra, audit, 'hr.audit-look', { record }))).toContain(hr.auditTitle);
  });

  it('let an old digest be opened again', async () => {
    const digests = stored.rows.nudges.filter(({ RowKey }) => RowKey.startsWith('digest_7c'));
    expect(digests.length).toBeGreaterThan(20);
    for (const { PartitionKey, RowKey } of digests) {
      const digestDay = RowKey.slice('digest_7c'.length);
      const card = await press(stored.person(PartitionKey.split('|')[1] ?? ''), 'digest.show', { digestDay });
      expect(wordsOn(card)).toContain(messagesFor('nl').digest.title);
    }
  });

  function hrAdminOf(tenant: string): string {
    const { hrAdmins, people } = stored.meaning;
    return people.find((one) => one.tenant === tenant && hrAdmins.includes(one.person))?.person ?? '';
  }

  async function exportedFile(person: Person): Promise<{ readonly agreements: readonly unknown[] }> {
    const { oneDrive } = stored.house;
    // The second is part of the file's name, and Teams takes no second file of one name.
    const at = Date.parse(stored.meaning.at) + 1_000 * (oneDrive.files.length + 1);
    stored.house.setNow(new Date(at).toISOString());
    const known = new Set(person.messages().map(({ id }) => id));
    await press(person, 'about.file', { as: 'data' });
    const asking = person.messages().find(({ id }) => !known.has(id));
    if (asking === undefined) throw new Error('no file was offered');
    await person.acceptFile(asking);
    const file = oneDrive.files.at(-1);
    return JSON.parse(strFromU8(file?.bytes ?? new Uint8Array()));
  }
});

/** Agreements by the employee who can find them. A crash left one without its pointer: reconcile mends that. */
function byEmployee({ meaning, rows }: StoredHouse): ReadonlyMap<string, readonly AgreementMeaning[]> {
  const pointed = new Set(
    rows.about.map((row) => `${row.PartitionKey.split('|')[1]} ${row.manager} ${row.agreement}`),
  );
  const found = new Map<string, AgreementMeaning[]>();
  for (const agreement of meaning.agreements) {
    const { employee, manager, id } = agreement;
    if (employee === null || !pointed.has(`${employee} ${manager} ${id}`)) continue;
    found.set(employee, [...(found.get(employee) ?? []), agreement]);
  }
  return found;
}

function textsOn(card: Card): readonly string[] {
  return partsOf(card).flatMap(({ text }) => (typeof text === 'string' ? [text] : []));
}

function expectFacts(text: string, { agreed, change }: AgreementMeaning): void {
  for (const { what } of agreed) expect(text).toContain(what);
  if (change !== null) expect(text).toContain(change.note);
}
