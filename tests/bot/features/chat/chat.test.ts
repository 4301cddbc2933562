import { describe, expect, it } from 'vitest';
import { createChat } from '../../../../bot/features/chat/chat.handler.js';
import { referableCard } from '../../../../bot/features/chat/chat.rules.js';
import { createFollowUps } from '../../../../bot/nlu/follow-ups.js';
import { createChatContext } from '../../../../bot/services/chat-context.js';
import { PARTS } from '../../../../cards/actions.js';
import { allAnswers } from '../../../../cards/content/answers.js';
import { allPieces } from '../../../../cards/content/pieces.js';
import { messagesFor } from '../../../../cards/content/words.js';
import { faultsOf } from '../../../support/faults.js';
import { aTurn } from '../../../support/sample-turns.js';

const followUp = createFollowUps();

describe('a follow-up', () => {
  it('are read for what they mean', async () => {
    expect(
      await faultsOf(
        [
          ['geef een voorbeeldzin', 'example'],
          ['nog een', 'another'],
          ['en als hij dat niet wil?', 'refuses'],
          ['en daarna?', 'next'],
          ['Verder', 'next'],
          ['terug', 'back'],
          ['in het Engels', 'english'],
          ['ik bedoel voor mezelf', 'for-me'],
          ['dat bedoel ik niet', 'not-that'],
          ['stop', 'stop'],
          ['bedankt', 'thanks'],
          ['oh dank je wel', 'thanks'],
          ['geef een voorbedzin', 'example'],
          ['what if she refuses?', 'refuses'],
          ['en als hij wegloopt?', 'leaves'],
          ['en als ze gaat huilen', 'cries'],
          ['what if he gets angry?', 'angry'],
          ['hij ontkent het', 'denies'],
          ['en als ze niets zegt', 'silent'],
          ['another one', 'another'],
        ] as const,
        (text, kind) => {
          expect(followUp(text)?.kind).toBe(kind);
        },
      ),
    ).toEqual([]);
  });

  it('name a part of the guide', async () => {
    expect(
      await faultsOf(
        ['deel 4', 'part 4', 'stap 4', 'deel vier', 'ga naar deel 4 van de gids', 'show me step four'],
        (text) => {
          expect(followUp(text)).toMatchObject({ kind: 'part', number: 4 });
        },
      ),
    ).toEqual([]);
  });

  it('are not what says by itself what it means', async () => {
    expect(
      await faultsOf(
        [
          'hoe begin ik het gesprek',
          'ik wil stoppen met werken',
          'hij wil niet meer terug naar zijn werk',
          'nee hij is niet ziek hij wil een dag minder',
          'voorbeeld van een afspraak over uren',
          '',
          '?',
          'x'.repeat(500),
        ],
        (text) => {
          expect(followUp(text)).toBeNull();
        },
      ),
    ).toEqual([]);
  });
});

function aChat() {
  let now = 1_000;
  const context = createChatContext(() => now);
  const chat = createChat(context);
  return {
    context,
    chat,
    wait: (ms: number) => {
      now += ms;
    },
    says: (text: string) => {
      const asked = followUp(text);
      if (asked === null) throw new Error(`no follow-up: ${text}`);
      return chat.follow(aTurn(), asked);
    },
  };
}

describe('what a follow-up refers to', () => {
  it('is the card before it: another sentence each time, and the next part', () => {
    const { context, says } = aChat();
    context.shown(aTurn(), { verb: 'conversation.part', data: { part: 'naming' } }, 'nl');
    const said = ['geef een voorbeeldzin', 'nog een', 'nog een'].map((text) => JSON.stringify(says(text)));
    expect(new Set(said).size).toBe(3);
    expect(says('en daarna?')).toMatchObject({
      ref: { verb: 'conversation.part', data: { part: 'effect' } },
    });
  });

  it('is forgotten after ten minutes, and then is asked for instead of guessed', () => {
    const { context, says, wait } = aChat();
    context.shown(aTurn(), { verb: 'conversation.part', data: { part: 'naming' } }, 'nl');
    wait(10 * 60_000 + 1);
    expect(context.recent(aTurn())).toEqual([]);
    expect(JSON.stringify(says('nog een'))).toContain('"type":"AdaptiveCard"');
  });

  it('is known of nobody else, and of a bounded number of people', () => {
    const { context } = aChat();
    context.shown(aTurn({ person: 'one' }), { verb: 'knowledge.subjects', data: {} }, 'nl');
    expect(context.recent(aTurn({ person: 'other' }))).toEqual([]);
    for (let at = 0; at < 6_000; at += 1)
      context.shown(aTurn({ person: `p${at}` }), { verb: 'knowledge.subjects', data: {} }, 'nl');
    expect(context.recent(aTurn({ person: 'one' }))).toEqual([]);
  });

  it('is a part of the guide, and where there is none of that number all seven to choose from', () => {
    const { says } = aChat();
    expect(says('deel 7')).toMatchObject({ ref: { data: { part: 'closing' } } });
    for (const text of ['deel 9', 'part 8', 'stap 12', 'deel acht']) {
      const followed = JSON.stringify(says(text));
      for (const part of PARTS) expect(followed, text).toContain(`"part":"${part}"`);
      expect(followed).toMatch(/7 delen/);
    }
  });

  it('goes back step by step', () => {
    const { context, says } = aChat();
    for (const part of ['prepare', 'basics', 'naming'] as const)
      context.shown(aTurn(), { verb: 'conversation.part', data: { part } }, 'nl');
    for (const part of ['basics', 'prepare']) {
      const followed = says('terug');
      expect(followed).toMatchObject({ ref: { data: { part } } });
      if ('ref' in followed) context.shown(aTurn(), followed.ref, 'nl');
    }
    expect(says('terug')).toMatchObject({ ref: { verb: 'menu.show' } });
  });

  it('is a direct answer: what to say from it, what comes after it, and what is near to it', () => {
    const { context, says } = aChat();
    context.shown(aTurn(), { verb: 'knowledge.answer', data: { answer: 'talk-denies' } }, 'nl');
    expect(JSON.stringify(says('geef een voorbeeldzin'))).toContain('Ik zag wel');
    expect(says('en daarna?')).toMatchObject({ ref: { data: { piece: 'talk-refuses' } } });
    expect(JSON.stringify(says('dat bedoel ik niet'))).toContain('"piece":"talk-refuses"');
  });

  it('goes on from whatever may be referred to, and never says that it has forgotten a card that it knows', () => {
    const refs = [
      ...PARTS.map((part) => ({ verb: 'conversation.part', data: { part } })),
      ...allAnswers().map(({ id }) => ({ verb: 'knowledge.answer', data: { answer: id } })),
      ...allPieces().map(({ id }) => ({ verb: 'knowledge.piece', data: { piece: id } })),
      { verb: 'intent.open', data: { intent: 'conversation' } },
      { verb: 'knowledge.subject', data: { subject: 'models' } },
    ].filter(({ verb, data }) => referableCard(verb, { ...data, lang: 'nl' }) !== null);
    const { noContext } = messagesFor('nl').chat;
    const { context, says } = aChat();
    const forgot = refs.filter((ref) => {
      context.shown(aTurn(), ref, 'nl');
      return ['en daarna?', 'dat bedoel ik niet', 'en als hij dat niet wil?'].some((text) =>
        JSON.stringify(says(text)).includes(noContext),
      );
    });
    expect(forgot).toEqual([]);
  });

  it('tells what to do when somebody cries, leaves or will not, and asks where it may be about something else', () => {
    const { context, says } = aChat();
    expect(says('en als ze gaat huilen')).toMatchObject({ ref: { data: { answer: 'talk-crying' } } });
    expect(says('en als hij wegloopt?')).toMatchObject({ ref: { data: { piece: 'talk-otherwise' } } });
    context.shown(aTurn(), { verb: 'conversation.part', data: { part: 'naming' } }, 'nl');
    expect(says('en als hij dat niet wil?')).toMatchObject({ ref: { data: { answer: 'talk-wont' } } });
    context.shown(aTurn(), { verb: 'knowledge.answer', data: { answer: 'doctor-force' } }, 'nl');
    const asked = JSON.stringify(says('en als hij dat niet wil?'));
    expect(asked).toContain('"answer":"sick-not-cooperating"');
    expect(asked).toContain('"answer":"talk-wont"');
  });

  it('goes back to the card before, and to the menu where there is none', () => {
    const { context, says } = aChat();
    expect(says('terug')).toMatchObject({ ref: { verb: 'menu.show' } });
    context.shown(aTurn(), { verb: 'knowledge.subjects', data: {} }, 'nl');
    context.shown(aTurn(), { verb: 'knowledge.subject', data: { subject: 'models' } }, 'nl');
    expect(says('terug')).toMatchObject({ ref: { verb: 'knowledge.subjects' } });
  });
});
