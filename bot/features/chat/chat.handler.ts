import { PARTS } from '../../../cards/actions.js';
import { findPiece, pieceWords } from '../../../cards/content/pieces.js';
import { format, type Lang, messagesFor } from '../../../cards/content/words.js';
import { chooseCard, type Meant } from '../../../cards/knowledge/choose.card.js';
import type { FollowUp } from '../../nlu/follow-ups.js';
import { type Reply, show, tell } from '../../reply.js';
import type { CardRef, ChatContext } from '../../services/chat-context.js';
import type { Turn } from '../../turn.js';

/** An answer, or a card to be shown as if its button had been pressed. */
export type Followed = { readonly reply: Reply } | { readonly ref: CardRef; readonly lang: Lang };

export type Chat = {
  follow(turn: Turn, followUp: FollowUp): Followed;
};

/** Where sentences to say stand when nobody knows what came before. */
const WITH_EXAMPLES: readonly Meant[] = [{ part: 'naming' }, { part: 'needs' }, { part: 'closing' }];
const FOR_ONESELF: readonly Meant[] = [{ intent: 'support' }, { intent: 'self-care' }, { intent: 'rights' }];

/** Answers what refers to the card before it. What that was is known in this process alone, for some minutes. */
export function createChat(context: Pick<ChatContext, 'recent' | 'said' | 'saidOneMore'>): Chat {
  return {
    follow(turn, followUp) {
      const { lang } = turn;
      const [now, before] = context.recent(turn);
      const { chat: words } = messagesFor(lang);
      const told = (message: string): Followed => ({ reply: tell(message) });
      const choose = (intro: string, meant: readonly Meant[]): Followed => ({
        reply: show(chooseCard(lang, meant, intro)),
      });
      switch (followUp.kind) {
        case 'part':
          return { ref: partAt(followUp.number - 1), lang };
        case 'thanks':
          return told(words.thanks);
        case 'stop':
          return told(words.stopped);
        case 'yes':
        case 'no':
          return told(words[followUp.kind]);
        case 'for-me':
          return choose(words.forMe, FOR_ONESELF);
        case 'example':
        case 'another':
          return now === undefined
            ? choose(words.noContext, WITH_EXAMPLES)
            : exampleOf(context, turn, now, followUp.kind === 'another');
        case 'dutch':
        case 'english': {
          const other = followUp.kind === 'dutch' ? 'nl' : 'en';
          return { ref: now ?? { verb: 'menu.show', data: {} }, lang: other };
        }
        case 'back':
          return { ref: before ?? { verb: 'menu.show', data: {} }, lang };
        case 'next': {
          const next = now === undefined ? null : nextOf(now);
          return next === null ? choose(words.noContext, WITH_EXAMPLES) : { ref: next, lang };
        }
        case 'refuses':
          return { ref: { verb: 'practise.start', data: {} }, lang };
        case 'lost':
        case 'not-that': {
          const intro = followUp.kind === 'lost' ? words.lost : words.notThat;
          const near = now === undefined ? [] : nearTo(now);
          return near.length === 0
            ? { ref: { verb: 'knowledge.subjects', data: {} }, lang }
            : choose(intro, near);
        }
      }
    },
  };
}

function partAt(index: number): CardRef {
  return { verb: 'conversation.part', data: { part: PARTS[index] ?? PARTS[0] } };
}

function exampleOf(
  context: Pick<ChatContext, 'said' | 'saidOneMore'>,
  turn: Turn,
  card: CardRef,
  again: boolean,
): Followed {
  const { chat: words } = messagesFor(turn.lang);
  const sentences = sentencesOf(turn.lang, card);
  if (sentences.length === 0) return { reply: show(chooseCard(turn.lang, WITH_EXAMPLES, words.noExample)) };
  const at = context.said(turn);
  // Whoever asks for a first one again has scrolled past it: they get the next one all the same.
  const say = sentences[at % sentences.length] ?? '';
  context.saidOneMore(turn);
  const isLast = again && at + 1 >= sentences.length;
  const more = sentences.length === 1 || isLast ? words.exampleLast : words.exampleMore;
  return { reply: tell(`${format(turn.lang, words.example, { say })}\n\n${more}`) };
}

/** What one can say as it stands, from the card that this leads to. */
function sentencesOf(lang: Lang, { verb, data }: CardRef): readonly string[] {
  const { conversation } = messagesFor(lang);
  if (verb === 'conversation.part') return conversation.parts.find(({ id }) => id === data.part)?.say ?? [];
  if (verb === 'intent.open' && data.intent === 'conversation') return conversation.begin.say;
  if (verb !== 'knowledge.piece' || typeof data.piece !== 'string') return [];
  return findPiece(data.piece) === null
    ? []
    : pieceWords(lang, data.piece).parts.flatMap(({ say }) => say ?? []);
}

/** What one would read after this card; null where there is nothing after it. */
function nextOf({ verb, data }: CardRef): CardRef | null {
  if (verb === 'intent.open' && data.intent === 'conversation') return partAt(0);
  if (verb === 'conversation.part') {
    const next = PARTS[(PARTS as readonly unknown[]).indexOf(data.part) + 1];
    return next === undefined ? null : { verb, data: { part: next } };
  }
  if (verb !== 'knowledge.piece' || typeof data.piece !== 'string') return null;
  const [more] = findPiece(data.piece)?.piece.more ?? [];
  return more === undefined ? null : { verb: 'knowledge.piece', data: { piece: more } };
}

/** What is near to this card, to choose from. */
function nearTo({ verb, data }: CardRef): readonly Meant[] {
  if (verb === 'knowledge.piece' && typeof data.piece === 'string')
    return (findPiece(data.piece)?.piece.more ?? []).slice(0, 3).map((piece) => ({ piece }));
  if (verb === 'conversation.part')
    return WITH_EXAMPLES.filter((one) => !('part' in one) || one.part !== data.part);
  return [];
}
