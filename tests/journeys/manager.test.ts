import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { messagesFor } from '../../cards/content/words.js';
import { cardText, headingOf } from '../support/browser/cards-on-screen.js';
import { type House, openHouse } from '../support/running-bot.js';
import { recordAgreement } from '../support/shared-agreement.js';

const NL = messagesFor('nl');
const NEXT = ['Luisteren', 'Benoemen', 'Het werk', 'Knelpunten', 'Wat nodig is', 'Afronden'];

describe('the journey of a manager', () => {
  let house: House;
  beforeEach(async () => {
    house = await openHouse({ now: '2027-01-12T10:00:00+01:00' });
  });
  afterEach(() => house.close());

  it('walks the guide to the end, records an agreement, is reminded and records how it went', async () => {
    const mila = house.teams.person({ name: 'Mila de Wit' });
    const sanne = house.teams.person({ name: 'Sanne Bakker' });
    await mila.install();
    await sanne.install();

    const asked = await mila.says('hoe begin ik het gesprek?');
    // What helps in five minutes comes first, the seven parts are a press away.
    expect(headingOf(asked.messages[0])).toBe(NL.conversation.begin.title);
    const before = await house.dump();
    let { message } = await mila.press(asked.messages[0]!, 'Alle zeven delen');
    const seen = [headingOf(message)];
    for (const next of NEXT) {
      message = (await mila.press(message, `Volgende: ${next}`)).message;
      seen.push(headingOf(message));
    }
    expect(seen).toEqual([
      'Bereid het gesprek voor',
      'Zo voer je het gesprek',
      'Zeg wat je ziet',
      'Praat over het werk',
      'Zoek uit wat er knelt',
      'Kijk wat er nodig is',
      'Rond af met afspraken',
    ]);
    expect(await house.dump()).toEqual(before);

    const formOne = await mila.press(message, 'Afspraak vastleggen');
    expect(headingOf(formOne.message)).toBe('Afspraken vastleggen');
    const formTwo = await mila.press(formOne.message, 'Verder', {
      name: 'Sanne',
      person: sanne.objectId,
      day: '2027-01-11',
      subjects: 'tasks,hours',
    });
    expect(headingOf(formTwo.message)).toBe('Afspraken met Sanne');
    const another = await mila.press(formTwo.message, 'Nog een afspraak', {
      what1: 'De klantvragen gaan twee weken naar Joris',
      who1: 'manager',
      by1: '2027-01-15',
    });
    expect(cardText(another.message)).toContain('De klantvragen gaan twee weken naar Joris');
    const saved = await mila.press(another.message, 'Opslaan', {
      what2: 'Sanne begint om tien uur',
      who2: 'employee',
      by2: '2027-01-13',
      next: '2027-01-26',
      rhythm: 'two-weekly',
      initiative: 'manager',
    });
    expect(cardText(saved.message)).toContain('Sanne krijgt de afspraken ook te zien');
    expect(cardText(saved.message)).toContain('dinsdag 26 januari 2027');

    // The employee gets it, and says that it is right.
    const shared = await house.remind();
    expect(shared).toMatchObject({ due: 1, sent: 1, digests: 0, failed: 0 });
    expect(headingOf(sanne.lastMessage())).toBe('Mila de Wit heeft afspraken met je vastgelegd');
    const confirmed = await sanne.press(sanne.lastMessage(), 'Dit klopt');
    expect(cardText(confirmed.message)).toContain('Mila de Wit ziet dat het klopt');
    await house.remind();
    expect(headingOf(mila.lastMessage())).toBe('Sanne zegt dat de afspraken kloppen');
    const list = await mila.says('welke evaluaties staan er open');
    expect(cardText(list.messages[0])).toContain('Ja, Sanne zegt dat het klopt');
    const trail = ((await house.dump()).audit ?? []) as { did: string; who: string }[];
    expect(trail.map(({ did, who }) => `${did} ${who}`).sort()).toEqual([
      `about.confirm ${sanne.objectId}`,
      `agreement.save ${mila.objectId}`,
    ]);
    expect(JSON.stringify(trail)).not.toMatch(/Sanne|klantvragen/);

    // A few working days after the conversation: how did it land?
    expect(await house.remind('2027-01-14T09:00:00+01:00')).toMatchObject({ due: 1, sent: 1, digests: 1 });
    expect(headingOf(mila.lastMessage())).toBe('Hoe was het gesprek?');
    await mila.press(mila.lastMessage(), 'Ik heb het gevraagd');
    expect(headingOf(mila.lastMessage())).toBe('Hoe was het gesprek?');

    // Not a minute before nine on the agreed day, and then once.
    expect(await house.remind('2027-01-26T08:59:00+01:00')).toMatchObject({ due: 0, sent: 0 });
    const due = await house.remind('2027-01-26T09:00:00+01:00');
    expect(due).toMatchObject({ due: 1, sent: 1, digests: 1, dropped: 0, failed: 0 });
    expect(await house.remind('2027-01-26T09:01:00+01:00')).toMatchObject({ due: 0, sent: 0 });
    const reminder = mila.lastMessage();
    expect(headingOf(reminder)).toBe('Evaluatie met Sanne');
    const rewrite = await mila.press(reminder, 'Opslaan', {
      outcome1: 'works',
      outcome2: 'adjust',
      next: '2027-02-09',
    });
    expect(headingOf(rewrite.message)).toBe('Wat verandert er?');
    const done = await mila.press(rewrite.message, 'Opslaan', { what2: 'Sanne begint om half tien' });
    expect(cardText(done.message)).toContain('Jullie evalueren weer op dinsdag 9 februari 2027');
    expect(cardText(done.message)).toContain('Sanne begint om half tien');

    // What changed is shown anew, and the next evaluation is reminded in its turn.
    await house.remind();
    expect(headingOf(sanne.lastMessage())).toBe('Mila de Wit heeft jullie afspraken bijgewerkt');
    expect(await house.remind('2027-02-09T09:00:00+01:00')).toMatchObject({ sent: 1, digests: 1 });
    expect(headingOf(mila.lastMessage())).toBe('Evaluatie met Sanne');
    expect(house.teams.violations).toEqual([]);
    expect(house.teams.throttled).toEqual([]);
  });

  it('moves an evaluation, snoozes the reminder, and the old reminder does not come', async () => {
    const mila = house.teams.person({ name: 'Mila Verzet' });
    house.setNow('2027-03-01T10:00:00+01:00');
    await mila.install();
    const saved = await recordAgreement(
      mila,
      {
        name: 'Ahmed',
        day: '2026-12-01',
        subjects: 'workload',
      },
      {
        what1: 'Ahmed doet de planning niet',
        next: '2027-03-08',
      },
    );
    const move = await mila.press(saved.message, 'Verzetten');
    const wrong = await mila.press(move.message, 'Verzetten', { day: '2027-02-01' }, { force: true });
    expect(cardText(wrong.message)).toContain('Kies een dag vanaf morgen.');
    const moved = await mila.press(wrong.message, 'Verzetten', { day: '2027-03-10' });
    expect(cardText(moved.message)).toContain('Verzet naar woensdag 10 maart 2027');
    expect(await house.remind('2027-03-08T09:00:00+01:00')).toMatchObject({ sent: 0 });
    expect(await house.remind('2027-03-10T09:00:00+01:00')).toMatchObject({ sent: 1 });

    const later = await mila.press(mila.lastMessage(), 'Verzetten');
    const snoozed = await mila.press(later.message, 'Over drie werkdagen');
    expect(cardText(snoozed.message)).toContain('maandag 15 maart 2027');
    expect(await house.remind('2027-03-12T09:00:00+01:00')).toMatchObject({ sent: 0 });
    expect(await house.remind('2027-03-15T09:00:00+01:00')).toMatchObject({ sent: 1 });
    expect(cardText(mila.lastMessage())).toContain('Vandaag is een goed moment.');
    expect(house.teams.violations).toEqual([]);
  });

  it('is reminded twice more of an evaluation that nobody acted on, and then left in peace', async () => {
    const mila = house.teams.person({ name: 'Mila Vergeet' });
    house.setNow('2027-04-05T10:00:00+02:00');
    await mila.install();
    await recordAgreement(
      mila,
      {
        name: 'Bo',
        day: '2027-01-04',
        subjects: 'tasks',
      },
      { what1: 'Bo heeft vrijdag geen overleg', next: '2027-04-12' },
    );
    const sentOn: string[] = [];
    for (let day = 12; day <= 30; day += 1) {
      const { sent } = await house.remind(`2027-04-${day}T09:00:00+02:00`);
      if (sent > 0) sentOn.push(`2027-04-${day}`);
    }
    expect(sentOn).toEqual(['2027-04-12', '2027-04-15', '2027-04-22']);
  });

  it('saves once, however often Teams delivers the press', async () => {
    const mila = house.teams.person({ name: 'Mila Dubbel' });
    house.setNow('2027-05-03T10:00:00+02:00');
    await mila.install();
    const start = await mila.says('leg een afspraak vast');
    const two = await mila.press(start.messages[0]!, 'Verder', { name: 'Kim', subjects: 'hours' });
    await mila.press(two.message, 'Opslaan', { what1: 'Kim werkt dinsdag thuis', next: '2027-05-17' });
    const before = await house.dump();
    const again = await mila.repeats();
    expect(again.status).toBe(200);
    expect(JSON.stringify(again.body)).toContain('Opgeslagen. Ik herinner je');
    expect(await house.dump()).toEqual(before);
    const stale = await mila.press(
      two.message,
      'Opslaan',
      { what1: 'Iets anders', next: '2027-05-18' },
      { asGiven: true },
    );
    // What was saved stays as it is, and what is typed now stays in the form.
    expect(cardText(stale.message)).toContain('Wat hier nu staat, is nog niet opgeslagen.');
    expect(cardText(stale.message)).toContain('Iets anders');
    const agreements = (await house.dump()).managers?.filter((row) =>
      JSON.stringify(row).includes('Kim werkt'),
    );
    expect(agreements).toHaveLength(1);
  });

  it('is understood on a client that only knows Action.Submit, and the card is replaced all the same', async () => {
    const mila = house.teams.person({ name: 'Mila Oud', locale: 'en-GB' });
    await mila.install();
    const asked = await mila.says('how do I start the conversation');
    expect(headingOf(asked.messages[0])).toBe('How to start the conversation');
    const next = await mila.submit(asked.messages[0]!, 'All seven parts');
    expect(headingOf(next.message)).toBe('Prepare for the conversation');
    expect(mila.messages().filter((one) => one.id === asked.messages[0]?.id)).toHaveLength(1);
  });

  it('deals with each thing of a digest in its own place, and sees what was dealt with', async () => {
    const mila = house.teams.person({ name: 'Mila Veel' });
    house.setNow('2027-06-01T10:00:00+02:00');
    await mila.install();
    for (const name of ['Ida', 'Joep', 'Kees']) {
      await recordAgreement(
        mila,
        {
          name,
          day: '2027-03-01',
          subjects: 'tasks',
        },
        { what1: `${name} doet de kas niet`, next: '2027-06-08' },
      );
    }
    // A week in which nothing ran: one digest with everything.
    const sent = await house.remind('2027-06-15T09:00:00+02:00');
    expect(sent).toMatchObject({ due: 3, sent: 3, digests: 1, failed: 0 });
    const digest = mila.lastMessage();
    expect(headingOf(digest)).toBe('Dit staat er voor je klaar');
    const opened = await mila.press(digest, { verb: 'evaluation.open', nth: 0 });
    expect(headingOf(opened.message)).toMatch(/^Evaluatie met/);
    const saved = await mila.press(opened.message, 'Opslaan', { outcome1: 'works', next: '2027-06-22' });
    const back = await mila.press(saved.message, 'Terug naar het overzicht');
    expect(headingOf(back.message)).toBe('Dit staat er voor je klaar');
    expect(cardText(back.message).match(/"Gedaan"/g)).toHaveLength(1);
    expect(cardText(back.message).match(/"text":"Openen"/g)).toHaveLength(2);
    expect(mila.messages().at(-1)?.id).toBe(digest.id);
    expect(house.teams.violations).toEqual([]);
  });
});
