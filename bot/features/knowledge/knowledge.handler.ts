import { findAnswer } from '../../../cards/content/answers.js';
import { findPiece } from '../../../cards/content/pieces.js';
import { findSubject } from '../../../cards/content/subjects.js';
import { type Lang, messagesFor } from '../../../cards/content/words.js';
import { answerCard } from '../../../cards/knowledge/answer.card.js';
import { chooseCard, nearestCard, otherwiseCard } from '../../../cards/knowledge/choose.card.js';
import type { Meant } from '../../../cards/knowledge/meant.js';
import { pieceCard } from '../../../cards/knowledge/piece.card.js';
import { subjectCard } from '../../../cards/knowledge/subject.card.js';
import { subjectsCard } from '../../../cards/knowledge/subjects.card.js';
import { type Reply, refuse, show, type TurnHandler, type VerbHandlers } from '../../reply.js';

type Verbs =
  | 'knowledge.subjects'
  | 'knowledge.subject'
  | 'knowledge.piece'
  | 'knowledge.answer'
  | 'knowledge.otherwise';
export type Knowledge = VerbHandlers<Verbs> & {
  /** Opens a subject, or a piece, on a text that asks for it. */
  readonly subject: (id: string) => TurnHandler;
  readonly piece: (id: string, also?: readonly Meant[]) => TurnHandler;
  /** Opens a direct answer; `also` is what else may have been meant. */
  readonly answer: (id: string, also?: readonly Meant[]) => TurnHandler;
  readonly choose: (meant: readonly Meant[]) => TurnHandler;
  /** What comes nearest, where nothing is near. */
  readonly nearest: (meant: readonly Meant[]) => TurnHandler;
};

/** Browsing what the guides say. It has no store: who reads what is nobody's business. */
export function createKnowledge(): Knowledge {
  return {
    subject: (id) => async (turn) => showSubject(turn.lang, id),
    piece: (id, also) => async (turn) => showPiece(turn.lang, id, also),
    answer: (id, also) => async (turn) => showAnswer(turn.lang, id, also),
    choose: (meant) => async (turn) => show(chooseCard(turn.lang, meant)),
    nearest: (meant) => async (turn) => show(nearestCard(turn.lang, meant)),
    'knowledge.otherwise': async ({ lang }) => show(otherwiseCard(lang)),
    'knowledge.subjects': async ({ lang }) => show(subjectsCard(lang)),
    'knowledge.subject': async ({ lang, data }) => showSubject(lang, data.subject),
    'knowledge.piece': async ({ lang, data }) => showPiece(lang, data.piece),
    'knowledge.answer': async ({ lang, data }) => showAnswer(lang, data.answer),
  };
}

function showSubject(lang: Lang, id: string): Reply {
  const subject = findSubject(id);
  return subject === null ? outdated(lang) : show(subjectCard(lang, subject));
}

function showPiece(lang: Lang, id: string, also: readonly Meant[] = []): Reply {
  const found = findPiece(id);
  return found === null ? outdated(lang) : show(pieceCard(lang, found.piece, also));
}

function showAnswer(lang: Lang, id: string, also: readonly Meant[] = []): Reply {
  const found = findAnswer(id);
  return found === null ? outdated(lang) : show(answerCard(lang, found, also));
}

function outdated(lang: Lang): Reply {
  return refuse('outdated', messagesFor(lang).notice.outdated);
}
