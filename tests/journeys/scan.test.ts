import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CHARACTERISTICS } from '../../cards/content/characteristics.js';
import { format, messagesFor } from '../../cards/content/words.js';
import { characteristicTitle } from '../../cards/scan/answer.card.js';
import { cardText, headingOf } from '../support/browser/cards-on-screen.js';
import { type House, openHouse } from '../support/running-bot.js';
import { recordAgreement } from '../support/shared-agreement.js';
import type { Person } from '../support/teams/teams.js';
import { wordText } from '../support/word-text.js';

const { scan: WORDS } = messagesFor('nl');
const LAST_DAY = '2027-01-26';

let house: House;
let mila: Person;
let team: Person[];
beforeEach(async () => {
  house = await openHouse({ now: '2027-01-12T10:00:00+01:00', inMemory: true });
  mila = house.teams.person({ name: 'Mila de Wit' });
  const names = ['Anna', 'Bram', 'Chris', 'Dewi', 'Els', 'Femke', 'Gijs'];
  team = names.map((name) => house.teams.person({ name }));
  await mila.install();
  for (const person of team) await person.install();
});
afterEach(() => house.close());

const newest = (person: Person) => person.messages().at(-1)!;

async function start(people: readonly Person[] = team, more: Record<string, string> = {}) {
  const home = await mila.says('teamscan');
  const form = await mila.press(home.messages[0]!, WORDS.start);
  return mila.press(form.message, WORDS.save, {
    name: 'Burgerzaken',
    people: people.map(({ objectId }) => objectId).join(','),
    lastDay: LAST_DAY,
    ...more,
  });
}

/** Goes through all steps; `figures` are of the thirteen characteristics. */
async function answer(
  person: Person,
  figures: readonly number[],
  top: readonly string[],
  from: Parameters<Person['press']>[0] = newest(person),
) {
  let shown = await person.press(from, WORDS.ask.begin);
  let at = 0;
  for (const count of [5, 4, 4]) {
    const inputs = Object.fromEntries(
      figures.slice(at, at + count).map((figure, index) => [`figure${index + 1}`, String(figure)]),
    );
    shown = await person.press(shown.message, WORDS.answer.next, inputs);
    at += count;
  }
  return person.press(shown.message, WORDS.answer.send, { top: top.join(',') });
}
async function forged(person: Person, verb: string, data: Record<string, unknown>): Promise<unknown> {
  const action = { type: 'Action.Execute', verb, data };
  return (await person.sends({ type: 'invoke', name: 'adaptiveCard/action', value: { action } })).body;
}
const allOf = (figure: number) => CHARACTERISTICS.map(() => figure);
const codeOf = (text: string) => /Code: ([A-Z]{5})/.exec(text)?.[1] ?? '';

describe('a team scan from start to evaluation', () => {
  it('is answered by seven people, closed, talked about, agreed on and looked back on', async () => {
    const begun = await start();
    expect(cardText(begun.message)).toContain(WORDS.started);
    expect(cardText(begun.message)).toContain('7 mensen gevraagd');
    const code = codeOf(cardText(begun.message));
    expect(code).toMatch(/^[B-Z]{5}$/);

    await house.remind('2027-01-12T10:01:00+01:00');
    for (const person of team) expect(headingOf(newest(person))).toBe(WORDS.ask.title);
    expect(cardText(newest(team[0]!))).toContain('Mila de Wit vraagt je mee te doen met Burgerzaken');

    for (const [at, person] of team.slice(0, 6).entries()) {
      const sent = await answer(person, [1 + (at % 2), ...allOf(4).slice(1)], ['workload']);
      expect(headingOf(sent.message)).toBe(WORDS.answer.sentTitle);
    }
    const home = await mila.says('teamscan');
    const mine = await mila.press(home.messages[0]!, format('nl', WORDS.open, { name: 'Burgerzaken' }));
    expect(cardText(mine.message)).toContain('6 mensen antwoordden');
    for (const { name } of team) expect(cardText(mine.message)).not.toContain(name);

    // Two working days before the end only who has not answered hears of it, in their digest.
    const before = team.map((person) => person.messages().length);
    await house.remind('2027-01-22T09:01:00+01:00');
    expect(team.map((person, at) => person.messages().length - (before[at] ?? 0))).toEqual([
      0, 0, 0, 0, 0, 0, 1,
    ]);
    expect(cardText(newest(team[6]!))).toContain('Je hebt nog niet geantwoord');
    await answer(team[6]!, allOf(0), []);

    const sure = await mila.press(mine.message, WORDS.closeOpen);
    const closed = await mila.press(sure.message, WORDS.closeSure);
    expect(cardText(closed.message)).toContain(WORDS.closed);
    await house.remind('2027-01-22T09:05:00+01:00');
    for (const person of team) expect(headingOf(newest(person))).toBe(WORDS.news.closedTitle);

    const seen = await team[0]!.press(newest(team[0]!), WORDS.news.see);
    const own = await mila.press(closed.message, WORDS.news.see);
    const figures = (text: string) => text.match(/(?:Gemiddeld|Eerst verbeteren|Verdeeld)[^"]*/g);
    expect(figures(cardText(seen.message))).toEqual(figures(cardText(own.message)));
    expect(cardText(seen.message)).toContain('Gemiddeld 1,5 of lager van 5');
    expect(cardText(seen.message)).toContain('Eerst verbeteren: plaats 1');

    // The same as a Word file, for whoever was asked as for who started it.
    const bram = team[1]!;
    const shown = await bram.press(newest(bram), WORDS.news.see);
    const offered = await bram.press(shown.message, WORDS.outcome.file);
    await bram.acceptFile(offered.messages.at(-1)!);
    const [saved] = [...house.oneDrive.files.values()];
    const word = wordText(saved!.bytes);
    for (const text of [
      'Uitkomst: Burgerzaken',
      'Gemiddeld 1,5 of lager van 5',
      'Eerst verbeteren: plaats 1',
    ])
      expect(word).toContain(text);
    for (const text of [WORDS.document.notice, WORDS.reasons.workload['measure-set-priorities'], '75–90 min'])
      expect(word).toContain(text);

    const agenda = await mila.press(own.message, WORDS.outcome.meet);
    expect(cardText(agenda.message)).toContain('75–90 min');
    const part = await mila.press(agenda.message, { verb: 'scan.meet', data: { part: 'ideas' } });
    expect(cardText(part.message)).toContain(WORDS.reasons.workload['measure-set-priorities']);
    const last = await mila.press(part.message, WORDS.meet.next);
    const form = await mila.press(last.message, WORDS.outcome.measures);
    const refused = await mila.press(form.message, WORDS.measures.save, {
      what1: 'Minder overleg voor Anna vanwege haar burn-out',
      who1: 'Het team',
      next: '2027-03-01',
    });
    expect(cardText(refused.message)).toContain('burn-out');
    // Two rows to begin with, and more as they are asked for, with what stands in them.
    const secondRow = format('nl', WORDS.measures.what, { number: 2 });
    const third = format('nl', WORDS.measures.what, { number: 3 });
    expect(cardText(refused.message)).toContain(secondRow);
    expect(cardText(refused.message)).not.toContain(third);
    const wider = await mila.press(refused.message, WORDS.measures.more, { what1: 'Minder overleg' });
    expect(cardText(wider.message)).toContain(third);
    expect(cardText(wider.message)).toContain('"value":"Minder overleg"');
    const agreed = await mila.press(wider.message, WORDS.measures.save, {
      what1: 'Elke ochtend tien minuten de planning',
      who1: 'Het team',
      by1: '2027-02-01',
      next: '2027-03-01',
    });
    expect(cardText(agreed.message)).toContain(WORDS.measures.saved);
    await house.remind('2027-01-22T09:10:00+01:00');
    const news = await team[3]!.press(newest(team[3]!), WORDS.news.seeAgreed);
    expect(cardText(news.message)).toContain('Elke ochtend tien minuten de planning');

    const open = await mila.says('wat staat er open');
    expect(cardText(open.messages[0]!)).toContain('Burgerzaken');
    await house.remind('2027-03-01T09:01:00+01:00');
    expect(headingOf(newest(mila))).toBe(WORDS.measures.evaluateTitle);
    const evaluated = await mila.press(newest(mila), WORDS.measures.record, {
      outcome1: 'works',
      next: '2027-04-01',
    });
    expect(cardText(evaluated.message)).toContain(WORDS.measures.outcomes.works);
    await house.remind('2027-04-01T09:01:00+02:00');
    const ended = await mila.press(newest(mila), WORDS.measures.end);
    expect(cardText(ended.message)).toContain(WORDS.measures.ended);

    // Half a year later the same team again, and then the two side by side.
    await house.remind('2027-07-22T09:01:00+02:00');
    expect(cardText(newest(mila))).toContain(WORDS.againTitle);
    const second = await mila.press(newest(mila), WORDS.againOpen);
    const again = await mila.press(second.message, WORDS.save, { lastDay: '2027-08-05' });
    expect(cardText(again.message)).toContain('7 mensen gevraagd');
    await house.remind('2027-07-22T09:05:00+02:00');
    for (const person of team) await answer(person, [3, ...allOf(4).slice(1)], []);
    const sureAgain = await mila.press(again.message, WORDS.closeOpen);
    const closedAgain = await mila.press(sureAgain.message, WORDS.closeSure);
    const compared = await mila.press(closedAgain.message, WORDS.outcome.compare);
    expect(cardText(compared.message)).toContain('1,5 of lager → 3: beter');

    // Nobody's name or figure was logged, and no answer stands anywhere.
    expect(house.logged.join('\n')).not.toMatch(/Anna|Gijs|Burgerzaken|figure|workload/);
    const trail = (await house.dump()).audit as { did: string; kind: string; who: string }[];
    const ofScan = trail.filter(({ kind }) => kind === 'scan');
    expect(ofScan.map(({ did }) => did)).toEqual([
      'scan.save',
      'scan.close',
      'scan.agree',
      'scan.record',
      'scan.end',
      'scan.save',
      'scan.close',
    ]);
    expect(ofScan.every(({ who }) => who === mila.objectId)).toBe(true);
  });

  it('has its meeting about what the team chose there, which is kept nowhere, and with no scan as well', async () => {
    const { next, noOutcome } = WORDS.meet;
    const home = await mila.says('teamscan');
    const agenda = await mila.press(home.messages[0]!, WORDS.steps);
    const before = house.bot.tables.requests();
    const choosing = await mila.press(agenda.message, { verb: 'scan.meet', data: { part: 'choose' } });
    const many = await mila.press(choosing.message, next, {
      subjects: CHARACTERISTICS.slice(0, 4).join(','),
    });
    expect(cardText(many.message)).toContain(WORDS.answer.topMany);
    // By a title too, as some clients send it.
    const subjects = `fairness,${characteristicTitle('nl', 'growth')}`;
    const right = await mila.press(many.message, next, { subjects }, { force: true });
    const { growth, fairness, workload } = WORDS.reasons;
    expect(cardText(right.message)).toContain(growth['measure-development-talks']);
    expect(cardText(right.message)).toContain(fairness['measure-code-of-conduct']);
    expect(cardText(right.message)).not.toContain(workload['measure-set-priorities']);
    expect(cardText(right.message)).not.toContain(noOutcome);
    // And back: what was chosen stands there, and the questions are about it.
    const back = await mila.press(right.message, WORDS.meet.previous);
    expect(cardText(back.message)).toContain('"value":"growth,fairness"');
    const questions = await mila.press(back.message, WORDS.meet.previous, { subjects: 'growth' });
    expect(cardText(questions.message)).toContain(WORDS.questions.growth[0]);
    expect(cardText(questions.message)).not.toContain(WORDS.questions.workload[0]);
    expect(house.bot.tables.requests()).toBe(before);
  });

  it('reminds of the evaluation once more after three working days and a week, as of an agreement', async () => {
    const begun = await start();
    const id = codeOf(cardText(begun.message));
    for (const person of team)
      await forged(person, 'scan.send', { id, lang: 'nl', answers: '3'.repeat(13), top: '' });
    await forged(mila, 'scan.close', { id, lang: 'nl' });
    const measures = { what1: 'Elke ochtend tien minuten de planning', who1: 'Het team', by1: '' };
    const form = await mila.sends({
      ...{ type: 'invoke', name: 'adaptiveCard/action' },
      value: { action: { type: 'Action.Execute', verb: 'scan.measures', data: { id, lang: 'nl' } } },
    });
    const version = Number(/"version":(\d+)/.exec(JSON.stringify(form.body))?.[1]);
    await forged(mila, 'scan.agree', { id, lang: 'nl', version, ...measures, next: '2027-03-01' });
    const came = async (day: string) => {
      const before = mila.messages().length;
      await house.remind(`${day}T09:01:00+01:00`);
      return mila.messages().length - before;
    };
    const days = ['2027-03-01', '2027-03-02', '2027-03-03', '2027-03-04', '2027-03-11', '2027-03-19'];
    const counts: number[] = [];
    for (const day of days) counts.push(await came(day));
    expect(counts).toEqual([1, 0, 0, 1, 1, 0]);
    const open = await mila.says('wat staat er open');
    expect(cardText(open.messages[0]!)).toContain('Burgerzaken');
  });

  it('is joined by code where there is no picker, and the code and the card lead to the same', async () => {
    const begun = await start(team.slice(0, 5));
    const code = codeOf(cardText(begun.message));
    await house.remind('2027-01-12T10:01:00+01:00');
    const asked = cardText(newest(team[0]!));
    const [, , , , , femke, gijs] = team as [Person, Person, Person, Person, Person, Person, Person];
    const typed = await femke.says(`scan ${code.toLowerCase()}`);
    expect(cardText(typed.messages[0]!)).toBe(asked);
    const sent = await answer(femke, allOf(3), [], typed.messages[0]!);
    expect(headingOf(sent.message)).toBe(WORDS.answer.sentTitle);
    // Whoever typed it has seen what the card asks: the night has nothing to make up for, whether they have answered or not.
    await gijs.says(`scan ${code}`);
    expect(await house.work('reconcile', '2027-01-13T03:30:00+01:00')).toMatchObject({
      counts: { missing: 0 },
    });
    // Who was asked can type it too; a wrong code is told apart from none.
    expect(cardText((await team[0]!.says(`Scan ${code}`)).messages[0]!)).toBe(asked);
    const wrong = await gijs.says(`scan ${code === 'BCDFG' ? 'BCDFH' : 'BCDFG'}`);
    expect(cardText(wrong.messages[0]!)).toContain(WORDS.codeUnknown);
    const field = await gijs.press(wrong.messages[0]!, WORDS.codeOpen, { code: 'abc' });
    expect(cardText(field.message)).toContain(WORDS.codeWrong);
    const own = await mila.says(`scan ${code}`);
    expect(cardText(own.messages[0]!)).toContain('7 mensen gevraagd');
    expect(cardText(own.messages[0]!)).toContain('1 persoon antwoordde');
  });

  it('does not show its maker who typed the code, by asking the same team again before its time', async () => {
    const code = codeOf(cardText((await start(team.slice(0, 5))).message));
    const joined = team[6]!;
    await joined.says(`scan ${code}`);
    const form = JSON.stringify(await forged(mila, 'scan.start', { before: code, lang: 'nl' }));
    expect(form).toContain(WORDS.beforeGone);
    expect(form).not.toContain(joined.objectId);
  });

  it('is not started with fewer than five people, and offers the list on paper instead', async () => {
    const few = await start(team.slice(0, 3));
    expect(headingOf(few.message)).toBe(WORDS.tooFewTitle);
    expect((await house.dump()).scans).toEqual([]);
    const offered = await mila.press(few.message, WORDS.paper);
    const file = offered.messages.at(-1)!;
    await mila.acceptFile(file);
    const [saved] = [...house.oneDrive.files.values()];
    expect(wordText(saved!.bytes)).toContain(WORDS.document.paperIntro);
    // With the code it can be started all the same.
    const again = await start(team.slice(0, 3));
    const anyway = await mila.press(again.message, WORDS.tooFewGoOn);
    expect(cardText(anyway.message)).toContain('3 mensen gevraagd');
  });

  it('says when who was asked hears of it: now, from the next working day, or not where nobody was or can be reached', async () => {
    const { started, startedAsks } = WORDS;
    const begun = async (people: readonly Person[]) => {
      const first = await start(people);
      if (headingOf(first.message) !== WORDS.tooFewTitle) return cardText(first.message);
      return cardText((await mila.press(first.message, WORDS.tooFewGoOn)).message);
    };
    expect(await begun(team)).toContain(`${started} ${startedAsks.now}`);
    const nobody = await begun([]);
    expect(nobody).toContain(`${started} ${startedAsks.nobody}`);
    const strangers = ['Hanna', 'Ingrid', 'Jan', 'Kim', 'Lars'].map((name) => house.teams.person({ name }));
    const unreached = await begun(strangers);
    for (const asks of [startedAsks.now, startedAsks.nobody, 'vanaf'])
      expect(unreached, asks).not.toContain(asks);

    // Friday evening: nobody hears of it before Monday, and the card does not say that they do.
    house.setNow('2027-01-15T21:30:00+01:00');
    const evening = await begun(team);
    const later = format('nl', startedAsks.later, { day: 'maandag 18 januari 2027' });
    expect(evening).toContain(`${started} ${later}`);
    expect(evening).not.toContain('nu een bericht');
    const before = team.map((person) => person.messages().length);
    await house.remind('2027-01-15T21:31:00+01:00');
    expect(team.map((person) => person.messages().length)).toEqual(before);
  });

  it('names whom it cannot reach, with a text to forward', async () => {
    const stranger = house.teams.person({ name: 'Hanna' });
    const begun = await start([...team, stranger]);
    expect(headingOf(begun.message)).toBe(WORDS.unreachedTitle);
    expect(cardText(begun.message)).toContain('Typ in Teams aan Kopje Koffie: scan ');
  });

  it('names as text each of its maker’s own list who got no message, when it begins and when it is asked for', async () => {
    const hanna = house.teams.person({ name: 'Hanna Vos' });
    const stranger = house.teams.person({ name: 'Ilse Kok' });
    const who = { name: 'Hanna van de balie', person: hanna.objectId, day: '2027-01-11', subjects: 'tasks' };
    await recordAgreement(mila, who, { what1: 'Hanna doet de balie niet', next: '2027-01-26' });
    const begun = await start([...team, hanna, stranger]);
    const back = await mila.press(begun.message, WORDS.back);
    const asked = await mila.press(back.message, WORDS.unreachedOpen);
    for (const { message } of [begun, asked]) {
      expect(headingOf(message)).toBe(WORDS.unreachedTitle);
      expect(cardText(message)).toContain('- Hanna van de balie');
      // Teams gives the bot no name of who is only picked: its own field shows them.
      expect(cardText(message)).toContain(format('nl', WORDS.unreachedOthers, { count: 1 }));
      expect(cardText(message)).toContain(stranger.objectId);
      expect(cardText(message)).not.toContain(hanna.objectId);
    }
  });

  it('closes by itself the night after the last day, and is dropped with four answers', async () => {
    await start();
    await house.remind('2027-01-12T10:01:00+01:00');
    for (const person of team.slice(0, 4)) await answer(person, allOf(2), []);
    await house.work('reconcile', '2027-01-26T03:30:00+01:00');
    expect(JSON.stringify((await house.dump()).scans)).toContain('"open"');
    await house.work('reconcile', '2027-01-28T03:30:00+01:00');
    await house.remind('2027-01-28T09:01:00+01:00');
    for (const person of [mila, ...team]) {
      expect(headingOf(newest(person))).toBe(WORDS.news.droppedTitle);
      // The team is told the same as its manager.
      expect(cardText(newest(person))).toContain(WORDS.dropped.few);
    }
    const late = await team[5]!.says('teamscan');
    expect(cardText(late.messages[0]!)).not.toContain('Burgerzaken');
    const { scans } = await house.dump();
    expect(scans).toContainEqual(expect.objectContaining({ sealed: '' }));
  });

  it('leads whoever was asked to its outcome once it is closed, by its code, the list and words for the outcome', async () => {
    const begun = await start();
    const id = codeOf(cardText(begun.message));
    const [anna] = team as [Person];
    const listed = await anna.says('teamscan');
    expect(cardText(listed.messages[0]!)).toContain('Gevraagd door Mila de Wit. Open tot en met');
    const open = format('nl', WORDS.open, { name: 'Burgerzaken' });
    const asked = await anna.press(listed.messages[0]!, open);
    expect(headingOf(asked.message)).toBe(WORDS.ask.title);
    for (const person of team)
      await forged(person, 'scan.send', { id, lang: 'nl', answers: '3'.repeat(13), top: '' });
    await forged(mila, 'scan.close', { id, lang: 'nl' });

    const outcome = format('nl', WORDS.outcome.title, { name: 'Burgerzaken' });
    for (const text of [`scan ${id}`, 'uitkomst teamscan', 'wat kwam er uit de scan'])
      expect(headingOf((await anna.says(text)).messages[0]!), text).toBe(outcome);
    const home = await anna.says('teamscan');
    expect(cardText(home.messages[0]!)).toContain(WORDS.outcomeLine);
    expect(headingOf((await anna.press(home.messages[0]!, open)).message)).toBe(outcome);
    expect(JSON.stringify(await forged(anna, 'scan.ask', { id, lang: 'nl' }))).toContain(outcome);
    const late = { id, lang: 'nl', answers: '3'.repeat(13), top: '' };
    const over = JSON.stringify(await forged(anna, 'scan.send', late));
    expect(over).toContain(WORDS.answer.over);
    expect(over).toContain(WORDS.news.see);
    // Who was not asked sees none of it.
    const outsider = house.teams.person({ name: 'Ingrid', installed: true });
    for (const text of [`scan ${id}`, 'uitkomst teamscan', 'teamscan'])
      expect(cardText((await outsider.says(text)).messages[0]!), text).not.toContain('Burgerzaken');
  });

  it('tells whoever was asked of one characteristic without the manager’s page, with the way back to the outcome', async () => {
    const id = codeOf(cardText((await start()).message));
    const [anna] = team as [Person];
    for (const person of team)
      await forged(person, 'scan.send', { id, lang: 'nl', answers: '3'.repeat(13), top: 'workload' });
    await forged(mila, 'scan.close', { id, lang: 'nl' });
    const title = characteristicTitle('nl', 'workload');
    const open = format('nl', WORDS.outcome.open, { title });
    for (const person of [anna, mila]) {
      const outcome = (await person.says(person === anna ? 'uitkomst teamscan' : `scan ${id}`)).messages[0]!;
      const seen = person === anna ? outcome : (await person.press(outcome, WORDS.news.see)).message;
      const opened = await person.press(seen, open);
      expect(headingOf(opened.message)).toBe(title);
      expect(cardText(opened.message)).toContain('Gemiddeld 3 van 5');
      expect(cardText(opened.message)).toContain(WORDS.questions.workload[0]);
      // What the guide says to who leads the team is for them.
      expect(JSON.stringify(opened.message).includes('knowledge.piece')).toBe(person === mila);
      expect(cardText(opened.message).includes('Vraag je team')).toBe(false);
      const back = await person.press(opened.message, WORDS.outcome.characteristic.back);
      expect(cardText(back.message)).toBe(cardText(seen));
    }
    const outsider = house.teams.person({ name: 'Ingrid', installed: true });
    const asked = { id, lang: 'nl', of: 'workload', page: 0 };
    expect(JSON.stringify(await forged(outsider, 'scan.characteristic', asked))).toContain(WORDS.gone);
  });

  it('tells calmly that nobody need take part, to whoever says that they would rather not, and looks nothing up', async () => {
    await start();
    const [anna] = team as [Person];
    const outsider = house.teams.person({ name: 'Ingrid', installed: true });
    await anna.says('teamscan');
    await outsider.says('teamscan');
    for (const [text, lang] of [
      ['ik wil niet meedoen aan de scan', 'nl'],
      ['Ik doe liever niet mee met de teamscan', 'nl'],
      ['is de teamscan verplicht?', 'nl'],
      ['moet ik meedoen aan de teamscan', 'nl'],
      ['I don’t want to take part in the team scan', 'en'],
      ['do I have to do the scan', 'en'],
    ] as const) {
      // The same for who was asked and who was not.
      for (const person of [anna, outsider]) {
        const before = house.bot.tables.requests();
        const said = (await person.says(text)).messages[0]!;
        expect(cardText(said), text).toContain(messagesFor(lang).scan.voluntary);
        expect(house.bot.tables.requests() - before, text).toBe(0);
      }
    }
  });

  it('is found in the menu and by words for asking a team without names', async () => {
    const menu = (await mila.says('menu')).messages[0]!;
    const opened = await mila.press(menu, WORDS.title);
    expect(cardText(opened.message)).toContain(WORDS.start);
    for (const text of [
      'ik wil mijn team anoniem vragen hoe het gaat',
      'kan ik meten hoe het met mijn team gaat',
      'hoe kom ik er anoniem achter hoe mijn team erbij zit',
    ]) {
      const found = (await mila.says(text)).messages[0]!;
      expect(headingOf(found), text).toBe(WORDS.title);
      expect(cardText(found), text).toContain(WORDS.start);
    }
  });

  it('says before each answer that the first counts, and after it what is true the second time too', async () => {
    const begun = await start();
    await house.remind('2027-01-12T10:01:00+01:00');
    const id = codeOf(cardText(begun.message));
    const [anna] = team as [Person];
    const first = newest(anna);
    expect(cardText(first)).toContain(WORDS.ask.once);
    const sent = await answer(anna, allOf(4), [], first);
    const again = (await anna.says(`scan ${id}`)).messages[0]!;
    // Nobody who looks on sees whether somebody answered.
    expect(cardText(again)).toBe(cardText(first));
    const second = await answer(anna, allOf(1), [], again);
    expect(cardText(second.message)).toBe(cardText(sent.message));
    expect(cardText(second.message)).toContain('Dan was je antwoord al binnen, en telt dat.');
  });

  it('tells who starts it that they cannot be asked, and calls agreements that there are by their name', async () => {
    const few = await start([mila]);
    expect(cardText(few.message)).toContain(WORDS.notSelf);
    expect(cardText((await start(team.slice(0, 2))).message)).not.toContain(WORDS.notSelf);
    const id = codeOf(cardText((await start()).message));
    for (const person of team)
      await forged(person, 'scan.send', { id, lang: 'nl', answers: '3'.repeat(13), top: '' });
    const closed = JSON.stringify(await forged(mila, 'scan.close', { id, lang: 'nl' }));
    expect(closed).toContain(WORDS.outcome.measures);
    expect(closed).not.toContain(WORDS.outcome.measuresAgain);
    const form = JSON.stringify(await forged(mila, 'scan.measures', { id, lang: 'nl' }));
    const version = Number(/"version":(\d+)/.exec(form)?.[1]);
    const measures = { what1: 'Elke ochtend tien minuten de planning', who1: 'Het team', by1: '' };
    await forged(mila, 'scan.agree', { id, lang: 'nl', version, ...measures, next: '2027-03-01' });
    const [show, outcome, meet] = await Promise.all([
      forged(mila, 'scan.show', { id, lang: 'nl' }),
      forged(mila, 'scan.outcome', { id, lang: 'nl', page: 0 }),
      forged(mila, 'scan.meet', { id, lang: 'nl', part: 'agree' }),
    ]);
    for (const card of [show, outcome, meet].map((one) => JSON.stringify(one))) {
      expect(card).toContain(WORDS.outcome.measuresAgain);
      expect(card).not.toContain(WORDS.outcome.measures);
    }
  });

  it('tells who was asked so when they ask what is recorded about them, with the way to it and to all of it', async () => {
    const { about: ABOUT } = messagesFor('nl');
    const id = codeOf(cardText((await start()).message));
    const [anna] = team as [Person];
    for (const text of ['wat is er over mij vastgelegd', 'exporteer mijn gegevens']) {
      const seen = (await anna.says(text)).messages[0]!;
      expect(cardText(seen), text).toContain(format('nl', ABOUT.recordsScan, { name: 'Burgerzaken' }));
      expect(cardText(seen), text).toContain(
        format('nl', ABOUT.recordsScanAsked, { manager: 'Mila de Wit' }),
      );
      expect(cardText(seen), text).not.toContain(ABOUT.recordsEmpty);
      const ways = await anna.press(seen, ABOUT.exportButton);
      const back = await anna.press(ways.message, messagesFor('nl').export.back);
      const asked = await anna.press(back.message, { verb: 'scan.ask' });
      expect(headingOf(asked.message)).toBe(WORDS.ask.title);
    }
    // Whether they answered is not for whoever looks on; who was not asked, and who asked, have nothing there.
    const before = cardText((await anna.says('wat is er over mij vastgelegd')).messages[0]!);
    for (const person of team)
      await forged(person, 'scan.send', { id, lang: 'nl', answers: '3'.repeat(13), top: '' });
    expect(cardText((await anna.says('wat is er over mij vastgelegd')).messages[0]!)).toBe(before);
    const outsider = house.teams.person({ name: 'Ingrid', installed: true });
    for (const person of [outsider, mila])
      expect(cardText((await person.says('wat is er over mij vastgelegd')).messages[0]!)).toContain(
        ABOUT.recordsEmpty,
      );
    await forged(mila, 'scan.close', { id, lang: 'nl' });
    const closed = (await anna.says('wat is er over mij vastgelegd')).messages[0]!;
    const outcome = await anna.press(closed, { verb: 'scan.outcome' });
    expect(headingOf(outcome.message)).toBe(format('nl', WORDS.outcome.title, { name: 'Burgerzaken' }));
  });

  it('is among what the card of privacy says is kept, and what is not', async () => {
    const [anna] = team as [Person];
    const card = cardText((await anna.says('wat bewaar je van mensen')).messages[0]!);
    expect(card).toContain('Bij een teamscan: wie is gevraagd, en de uitkomst van het team.');
    expect(card).toContain('Tot het sluiten ook wie antwoordde, versleuteld.');
    expect(card).toContain('Wat jij antwoordt in een teamscan.');
  });

  it('tells who was asked so in their export, and is gone for all at once when its maker removes it', async () => {
    const begun = await start();
    const id = codeOf(cardText(begun.message));
    const [anna, bram] = team as [Person, Person];
    await forged(anna, 'scan.send', { id, lang: 'nl', answers: '3'.repeat(13), top: '' });
    const exported = async (person: Person) => {
      const pages: string[] = [];
      for (const page of [0, 1, 2, 3, 4, 5])
        pages.push(JSON.stringify(await forged(person, 'about.export', { page, lang: 'nl' })));
      return pages.join('\n');
    };
    const words = WORDS.export;
    for (const person of [anna, bram]) {
      expect(await exported(person)).toContain(words.asked);
      expect(await exported(person)).toContain(words.never);
    }
    for (const person of team.slice(1))
      await forged(person, 'scan.send', { id, lang: 'nl', answers: '3'.repeat(13), top: '' });
    await forged(mila, 'scan.close', { id, lang: 'nl' });
    const outcome = { id, lang: 'nl', page: 0 };
    expect(JSON.stringify(await forged(anna, 'scan.outcome', outcome))).toContain('Burgerzaken');
    await forged(mila, 'scan.remove', { id, lang: 'nl' });
    expect(JSON.stringify(await forged(anna, 'scan.outcome', outcome))).toContain(WORDS.gone);
    expect((await house.dump()).scans).toEqual([]);
    expect(await exported(anna)).not.toContain(words.asked);
    const page = await (await fetch(`${house.url}/privacy`)).text();
    for (const line of Object.values(messagesFor('nl').privacy.tables.scans.lines))
      expect(page).toContain(line);
    const trail = (await house.dump()).audit as { did: string; record: string; who: string }[];
    const ofScan = trail
      .filter(({ record }) => record === id)
      .map(({ did, who }) => [did, who === mila.objectId]);
    // All at one instant of the clock that was set.
    expect(ofScan.sort()).toEqual([
      ['scan.close', true],
      ['scan.remove', true],
      ['scan.save', true],
    ]);
  });

  it('lets nobody else see, close or change it, and takes no answer after it closed', async () => {
    const begun = await start();
    await house.remind('2027-01-12T10:01:00+01:00');
    const card = newest(team[0]!);
    const id = codeOf(cardText(begun.message));
    const outsider = house.teams.person({ name: 'Ingrid', installed: true });
    const good = { id, lang: 'nl', answers: '3'.repeat(13), top: '' };
    expect(JSON.stringify(await forged(outsider, 'scan.send', good))).toContain(WORDS.answer.notAsked);
    expect(JSON.stringify(await forged(mila, 'scan.send', good))).toContain('Je begon deze scan zelf');
    expect(JSON.stringify(await forged(team[0]!, 'scan.send', { ...good, id: 'ZZZZZ' }))).toContain(
      WORDS.answer.notAsked,
    );
    // A figure of 6, and four on top: the first is no card of ours, the second can be set right.
    expect(await forged(team[0]!, 'scan.send', { ...good, answers: '6'.repeat(13) })).toMatchObject({
      value: { code: 'outdated' },
    });
    const four = { ...good, top: CHARACTERISTICS.slice(0, 4).join(',') };
    expect(JSON.stringify(await forged(team[0]!, 'scan.send', four))).toContain(WORDS.answer.topMany);
    const some = { ...good, answers: `${'3'.repeat(12)}-` };
    expect(JSON.stringify(await forged(team[0]!, 'scan.send', some))).toContain(WORDS.answer.problems);
    for (const verb of ['show', 'close', 'measures', 'evaluate', 'unreached', 'ask-close'] as const) {
      for (const person of [outsider, team[0]!])
        expect(JSON.stringify(await forged(person, `scan.${verb}`, { id, lang: 'nl' })), verb).toContain(
          WORDS.gone,
        );
    }
    expect(JSON.stringify(await forged(outsider, 'scan.remove', { id, lang: 'nl' }))).not.toContain(
      'Burgerzaken',
    );
    expect(JSON.stringify((await house.dump()).scans)).toContain('Burgerzaken');
    for (const verb of ['outcome', 'agreed', 'compare', 'file'] as const) {
      const data = { id, lang: 'nl', page: 0 };
      expect(JSON.stringify(await forged(outsider, `scan.${verb}`, data)), verb).toContain(WORDS.gone);
    }
    expect(JSON.stringify(await forged(team[0]!, 'scan.outcome', { id, lang: 'nl', page: 0 }))).toContain(
      WORDS.outcome.notYet,
    );
    const sure = await mila.press(begun.message, WORDS.closeOpen);
    for (const person of team.slice(1, 6)) await answer(person, allOf(3), []);
    await mila.press(sure.message, WORDS.closeSure);
    const late = await answer(team[0]!, allOf(1), [], card);
    expect(cardText(late.message)).toContain(WORDS.answer.over);
  });

  it('costs two requests to the tables where it is read, none from step to step, and four to answer', async () => {
    const begun = await start();
    const id = codeOf(cardText(begun.message));
    const cost = async (person: Person, verb: string, data: Record<string, unknown>) => {
      const before = house.bot.tables.requests();
      await forged(person, verb, { lang: 'nl', id, ...data });
      return house.bot.tables.requests() - before;
    };
    const [anna] = team as [Person];
    const answers = '3'.repeat(13);
    expect(await cost(anna, 'scan.ask', {})).toBeLessThanOrEqual(2);
    expect(await cost(anna, 'scan.open', {})).toBeLessThanOrEqual(2);
    expect(await cost(mila, 'scan.open', {})).toBeLessThanOrEqual(2);
    expect(await cost(anna, 'scan.step', { from: 0, to: 1, answers, chosen: '' })).toBe(0);
    expect(await cost(anna, 'scan.send', { answers, top: '' })).toBeLessThanOrEqual(4);
    expect(await cost(anna, 'scan.outcome', { page: 0 })).toBeLessThanOrEqual(2);
    expect(await cost(mila, 'scan.show', {})).toBeLessThanOrEqual(2);
    for (const person of team.slice(1))
      await forged(person, 'scan.send', { lang: 'nl', id, answers, top: '' });
    await forged(mila, 'scan.close', { lang: 'nl', id });
    for (const verb of ['scan.show', 'scan.measures', 'scan.agreed', 'scan.evaluate'])
      expect(await cost(mila, verb, {}), verb).toBeLessThanOrEqual(2);
    expect(await cost(anna, 'scan.outcome', { page: 0 })).toBeLessThanOrEqual(2);
    expect(await cost(anna, 'scan.characteristic', { of: 'workload', page: 0 })).toBeLessThanOrEqual(2);
    expect(await cost(anna, 'scan.meet', { part: 'ideas' })).toBeLessThanOrEqual(2);
  });
});
