import { PARTS } from '../../../cards/actions.js';
import { answerWords, findAnswer } from '../../../cards/content/answers.js';
import { findPiece, pieceWords } from '../../../cards/content/pieces.js';
import { findSubject, piecesAbout, subjectOf } from '../../../cards/content/subjects.js';
import { format, type Lang, messagesFor } from '../../../cards/content/words.js';
import { chooseCard } from '../../../cards/knowledge/choose.card.js';
import type { Meant } from '../../../cards/knowledge/meant.js';
import type { FollowUp } from '../../nlu/follow-ups.js';
import { type Reply, show, tell } from '../../reply.js';
import type { CardRef, ChatContext } from '../../services/chat-context.js';
import type { Turn } from '../../turn.js';
import { refTo } from './chat.rules.js';

/** An answer, or a card to be shown as if its button had been pressed. */
export type Followed = { readonly reply: Reply } | { readonly ref: CardRef; readonly lang: Lang };

export type Chat = {
  follow(turn: Turn, followUp: FollowUp): Followed;
};

/** Where sentences to say stand when nobody knows what came before. */
const WITH_EXAMPLES: readonly Meant[] = [{ part: 'naming' }, { part: 'needs' }, { part: 'closing' }];
const FOR_ONESELF: readonly Meant[] = [{ intent: 'support' }, { intent: 'self-care' }, { intent: 'rights' }];
const MOST_CHOICES = 3;
/** What somebody does in the conversation, and the answer to what one does then. */
const IN_TALK = {
  cries: { answer: 'talk-crying' },
  angry: { answer: 'talk-angry' },
  denies: { answer: 'talk-denies' },
  silent: { answer: 'talk-silent' },
  leaves: { piece: 'talk-otherwise' },
} as const satisfies Record<string, Meant>;
const WONT = { answer: 'talk-wont' } as const;

/** Answers what refers to the card before it. What that was is known in this process alone, for some minutes. */
export function createChat(context: Pick<ChatContext, 'recent' | 'back' | 'said' | 'saidOneMore'>): Chat {
  return {
    follow(turn, followUp) {
      const { lang } = turn;
      const [now] = context.recent(turn);
      const { chat: words } = messagesFor(lang);
      const told = (message: string): Followed => ({ reply: tell(message) });
      const choose = (intro: string, meant: readonly Meant[]): Followed => ({
        reply: show(chooseCard(lang, meant, intro)),
      });
      switch (followUp.kind) {
        case 'part':
          return PARTS[followUp.number - 1] === undefined
            ? choose(
                format(lang, words.noPart, { total: PARTS.length }),
                PARTS.map((part) => ({ part })),
              )
            : { ref: partAt(followUp.number - 1), lang };
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
          return { ref: context.back(turn) ?? { verb: 'menu.show', data: {} }, lang };
        case 'next': {
          if (now === undefined) return choose(words.noContext, WITH_EXAMPLES);
          const next = nextOf(now);
          if (next !== null) return { ref: next, lang };
          const near = nearTo(now);
          return near.length === 0
            ? { ref: { verb: 'knowledge.subjects', data: {} }, lang }
            : choose(words.last, near);
        }
        case 'refuses': {
          // In a conversation it is clear what somebody does not want; after another answer it may be that.
          const others = now === undefined || isOfTalk(now) ? [] : nearTo(now);
          return others.length === 0
            ? { ref: refTo(WONT), lang }
            : choose(messagesFor(lang).knowledge.chooseIntro, [...others.slice(0, MOST_CHOICES - 1), WONT]);
        }
        case 'cries':
        case 'angry':
        case 'denies':
        case 'silent':
        case 'leaves':
          return { ref: refTo(IN_TALK[followUp.kind]), lang };
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
  const answer = answerOf({ verb, data });
  if (answer !== null) {
    const { now, why } = answerWords(lang, answer.id);
    return [now, why].flatMap((text) => [...text.matchAll(/“([^”]+)”/gu)].map(([, said = '']) => said));
  }
  const piece = pieceOf({ verb, data });
  return piece === null ? [] : pieceWords(lang, piece.id).parts.flatMap(({ say }) => say ?? []);
}

/** What one would read after this card; null where there is nothing after it. */
function nextOf({ verb, data }: CardRef): CardRef | null {
  if (verb === 'intent.open' && data.intent === 'conversation') return partAt(0);
  if (verb === 'conversation.part') {
    const next = PARTS[(PARTS as readonly unknown[]).indexOf(data.part) + 1];
    return next === undefined
      ? { verb: 'agreement.start', data: {} }
      : { verb: 'conversation.part', data: { part: next } };
  }
  const [first] = moreOf({ verb, data });
  return first === undefined ? null : refTo(first);
}

/** What is near to this card, to choose from. */
function nearTo(card: CardRef): readonly Meant[] {
  if (card.verb === 'conversation.part')
    return WITH_EXAMPLES.filter((one) => !('part' in one) || one.part !== card.data.part);
  if (card.verb === 'intent.open' && card.data.intent === 'conversation') return WITH_EXAMPLES;
  const more = moreOf(card);
  const piece = pieceOf(card);
  if (more.length > 0 || piece === null) return more;
  const beside = piecesAbout(subjectOf(piece.id)).filter(({ id }) => id !== piece.id);
  return beside.slice(0, MOST_CHOICES).map(({ id }) => ({ piece: id }));
}

/** What a card leads on to by itself: of a subject its pieces. */
function moreOf(card: CardRef): readonly Meant[] {
  const { verb, data } = card;
  const of = verb === 'knowledge.subject' ? data.subject : verb === 'intent.open' ? data.intent : undefined;
  const subject = typeof of === 'string' ? findSubject(of) : null;
  const pieces = subject === null ? [] : piecesAbout(subject).map(({ id }) => id);
  const more = answerOf(card)?.more ?? pieceOf(card)?.more ?? pieces;
  return more.slice(0, MOST_CHOICES).map((id) => (findAnswer(id) === null ? { piece: id } : { answer: id }));
}

function answerOf({ verb, data }: CardRef) {
  return verb === 'knowledge.answer' && typeof data.answer === 'string' ? findAnswer(data.answer) : null;
}

function pieceOf({ verb, data }: CardRef) {
  return verb === 'knowledge.piece' && typeof data.piece === 'string'
    ? (findPiece(data.piece)?.piece ?? null)
    : null;
}

/** Whether a card is about what is said in a conversation. */
function isOfTalk(card: CardRef): boolean {
  const id = answerOf(card)?.id ?? pieceOf(card)?.id ?? '';
  return (
    /^(?:conversation|practise)\./.test(card.verb) || card.verb === 'intent.open' || /^(?:talk|aid)-/.test(id)
  );
}
