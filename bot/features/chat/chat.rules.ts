import { ACTIONS, isVerb } from '../../../cards/actions.js';
import { findAnswer } from '../../../cards/content/answers.js';
import { findPiece, type Shelf } from '../../../cards/content/pieces.js';
import { findSubject, piecesAbout } from '../../../cards/content/subjects.js';
import type { Meant } from '../../../cards/knowledge/meant.js';
import type { Intent } from '../../nlu/intents/intent.js';
import type { CardRef } from '../../services/chat-context.js';

/** What the guides say, to whomever asks. Nothing about oneself or one's rights. */
const REFERABLE_VERBS =
  /^(?:conversation\.|practise\.start$|knowledge\.|measures\.open$|costs\.open$|absence\.open$)/;
const REFERABLE_INTENTS: readonly string[] = [
  'conversation',
  'practise',
  'adjustments',
  'absence',
  'own-control',
  'measures',
  'dilemmas',
  'models',
  'loneliness',
  'costs',
] satisfies Intent[];
/** What somebody looks up for themselves. */
const PRIVATE_SHELVES: readonly string[] = ['rights', 'self-care', 'employee'] satisfies Shelf[];
/** What names content of ours. All else in a payload is what somebody typed or ticked, on this card or on one before. */
const NAMES_OF_CONTENT: readonly string[] = ['intent', 'part', 'subject', 'piece', 'answer'];

/**
 * The card of a press as it may be referred to for some minutes; null where there is nothing to come back to. `data` is
 * the payload as it came: a client sends along whatever was filled in on the card that was pressed.
 */
export function referableCard(verb: string, data: unknown): CardRef | null {
  if (!isVerb(verb) || (verb !== 'intent.open' && !REFERABLE_VERBS.test(verb))) return null;
  const parsed = ACTIONS[verb].payload.safeParse(data);
  if (!parsed.success) return null;
  const named = Object.entries(parsed.data).filter(([name]) => NAMES_OF_CONTENT.includes(name));
  const isReferable =
    verb === 'intent.open'
      ? named.some(([, intent]) => REFERABLE_INTENTS.includes(String(intent)))
      : !named.some(([name, id]) => isPrivate(name, String(id)));
  return isReferable ? { verb, data: Object.fromEntries(named) } : null;
}

function isPrivate(name: string, id: string): boolean {
  switch (name) {
    case 'piece':
      return isPrivateShelf(findPiece(id)?.shelf);
    case 'subject': {
      const subject = findSubject(id);
      if (subject === null) return false;
      const isOwn = subject.do === 'support' || isPrivateShelf(subject.shelf);
      return isOwn || piecesAbout(subject).some((one) => isPrivate('piece', one.id));
    }
    case 'answer': {
      // What somebody asks for themselves is not referred to; what one asks about a team or a colleague may be.
      return findAnswer(id)?.for.includes('employee') === true;
    }
    default:
      return false;
  }
}

function isPrivateShelf(shelf: string | undefined): boolean {
  return shelf !== undefined && PRIVATE_SHELVES.includes(shelf);
}

/** The card that a text led to, as the button that would show it. */
export function refTo(meant: Meant): CardRef {
  if ('answer' in meant) return { verb: 'knowledge.answer', data: { answer: meant.answer } };
  if ('piece' in meant) return { verb: 'knowledge.piece', data: { piece: meant.piece } };
  return 'part' in meant
    ? { verb: 'conversation.part', data: { part: meant.part } }
    : { verb: 'intent.open', data: { intent: meant.intent } };
}
