import { describe, expect, it } from 'vitest';
import { answerWords } from '../../cards/content/answers.js';
import { messagesFor } from '../../cards/content/words.js';
import { cardText, headingOf } from '../support/browser/cards-on-screen.js';
import { faultsOf } from '../support/faults.js';
import { type House, openHouse } from '../support/running-bot.js';
import { setUpEach } from '../support/set-up.js';
import { deskAgreement, recordAgreement } from '../support/shared-agreement.js';

const { about: WORDS, coffee: COFFEE, export: EXPORT } = messagesFor('nl');

describe('what is recorded about somebody', () => {
  let house: House;
  const afresh = setUpEach(
    async () => {
      house = await openHouse({ now: '2027-01-12T10:00:00+01:00' });
    },
    () => house.close(),
  );

  it('is nothing, and is said so, where there is nothing', async () => {
    const bo = house.teams.person({ name: 'Bo' });
    await bo.install();
    const asked = await bo.says('wat is er over mij vastgelegd');
    expect(cardText(asked.messages[0]!)).toContain(WORDS.recordsEmpty);
    const kept = await bo.press(asked.messages[0]!, WORDS.recordsPrivacy);
    const back = await bo.press(kept.message, WORDS.recordsButton);
    expect(cardText(back.message)).toContain(WORDS.recordsEmpty);
  });

  it('is shown with by whom, since when and until when, opens, and can be copied as it is kept', async () => {
    const mila = house.teams.person({ name: 'Mila de Wit' });
    const sanne = house.teams.person({ name: 'Sanne Bakker' });
    await mila.install();
    await sanne.install();
    const saved = await recordAgreement(mila, ...deskAgreement(sanne, { next: '2027-01-26' }));
    const ask = async () => ({
      message: (await sanne.says('wat is er over mij vastgelegd')).messages[0]!,
    });
    const records = await ask();
    expect(headingOf(records.message)).toBe(WORDS.recordsTitle);
    expect(cardText(records.message)).toContain('Mila de Wit');
    expect(cardText(records.message)).toContain('sinds dinsdag 12 januari 2027');
    expect(cardText(records.message)).toContain(WORDS.recordsOpen);
    const ways = await sanne.press(records.message, WORDS.exportButton);
    const copied = await sanne.press(ways.message, EXPORT.button.chat);
    expect(cardText(copied.message)).toContain('De balie gaat naar Joris');
    const choosing = await sanne.press(copied.message, WORDS.back);
    const back = await sanne.press(choosing.message, EXPORT.back);
    const opened = await sanne.press(back.message, { verb: 'about.show' });
    expect(cardText(opened.message)).toContain('De balie gaat naar Joris');

    const asking = await mila.press(saved.message, { verb: 'agreement.ask-close' });
    await mila.press(asking.message, { verb: 'agreement.close' });
    expect(cardText((await ask()).message)).toContain('woensdag 12 januari 2028');
    await house.work('retention', '2028-01-13T04:00:00+01:00');
    expect(cardText((await ask()).message)).toContain(WORDS.recordsEmpty);
  });

  it('holds the coffees and moments too, of whom was chosen in Teams', async () => {
    const mila = house.teams.person({ name: 'Mila de Wit' });
    const sanne = house.teams.person({ name: 'Sanne Bakker' });
    await mila.install();
    await sanne.install();
    const form = await mila.press((await mila.says('koffie')).messages[0]!, COFFEE.add);
    const listed = { names: 'Otis', person: sanne.objectId, personName: 'Sanne', rhythm: 'weekly' };
    await mila.press(form.message, COFFEE.save, listed);
    const moment = await mila.says('belangrijke momenten');
    const adding = await mila.press(moment.messages[0]!, { verb: 'moments.add' });
    await mila.press(
      adding.message,
      { verb: 'moments.save' },
      { kind: 'start', name: 'sanne', from: '2027-02-01' },
    );
    const ask = async () => ({
      message: (await sanne.says('wat is er over mij vastgelegd')).messages[0]!,
    });
    const before = await house.dump(true);
    const seen = cardText((await ask()).message);
    expect(seen).toContain('Kopje koffie met Mila de Wit');
    expect(seen).toContain('Vastgelegd sinds dinsdag 12 januari 2027.');
    expect(seen).toContain('Elke week. Volgende keer:');
    expect(seen).toContain('Nieuwe start, vastgelegd door Mila de Wit');
    expect(seen).not.toContain('Otis');
    const ways = await sanne.press((await ask()).message, WORDS.exportButton);
    const copied = await sanne.press(ways.message, EXPORT.button.chat);
    expect(cardText(copied.message)).toMatch(/rhythm\W+weekly/);
    const next = await sanne.press(copied.message, WORDS.recordsLater);
    expect(cardText(next.message)).toMatch(/kind\W+start/);
    expect(cardText(next.message)).toContain('Nieuwe start, vastgelegd door Mila de Wit');
    expect(await house.dump(true)).toEqual(before);

    const list = await mila.says('koffie met sanne');
    await mila.press(list.messages[0]!, COFFEE.stop);
    expect(cardText((await ask()).message)).not.toContain('Elke week');
  });

  it('is what is asked for in each way of asking, or else what is kept of anybody', async () => {
    expect(
      await faultsOf(
        [
          ['wat is er over mij vastgelegd', WORDS.recordsTitle],
          ['verwijder mijn gegevens', WORDS.recordsTitle],
          ['mag ik dit opschrijven van de AVG', answerWords('nl', 'record-notes').question],
          ['wie kan dit lezen', answerWords('nl', 'bot-who-reads').question],
          ['wat heeft mijn leidinggevende over mij opgeschreven', WORDS.recordsTitle],
          ['what do you store about me', messagesFor('en').about.recordsTitle],
          ['wat bewaar je van mensen', messagesFor('nl').welcome.privacyTitle],
        ],
        async (text, title) => {
          const bo = house.teams.person({ name: 'Bo', installed: true });
          expect(headingOf((await bo.says(text)).messages[0]!)).toBe(title);
        },
        afresh,
      ),
    ).toEqual([]);
  });
});
