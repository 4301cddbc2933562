import { outcomeCard } from '../../../cards/check/outcome.card.js';
import { questionCard } from '../../../cards/check/question.card.js';
import { messagesFor } from '../../../cards/content/words.js';
import { show, type VerbHandlers } from '../../reply.js';
import { piecesFor } from './check.rules.js';

export type Check = VerbHandlers<'check.ask'>;

/** Eight questions that lead to the handle to begin with. The answers travel in the buttons. */
export function createCheck(): Check {
  return {
    'check.ask': async ({ lang, data: { answers } }) => {
      const { questions } = messagesFor(lang).check;
      const done = answers.length >= questions.length;
      return show(done ? outcomeCard(lang, piecesFor(questions, answers)) : questionCard(lang, answers));
    },
  };
}
