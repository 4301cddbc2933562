import { describe, expect, it } from 'vitest';
import { createChat } from '../../../../bot/features/chat/chat.handler.js';
import { createFollowUps } from '../../../../bot/nlu/follow-ups.js';
import { createChatContext } from '../../../../bot/services/chat-context.js';
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
      await faultsOf(['deel 4', 'part 4', 'stap 4'], (text) => {
        expect(followUp(text)).toMatchObject({ kind: 'part', number: 4 });
      }),
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

  it('goes back to the card before, and to the menu where there is none', () => {
    const { context, says } = aChat();
    expect(says('terug')).toMatchObject({ ref: { verb: 'menu.show' } });
    context.shown(aTurn(), { verb: 'knowledge.subjects', data: {} }, 'nl');
    context.shown(aTurn(), { verb: 'knowledge.subject', data: { subject: 'models' } }, 'nl');
    expect(says('terug')).toMatchObject({ ref: { verb: 'knowledge.subjects' } });
  });
});
