import { createDanger } from '../../../bot/nlu/danger/danger.js';
import { createAnswerSearch } from '../../../bot/nlu/intents/answer-search.js';
import { createAnswering } from '../../../bot/nlu/intents/answering.js';
import { createContentSearch } from '../../../bot/nlu/intents/content-search.js';
import { lazy } from '../../../bot/nlu/lazy.js';
import { createUnderstanding } from '../../../bot/nlu/understand.js';

/** What a process of tests learns once, for all its files: learning it anew in each took as long as asking. */
export const judgeDanger = lazy(() => createDanger());

const answering = createAnswering({
  nl: lazy(() => createAnswerSearch('nl')),
  en: lazy(() => createAnswerSearch('en')),
});
export const findContent = lazy(createContentSearch);

export const understand = lazy(() => createUnderstanding(judgeDanger, answering, findContent));
/** Where danger is looked for before, as the bot does. */
export const understandWithoutDanger = lazy(() => createUnderstanding(null, answering, findContent));
