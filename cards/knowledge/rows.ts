import { type Button, button } from '../actions.js';
import { answerWords } from '../content/answers.js';
import { pieceWords } from '../content/pieces.js';
import { deedOf, piecesAbout, type Subject } from '../content/subjects.js';
import { format, type Lang, messagesFor } from '../content/words.js';
import { deedButton } from './deeds.js';

/** A line that can be pressed as a whole: a button for each would be more than a card may have. */
export type Row = { readonly name: string; readonly about: string; readonly press: Button };

export function pieceRow(lang: Lang, id: string, about = ''): Row {
  const { title } = pieceWords(lang, id);
  const spoken = format(lang, messagesFor(lang).knowledge.openPiece, { title });
  return { name: title, about, press: button(lang, 'knowledge.piece', spoken, { piece: id }) };
}

export function answerRow(lang: Lang, id: string): Row {
  const { question, answer } = answerWords(lang, id);
  const spoken = format(lang, messagesFor(lang).knowledge.openPiece, { title: question });
  return { name: question, about: answer, press: button(lang, 'knowledge.answer', spoken, { answer: id }) };
}

export function subjectRow(lang: Lang, subject: Subject): Row {
  const { knowledge } = messagesFor(lang);
  const { name, about } = subjectWords(lang, subject);
  const spoken = format(lang, knowledge.openSubject, { title: name });
  const deed = deedOf(subject);
  if (deed !== null) return { name, about, press: deedButton(lang, deed, spoken) };
  const count = format(lang, knowledge.pieceCount, { count: piecesAbout(subject).length });
  return {
    name,
    about: about === '' ? count : `${about} · ${count}`,
    press: button(lang, 'knowledge.subject', spoken, { subject: subject.id }),
  };
}

/** A theme of measures has its name where the finder has it. */
export function subjectWords(
  lang: Lang,
  subject: Subject,
): { readonly name: string; readonly about: string } {
  const { knowledge, finder } = messagesFor(lang);
  if (subject.theme !== undefined) {
    const theme = subject.theme as keyof typeof finder.themes;
    return { name: finder.themes[theme], about: finder.themeLeads[theme] };
  }
  return knowledge.subjects[subject.id as keyof typeof knowledge.subjects];
}
