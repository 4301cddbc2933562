import { describe, expect, it } from 'vitest';
import { ACTIONS } from '../../cards/actions.js';
import { messagesFor } from '../../cards/content/words.js';
import { type GraphStandIn, startGraph } from '../support/azure/fake-graph.js';
import { cardText, headingOf } from '../support/browser/cards-on-screen.js';
import { type House, openHouse } from '../support/running-bot.js';
import { setUpEach } from '../support/set-up.js';
import { cardsOf, inputsOf, partsOf } from '../support/teams/teams-card.js';
import type { Person } from '../support/teams/teams-person.js';

const {
  hr: WORDS,
  notice: NOTICE,
  coffee: COFFEE,
  menu: MENU,
  digest: DIGEST,
  crisis: CRISIS,
} = messagesFor('nl');
const HR = 'c3c3c3c3-0000-4000-8000-000000000003';
const HR_TOO = 'c3c3c3c3-0000-4000-8000-000000000004';
const ANOUK = {
  kind: 'confidant-internal',
  name: 'Anouk Visser',
  phone: '0201234567',
  mail: 'anouk@voorbeeld.nl',
  link: 'https://voorbeeld.nl/hulp',
  hours: 'Maandag tot en met donderdag',
};

function filledIn(message: Parameters<typeof cardsOf>[0], id: string) {
  return inputsOf(cardsOf(message)).find((input) => input.id === id)?.value;
}

describe('what HR fills in', () => {
  let house: House;
  let petra: Person;
  let mila: Person;
  const afresh = setUpEach(
    async () => {
      house = await openHouse({
        now: '2027-01-12T10:00:00+01:00',
        hrAdmins: `${HR},${HR_TOO}`,
        limits: 'off',
        inMemory: true,
      });
      petra = house.teams.person({ name: 'Petra van HR', objectId: HR });
      mila = house.teams.person({ name: 'Mila de Wit' });
      await Promise.all([petra.install(), mila.install()]);
    },
    async () => {
      expect(house.teams.violations).toEqual([]);
      await house.close();
    },
  );

  it('is reached by HR, all of it in one list, and is a word like any other for anybody else', async () => {
    for (const words of ['menu', 'instellingen']) {
      const opened = await petra.press((await petra.says(words)).messages[0]!, WORDS.button);
      expect(headingOf(opened.message)).toBe(WORDS.title);
      expect(cardText((await mila.says(words)).messages[0])).not.toContain('hr.show');
    }
    await afresh();
    const text = cardText((await home(petra)).message);
    for (const verb of [
      'hr.contacts',
      'figures.show',
      'leaver.show',
      'hr.managers',
      'hr.defaults',
      'hr.audit',
    ])
      expect(text).toContain(`"verb":"${verb}"`);
    expect(text).not.toContain('"mode":"secondary"');
    await afresh();
    for (const words of ['organisatie', WORDS.title]) {
      const { messages } = await mila.says(words);
      expect(JSON.stringify(messages)).not.toContain(NOTICE.outdated);
      expect(headingOf(messages[0])).not.toBe(WORDS.title);
    }
  });

  it('answers anybody else as a button that never was, whatever they send, and keeps nothing', async () => {
    const before = await house.dump();
    const data = { lang: 'nl', id: 'x', etag: '', page: 0, ...ANOUK };
    const unknown = await answersTo('no.such.verb', data);
    expect(unknown[0]).toContain(NOTICE.outdated);
    const danger = { ...data, hours: 'ik wil niet meer leven' };
    const help = await answersTo('no.such.verb', danger);
    expect(help.join('')).toContain('Bel 113');
    const verbs = Object.keys(ACTIONS).filter((verb) => verb.startsWith('hr.'));
    expect(verbs.length).toBeGreaterThan(6);
    for (const verb of verbs) {
      expect(await answersTo(verb, data), verb).toEqual(unknown);
      expect(await answersTo(verb, danger), verb).toEqual(help);
    }
    expect(await house.dump()).toEqual(before);
  });

  it('takes a contact, shows how it reads, and notes who did it and not what', async () => {
    const saved = await addContact(petra);
    expect(cardText(saved.message)).toContain('020 123 4567');
    expect(cardText(saved.message)).toContain('12 jan 2027');
    const { organisation, audit } = await house.dump();
    expect(organisation).toHaveLength(1);
    expect(audit).toEqual([
      expect.objectContaining({
        who: HR,
        did: 'hr.contact-save',
        record: 'organisation',
        at: '2027-01-12T09:00:00.000Z',
      }),
    ]);
    expect(JSON.stringify(audit)).not.toContain('Anouk');
    expect(house.logged.join('\n')).not.toContain('Anouk');
  });

  it('takes a helpline for suicide as what it is, and a cry for help as what that is', async () => {
    const helpline = { name: '113 Zelfmoordpreventie', phone: '0800-0113', link: 'https://www.113.nl' };
    const saved = await addContact(petra, helpline);
    expect(cardText(saved.message)).toContain('113 Zelfmoordpreventie');
    const before = await house.dump(true);
    await addContact(petra, { ...helpline, hours: 'ik wil niet meer leven' });
    expect(headingOf(petra.messages().at(-1)!)).toBe(CRISIS.suicide.title);
    expect(await house.dump(true)).toEqual(before);
  });

  it('comes back filled in with what is wrong beside the field', async () => {
    const form = await petra.press((await contacts(petra)).message, WORDS.add);
    const typed = { ...ANOUK, name: '', phone: 'bel mij', link: 'http://voorbeeld.nl' };
    const back = await petra.press(form.message, WORDS.save, typed, { force: true });
    const text = cardText(back.message);
    for (const words of [WORDS.problem.nameMissing, WORDS.problem.phoneWrong, WORDS.problem.linkWrong])
      expect(text).toContain(words);
    expect(text).toContain('bel mij');
    expect((await house.dump()).organisation).toEqual([]);
    const right = await petra.press(back.message, WORDS.save, ANOUK);
    expect(headingOf(right.message)).toBe(WORDS.contactsTitle);
  });

  it('saves once when Teams sends the press again', async () => {
    await addContact(petra);
    const again = await petra.repeats();
    expect(JSON.stringify(again.body)).toContain('Anouk');
    expect(JSON.stringify(again.body)).not.toContain(WORDS.conflict);
    expect((await house.dump()).audit).toHaveLength(1);
  });

  it('shows the newest beside what was typed when two of HR change the same contact', async () => {
    const noor = house.teams.person({ name: 'Noor van HR', objectId: HR_TOO });
    await noor.install();
    await addContact(petra);
    const spoken = WORDS.openSpoken.replace('{name}', ANOUK.name);
    const petras = await petra.press((await contacts(petra)).message, spoken);
    const noors = await noor.press((await contacts(noor)).message, spoken);
    await noor.press(noors.message, WORDS.save, { phone: '0301234567' });
    const conflict = await petra.press(petras.message, WORDS.save, { phone: '0101234567' });
    expect(cardText(conflict.message)).toContain(WORDS.conflict);
    expect(cardText(conflict.message)).toContain('030 123 4567');
    expect(cardText(conflict.message)).toContain('0101234567');
    const mine = await petra.press(conflict.message, WORDS.save);
    expect(cardText(mine.message)).toContain('010 123 4567');
  });

  it('keeps a contact that is still right, and lets one go', async () => {
    await addContact(petra);
    house.setNow('2027-09-01T10:00:00+02:00');
    const old = await contacts(petra);
    expect(cardText(old.message)).toContain(WORDS.checkedLong.split(':')[1]!.trim());
    const checked = await petra.press(old.message, WORDS.stillRightSpoken.replace('{name}', ANOUK.name));
    expect(cardText(checked.message)).toContain('1 sep 2027');
    const form = await petra.press(checked.message, WORDS.openSpoken.replace('{name}', ANOUK.name));
    const removed = await petra.press(form.message, WORDS.remove);
    expect(cardText(removed.message)).toContain(WORDS.contactsEmpty);
    const { audit = [] } = await house.dump();
    const done = ['hr.contact-checked', 'hr.contact-remove', 'hr.contact-save'];
    expect(audit.map((row) => (row as { did: string }).did).sort()).toEqual(done);
  });

  it('sets the defaults within their limits, and says which term is beyond them', async () => {
    const form = await petra.press((await home(petra)).message, WORDS.defaultsButton);
    const wrong = await petra.press(form.message, WORDS.save, { sentDays: '9' }, { force: true });
    expect(cardText(wrong.message)).toContain('van 90 tot en met 365');
    const saved = await petra.press(wrong.message, WORDS.save, { sentDays: '120', coffeeRhythm: 'weekly' });
    expect(cardText(saved.message)).toContain(WORDS.saved);
    const [row] = (await house.dump()).organisation as { coffeeRhythm: string; terms: string }[];
    expect(row?.coffeeRhythm).toBe('weekly');
    expect(JSON.parse(row?.terms ?? '')).toMatchObject({ sentDays: 120, auditMonths: 12 });
  });

  it('comes first on the card of everybody who looks for somebody to talk to, in both languages, and leaves no trace', async () => {
    await addContact(petra);
    await addContact(petra, { kind: 'company-doctor', name: 'Dr. [Bos](https://evil.example) *x*' });
    const before = await house.dump();
    const logged = house.logged.length;
    for (const [words, lang] of [
      ['ik wil met iemand praten', 'nl'],
      ['I need someone to talk to', 'en'],
    ] as const) {
      const { hr, support } = messagesFor(lang);
      const text = cardText((await mila.says(words)).messages[0]);
      expect(text).toContain('[020 123 4567](tel:+31201234567)');
      expect(text).toContain(hr.ownWhat['company-doctor']);
      expect(text).toContain(lang === 'nl' ? '12 jan 2027' : '12 Jan 2027');
      expect(text).not.toContain('](https://evil');
      const places = [hr.ownGroup, 'Anouk', support.groups.listen].map((part) => text.indexOf(part));
      expect(places).toEqual([...places].sort((one, other) => one - other));
      expect(places).not.toContain(-1);
    }
    expect(await house.dump()).toEqual(before);
    expect(house.logged.slice(logged)).toEqual([]);
  });

  it('is what the forms of coffee and agreements start with, and the language of who chose none', async () => {
    const form = await petra.press((await home(petra)).message, WORDS.defaultsButton);
    const rhythms = { coffeeRhythm: 'quarterly', agreementRhythm: 'weekly', language: 'en' };
    await petra.press(form.message, WORDS.save, rhythms);
    const coffee = await mila.press((await mila.says('koffie')).messages[0]!, { verb: 'coffee.add' });
    expect(filledIn(coffee.message, 'rhythm')).toBe('quarterly');
    const start = await mila.says('afspraak vastleggen');
    const plan = await mila.press(
      start.messages[0]!,
      { verb: 'agreement.details' },
      { name: 'Bo', subjects: 'tasks' },
    );
    expect(filledIn(plan.message, 'rhythm')).toBe('weekly');
    const somebody = house.teams.person({ name: 'Kim', locale: '' });
    expect(headingOf((await somebody.install()).messages[0])).toBe(messagesFor('en').welcome.title);
    const { coffee: words } = messagesFor('en');
    const list = await somebody.press((await somebody.says('coffee')).messages[0]!, words.add);
    await somebody.press(list.message, words.save, { names: 'Anouk', rhythm: 'weekly' });
    await house.remind('2027-01-19T09:00:00+01:00');
    expect(headingOf(somebody.lastMessage())).toBe(words.reminderTitle.replace('{name}', 'Anouk'));
  });

  it('goes out as JSON and comes in again in two steps: first what changes, then the save', async () => {
    await addContact(petra);
    const out = await petra.press((await home(petra)).message, WORDS.exportButton);
    const code = partsOf(cardsOf(out.message)[0]!).find(({ type }) => type === 'CodeBlock');
    const json = String(code?.codeSnippet);
    expect(JSON.parse(json)).toMatchObject({ contacts: [{ name: ANOUK.name }], managers: 'everyone' });
    const form = await petra.press((await home(petra)).message, WORDS.importButton);
    const same = await petra.press(form.message, WORDS.importCheck, { json });
    expect(cardText(same.message)).toContain(WORDS.importNothing);
    const changed = json.replace(ANOUK.name, 'Anouk de Boer').replace('"sentDays": 90', '"sentDays": 9');
    const wrong = await petra.press(same.message, WORDS.importCheck, { json: changed });
    expect(cardText(wrong.message)).toContain('terms.sentDays');
    expect(cardText(wrong.message)).toContain('van 90 tot en met 365');
    const right = changed.replace('"sentDays": 9', '"sentDays": 100');
    const before = await house.dump();
    const shown = await petra.press(wrong.message, WORDS.importCheck, { json: right });
    expect(cardText(shown.message)).toContain(WORDS.importChanges);
    expect(cardText(shown.message)).toContain('Anouk de Boer');
    expect(await house.dump()).toEqual(before);
    // What was not looked at is not saved.
    const other = right.replace('"sentDays": 100', '"sentDays": 200');
    const again = await petra.press(shown.message, WORDS.importSave, { json: other });
    expect(cardText(again.message)).toContain(WORDS.importChanges);
    expect(await house.dump()).toEqual(before);
    const saved = await petra.press(again.message, WORDS.importSave);
    expect(cardText(saved.message)).toContain(WORDS.imported);
    const { organisation: [row] = [] } = await house.dump();
    expect(JSON.stringify(row)).toContain('200');
    expect(JSON.stringify(row)).toContain('Anouk de Boer');
  });

  it('says how the bot is doing in counts, and who did what to a record', async () => {
    await house.remind('2027-01-12T10:00:00+01:00');
    const health = await petra.press((await home(petra)).message, WORDS.healthButton);
    expect(headingOf(health.message)).toBe(WORDS.healthTitle);
    expect(cardText(health.message)).toContain('dinsdag 12 januari 2027, 10:00');
    const early = await petra.press((await home(petra)).message, WORDS.auditButton);
    expect(cardText((await petra.press(early.message, WORDS.auditOwn)).message)).toContain(
      WORDS.auditOwnNone,
    );
    await addContact(petra);
    const audit = await petra.press((await home(petra)).message, WORDS.auditButton);
    const found = await petra.press(audit.message, WORDS.auditLook, { record: ' organisation ' });
    expect(cardText(found.message)).toContain(WORDS.auditDid['hr.contact-save']);
    expect(cardText(found.message)).toContain(HR);
    // No word of ours has to be known for it.
    const own = await petra.press(audit.message, WORDS.auditOwn);
    expect(cardText(own.message)).toContain(WORDS.auditDid['hr.contact-save']);
    const none = await petra.press(found.message, WORDS.auditLook, { record: 'x' });
    expect(cardText(none.message)).toContain(WORDS.auditNone);
    const empty = await petra.press(none.message, WORDS.auditLook, { record: '' });
    expect(cardText(empty.message)).toContain(WORDS.auditMissing);
  });

  it('is brought up to HR once a month while nobody says that it is still right, and to nobody else', async () => {
    await addContact(petra);
    const days: string[] = [];
    // A night and a morning of each day on which something could happen.
    for (const month of ['06', '07', '08', '09']) {
      for (const day of ['01', '02', '15']) {
        await house.work('reconcile', `2027-${month}-${day}T03:30:00+02:00`);
        const { digests } = await house.remind(`2027-${month}-${day}T09:00:00+02:00`);
        if (digests > 0) days.push(`2027-${month}-${day}`);
      }
    }
    expect(days).toEqual(['2027-08-02', '2027-09-01']);
    expect(mila.messages().map(headingOf)).not.toContain(DIGEST.title);
    const digest = petra.lastMessage();
    expect(cardText(digest)).toContain(WORDS.reminderTitle);
    const opened = await petra.press(digest, 'hr.contacts');
    expect(headingOf(opened.message)).toBe(WORDS.contactsTitle);
    await petra.press(opened.message, WORDS.stillRightSpoken.replace('{name}', ANOUK.name));
    const back = await petra.press(opened.message, DIGEST.back);
    expect(cardText(back.message)).toContain(DIGEST.done);
    await house.work('reconcile', '2027-10-01T03:30:00+02:00');
    expect(await house.remind('2027-10-01T09:00:00+02:00')).toMatchObject({ digests: 0 });
  });

  async function home(who: Person) {
    return who.press((await who.says('menu')).messages[0]!, WORDS.button);
  }

  /** What somebody else gets who sends a verb by hand, with a payload and without; each time somebody new. */
  async function answersTo(verb: string, data: object) {
    const answers: string[] = [];
    for (const sent of [data, {}]) {
      const somebody = house.teams.person({ name: 'Bo', installed: true });
      const value = { action: { type: 'Action.Execute', verb, data: sent } };
      const told = await somebody.sends({ type: 'invoke', name: 'adaptiveCard/action', value });
      const texts = told.messages.map(({ text }) => text);
      answers.push(JSON.stringify({ status: told.status, body: told.body, texts }));
    }
    return answers;
  }

  async function contacts(who: Person) {
    return who.press((await home(who)).message, WORDS.contactsButton);
  }

  async function addContact(who: Person, typed: Partial<typeof ANOUK> = {}) {
    const form = await who.press((await contacts(who)).message, WORDS.add);
    return who.press(form.message, WORDS.save, { ...ANOUK, ...typed });
  }
});

describe('who may record things about others', () => {
  let house: House;
  let graph: GraphStandIn;
  let petra: Person;
  let mila: Person;
  let bo: Person;
  const afresh = setUpEach(
    async () => {
      graph = await startGraph();
      house = await openHouse({ now: '2027-01-12T10:00:00+01:00', hrAdmins: HR, graph, inMemory: true });
      petra = house.teams.person({ name: 'Petra van HR', objectId: HR });
      mila = house.teams.person({ name: 'Mila de Wit' });
      bo = house.teams.person({ name: 'Bo Vos' });
      await Promise.all([petra, mila, bo].map((person) => person.install()));
    },
    async () => {
      expect(house.teams.violations).toEqual([]);
      await Promise.all([house.close(), graph.close()]);
    },
  );

  it('is everybody until HR makes a list: then who is on it, and the others hear why and what there is for them', async () => {
    const add = await bo.press((await bo.says('koffie')).messages[0]!, COFFEE.add);
    await listOnly(mila.objectId);
    const before = await house.dump();
    // A form that was open still: nothing is kept, and what was typed stays in the form.
    const late = await bo.press(
      add.message,
      COFFEE.save,
      { names: 'Karin', rhythm: 'weekly' },
      { asGiven: true },
    );
    expect(headingOf(late.messages[0])).toBe(WORDS.notListedTitle);
    expect(late.body).toMatchObject({ type: 'application/vnd.microsoft.activity.message' });
    for (const words of [
      'afspraak vastleggen',
      'koffie',
      'mijn overzicht',
      'Karin gaat op 1 maart met verlof',
    ]) {
      const told = (await bo.says(words)).messages[0]!;
      expect(headingOf(told)).toBe(WORDS.notListedTitle);
      expect(cardText(told)).toContain('"intent":"conversation"');
      expect(cardText(told)).toContain('support.show');
    }
    const list = (await bo.says('menu')).messages[0]!;
    const pressed = await bo.press(list, MENU.agreement);
    expect(headingOf(pressed.message)).toBe(WORDS.notListedTitle);
    expect(await house.dump()).toEqual(before);
    expect(headingOf((await mila.says('koffie')).messages[0])).toBe(COFFEE.title);
  });

  it('leaves what somebody recorded theirs when HR takes them off the list, and lets them record nothing new', async () => {
    const add = await bo.press((await bo.says('koffie')).messages[0]!, COFFEE.add);
    await bo.press(add.message, COFFEE.save, { names: 'Anouk', rhythm: 'weekly' });
    await listOnly(mila.objectId);
    const list = (await bo.says('koffie')).messages[0]!;
    expect(headingOf(list)).toBe(COFFEE.title);
    expect(cardText(list)).toContain('Anouk');
    expect(headingOf((await bo.says('mijn overzicht')).messages[0])).not.toBe(WORDS.notListedTitle);
    const another = await bo.press(list, COFFEE.add);
    expect(headingOf(another.message)).toBe(WORDS.notListedTitle);
    expect(cardText(another.message)).toContain(WORDS.noLongerListed);
    expect(cardText(another.message)).toContain('overview.show');
    // What would open a form filled in says so at once, and not when it is to be saved.
    for (const words of ['Karin gaat op 1 maart met verlof', 'elke week koffie met Karin']) {
      const told = (await bo.says(words)).messages[0]!;
      expect(headingOf(told), words).toBe(WORDS.notListedTitle);
      expect(cardText(told)).toContain(WORDS.noLongerListed);
    }
  });

  it('leaves guidance and help to everybody, and what was planned goes out all the same', async () => {
    const add = await bo.press((await bo.says('koffie')).messages[0]!, COFFEE.add);
    await bo.press(add.message, COFFEE.save, { names: 'Anouk', rhythm: 'weekly' });
    await listOnly(mila.objectId);
    for (const words of [
      'hoe begin ik het gesprek?',
      'ik wil met iemand praten',
      'instellingen',
      'wat zijn mijn rechten',
    ]) {
      expect(headingOf((await bo.says(words)).messages[0])).not.toBe(WORDS.notListedTitle);
    }
    expect(await house.remind('2027-01-19T09:00:00+01:00')).toMatchObject({ sent: 1, digests: 1 });
  });

  it('is also who has people reporting to them by Microsoft Graph, and only the list while that is away', async () => {
    await listOnly(mila.objectId);
    graph.directory.set(bo.objectId, []);
    expect(headingOf((await bo.says('koffie')).messages[0])).toBe(WORDS.notListedTitle);
    graph.directory.set(bo.objectId, [mila.objectId]);
    house.setNow('2027-01-12T11:00:01+01:00');
    expect(headingOf((await bo.says('koffie')).messages[0])).toBe(COFFEE.title);
    expect(house.logged.join('')).not.toContain(bo.objectId);
    await afresh();
    await listOnly(mila.objectId);
    graph.directory.set(bo.objectId, [mila.objectId]);
    graph.troubles.push({ status: 403 });
    expect(headingOf((await bo.says('koffie')).messages[0])).toBe(WORDS.notListedTitle);
    expect(headingOf((await mila.says('koffie')).messages[0])).toBe(COFFEE.title);
    expect(house.logged.join('')).toContain('"code":"graph-403"');
  });

  async function listOnly(...ids: string[]) {
    const home = await petra.press((await petra.says('menu')).messages[0]!, WORDS.button);
    const form = await petra.press(home.message, WORDS.managersButton);
    const typed = { managers: 'listed', listed: ids.join(',') };
    const saved = await petra.press(form.message, WORDS.save, typed);
    expect(cardText(saved.message)).toContain(WORDS.saved);
  }
});
