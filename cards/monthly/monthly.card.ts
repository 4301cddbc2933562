import { type Button, button } from '../actions.js';
import { type MonthlyKind, topicOf, topicSource, topicWords } from '../content/monthly-kinds.js';
import { format, type Lang, messagesFor } from '../content/words.js';
import { type Card, template } from '../render.js';
import { sourceLine } from '../source.js';
import json from './monthly.template.json' with { type: 'json' };

const fillTemplate = template<{
  title: string;
  lead: string;
  questions: { text: string }[];
  stepTitle: string;
  step: string;
  buttons: Button[];
  why: string;
  source: string;
}>(json);

/** What a month brings: questions to think over, for oneself or with the team. Nothing is filled in, nothing kept. */
export function monthlyCard(lang: Lang, kind: MonthlyKind, month: string): Card {
  const { monthly: words, menu } = messagesFor(lang);
  const topic = topicOf(kind, month);
  const { questions, step } = topicWords(lang, kind, topic.id);
  const title = monthlyTitle(lang, kind, month);
  const support = button(lang, 'support.show', words.support, {});
  return fillTemplate(lang, title, {
    title,
    lead: words.leads[kind],
    questions: questions.map((text) => ({ text })),
    stepTitle: words.stepTitles[kind],
    step,
    buttons: [
      button(lang, 'knowledge.piece', words.more, { piece: topic.piece }),
      ...(kind === 'self-look' ? [support] : []),
      button(lang, 'settings.show', menu.settings, {}, { secondary: true }),
    ],
    why: words.why,
    source: sourceLine(lang, topicSource(topic)),
  });
}

export function monthlyTitle(lang: Lang, kind: MonthlyKind, month: string): string {
  const { titles } = messagesFor(lang).monthly;
  const { subject } = topicWords(lang, kind, topicOf(kind, month).id);
  return format(lang, titles[kind], { subject });
}
