import { ACTIONS, isVerb, type Verb } from '../cards/actions.js';
import { LANGS, type Lang, messagesFor } from '../cards/content/words.js';
import { withWayBack } from '../cards/digest/digest.card.js';
import { type Authorize, accessOf, INTENT_ACCESS } from './access/authorization.js';
import { refusalOf } from './access/refusal.js';
import { referableCard, refTo } from './features/chat/chat.rules.js';
import type { Command } from './features/chat/commands.js';
import type { Features } from './features/features.js';
import { scanCodeSaid } from './nlu/entities/scan-codes.js';
import { isWeekAlone, weekSaid } from './nlu/entities/weeks.js';
import { INTENTS, type Intent } from './nlu/intents/intent.js';
import { speaksOfLifeEvent } from './nlu/life-events.js';
import type { Nlu } from './nlu/nlu.js';
import { choiceOf, type Understood } from './nlu/understand.js';
import { type Reply, refuse, show, type TurnHandler, type VerbHandlers } from './reply.js';
import type { CardRef, ChatContext } from './services/chat-context.js';
import type { ChosenSettings } from './services/chosen-settings.js';
import type { Turn, TurnInput } from './turn.js';

/** Runs what somebody does with a verb, so that what it changes goes on the audit trail. */
export type During = <Result>(turn: Turn, verb: Verb, act: () => Promise<Result>) => Promise<Result>;

export type RouterDeps = {
  readonly features: Features;
  readonly understand: Nlu['understand'];
  readonly followUp: Nlu['followUp'];
  /** What a title of ours that somebody types does. */
  readonly commandOf: (text: string) => Command | null;
  readonly chatContext: Pick<ChatContext, 'shown' | 'forget' | 'lang'>;
  readonly during: During;
  readonly chosen: Pick<ChosenSettings, 'language' | 'ownLanguage' | 'forget'>;
  readonly authorize: Authorize;
};

/** What answers: each intent, and each verb, by its handler. */
type Routing = RouterDeps & {
  readonly byIntent: Readonly<Record<Intent, TurnHandler>>;
  readonly byVerb: VerbHandlers<Verb>;
};

/** From what came in to who answers it. Every intent and every verb stands here once. */
export function createRouter(deps: RouterDeps): TurnHandler {
  const { features } = deps;
  const byIntent = authorized(intentTable(features), deps.authorize);
  const routing: Routing = { ...deps, byIntent, byVerb: verbTable(features, byIntent) };
  return async (turn) => {
    switch (turn.said.kind) {
      case 'installed':
        return features.presence.installed(await inChosenLanguage(routing, turn));
      case 'removed':
        return features.presence.removed(turn);
      case 'text':
        return answerText(routing, turn, turn.said.text);
      case 'sent-file':
        return features.menu.because('file')(await inChosenLanguage(routing, turn));
      case 'file':
        if (features.calendar.isOfCalendar(turn.said.context))
          return features.calendar.fileAnswered(turn, turn.said);
        return (
          (await features.scan.fileAnswered(turn, turn.said)) ?? features.about.fileAnswered(turn, turn.said)
        );
      case 'press':
        return pressed(routing, turn, turn.said);
    }
  };
}

function verbTable(features: Features, byIntent: Readonly<Record<Intent, TurnHandler>>): VerbHandlers<Verb> {
  return {
    ...features.menu,
    ...features.conversation,
    ...features.practise,
    ...features.support,
    ...features.knowledge,
    ...features.signals,
    ...features.check,
    ...features.absence,
    ...features.costs,
    ...features.measures,
    'intent.open': async (turn) => {
      const intent = INTENTS.find((one) => one === turn.data.intent);
      return byIntent[intent ?? 'unknown'](turn);
    },
    ...features.agreement,
    ...features.coffee,
    ...features.overview,
    ...features.moments,
    ...features.monthly,
    ...features.scan,
    ...features.settings,
    ...features.figures,
    ...features.hr,
    ...features.leaver,
    ...features.evaluation,
    ...features.calendar,
    ...features.people,
    ...features.about,
    ...features.removal,
    ...features.requests,
    ...features.digest,
  };
}

async function inChosenLanguage({ chosen }: Routing, turn: Turn): Promise<Turn> {
  return { ...turn, lang: (await chosen.language(turn)) ?? turn.lang };
}

async function pressed(
  routing: Routing,
  turn: Turn,
  { verb, data }: { readonly verb: string; readonly data: unknown },
): Promise<Reply> {
  const reply = await press(routing, turn, verb, data);
  remember(routing.chatContext, turn, { verb, data, reply });
  if (verb === 'settings.save') routing.chosen.forget(turn);
  return reply;
}

/** The card that a button would show, in a language. */
function showCard(routing: Routing, turn: Turn, { verb, data, lang }: CardRef & { readonly lang: Lang }) {
  return pressed(routing, { ...turn, lang }, { verb, data: { ...data, lang } });
}

/** Whether what is for HR alone is not for who speaks. */
async function isNotHr({ authorize }: Routing, turn: Turn): Promise<boolean> {
  return (await refusalOf(authorize, 'hr', { turn, inForm: false })) !== null;
}

/** First what means one thing in every language; what is left has to be understood. */
async function answerText(routing: Routing, turn: Turn, text: string): Promise<Reply> {
  const { features, chosen, commandOf, chatContext } = routing;
  const own = await chosen.ownLanguage(turn);
  const code = scanCodeSaid(text);
  if (code !== null) return features.scan.byCode(await inChosenLanguage(routing, turn), code);
  const command = commandOf(text);
  // A title that only HR has on a card is a word like any other to everybody else.
  const isHidden = command !== null && accessOf(command.verb) === 'hr' && (await isNotHr(routing, turn));
  if (command !== null && !isHidden)
    return showCard(routing, turn, { ...command, lang: own ?? command.lang });
  const followUp = routing.followUp(text);
  if (followUp !== null) {
    const lang = own ?? chatContext.lang(turn) ?? followUp.lang;
    const followed = features.chat.follow({ ...turn, lang }, followUp);
    return 'reply' in followed
      ? followed.reply
      : showCard(routing, turn, { ...followed.ref, lang: followed.lang });
  }
  const understood = routing.understand(text, !(await isNotHr(routing, turn)));
  const told = own ?? (isTelling(text) ? understood.lang : null);
  const lang = told ?? (await chosen.language(turn)) ?? turn.lang;
  return answerUnderstood(routing, { ...turn, lang }, { text, understood });
}

async function answerUnderstood(
  routing: Routing,
  turn: Turn,
  { text, understood }: { readonly text: string; readonly understood: Understood },
): Promise<Reply> {
  const { features, byIntent, chatContext } = routing;
  const personal = await answerPersonal(features, turn, { text, understood });
  if (personal !== null) {
    chatContext.forget(turn);
    return personal;
  }
  const week = isOfWeeks(understood) || isWeekAlone(text) ? weekSaid(text) : null;
  if (week !== null)
    return showCard(routing, turn, { verb: 'absence.week', data: { week }, lang: turn.lang });
  const reply = await answerTo(features, byIntent, understood)(turn);
  const { verb, data } = refTo(understood.landing ?? { intent: understood.intent });
  remember(chatContext, turn, { verb, data: { ...data, lang: turn.lang }, reply });
  return reply;
}

/** What is about somebody, and no answer that everybody gets; null where it is none of these. */
async function answerPersonal(
  { about, scan, people, support }: Features,
  turn: Turn,
  { text, understood }: { readonly text: string; readonly understood: Understood },
): Promise<Reply | null> {
  const { intent, landing, also } = understood;
  // What is recorded about oneself is shown, whatever answer is near to the question.
  const records = intent === 'privacy' ? await about.shownByWords(turn) : null;
  if (records !== null) return records;
  // However near an answer about what one must do at work is, and whatever else the words are like.
  if (scan.isDeclined(text, turn.lang)) return scan.declined(turn);
  // A name alone is somebody on the list. Looked up only where nothing else would be read for what was typed.
  const isOpen = landing === null && (intent === 'unknown' || also.length > 0);
  const person = isOpen ? await people.byName(turn) : null;
  if (person !== null) return person;
  return support.isAskedFor(text, turn.lang) ? support.open(turn) : null;
}

/** The very piece that was asked for, a choice where two things are as likely, else the intent's own card. */
function answerTo(
  { knowledge, conversation }: Features,
  byIntent: Readonly<Record<Intent, TurnHandler>>,
  understood: Understood,
): TurnHandler {
  const { intent, landing, also } = understood;
  if (landing !== null) {
    if ('answer' in landing) return knowledge.answer(landing.answer, also);
    return 'part' in landing ? conversation.part(landing.part) : knowledge.piece(landing.piece, also);
  }
  const choice = choiceOf(understood);
  if (choice.length === 0) return byIntent[intent];
  return understood.isFar === true ? knowledge.nearest(choice) : knowledge.choose(choice);
}

function isOfWeeks({ intent, landing }: Pick<Understood, 'intent' | 'landing'>): boolean {
  if (intent !== 'absence') return false;
  if (landing === null) return true;
  return 'piece' in landing
    ? landing.piece === 'absence-poortwachter'
    : 'answer' in landing && landing.answer === 'weeks-first-year';
}

function remember(
  context: RouterDeps['chatContext'],
  turn: Turn,
  { verb, data, reply }: { readonly verb: string; readonly data: unknown; readonly reply: Reply },
): void {
  if (reply.kind === 'told' || reply.kind === 'refused') return;
  const ref = reply.kind === 'card' ? referableCard(verb, data) : null;
  if (ref === null) context.forget(turn);
  else context.shown(turn, ref, languageOf(data) ?? turn.lang);
}

/** Whether a text tells its language. A word alone may be a loan: "burnout" is no reason to answer in English. */
export function isTelling(text: string): boolean {
  return /\s/u.test(text.trim());
}

function intentTable({
  menu,
  conversation,
  practise,
  support,
  agreement,
  evaluation,
  coffee,
  overview,
  moments,
  settings,
  knowledge,
  signals,
  costs,
  measures,
  scan,
}: Features): Record<Intent, TurnHandler> {
  return {
    conversation: conversation.open,
    practise: practise.open,
    signals: signals.open,
    agreement: agreement.open,
    // One that is named with a day is to be moved; else all of them are asked for.
    evaluations: async (turn) => (await evaluation.movedByWords(turn)) ?? agreement.list(turn),
    coffee: coffee.open,
    // What is never recorded by its kind gets what the guides say, and no form that could not hold it.
    'key-moments': async (turn) =>
      turn.said.kind === 'text' && speaksOfLifeEvent(turn.said.text, turn.lang)
        ? knowledge.subject('life-events')(turn)
        : moments.open(turn),
    overview: overview.open,
    support: support.open,
    crisis: support.crisis,
    rights: knowledge.subject('rights'),
    adjustments: knowledge.subject('adjustments'),
    absence: knowledge.subject('absence'),
    'own-control': knowledge.piece('handle-3-short'),
    'team-scan': scan.open,
    measures: measures.open,
    dilemmas: knowledge.subject('dilemmas'),
    models: knowledge.subject('models'),
    loneliness: knowledge.subject('loneliness'),
    'self-care': knowledge.subject('self-care'),
    costs: costs.open,
    privacy: menu.privacy,
    settings: settings.open,
    menu: menu.because('greeting'),
    unknown: menu.because('unknown'),
  };
}

/** Each intent answers only whom it is for. */
function authorized(
  table: Record<Intent, TurnHandler>,
  authorize: Authorize,
): Readonly<Record<Intent, TurnHandler>> {
  const guarded = Object.entries(table).map(([intent, handle]): [string, TurnHandler] => [
    intent,
    async (turn) =>
      (await refusalOf(authorize, INTENT_ACCESS[intent as Intent], { turn, inForm: false })) ?? handle(turn),
  ]);
  return Object.fromEntries(guarded) as Record<Intent, TurnHandler>;
}

async function press(
  deps: {
    readonly byVerb: VerbHandlers<Verb>;
    readonly during: During;
    readonly authorize: Authorize;
  },
  turn: Turn,
  name: string,
  data: unknown,
): Promise<Reply> {
  const lang = languageOf(data) ?? turn.lang;
  const outdated = () => refuse('outdated', messagesFor(lang).notice.outdated);
  if (!isVerb(name)) return outdated();
  const access = accessOf(name);
  const hidden =
    access === 'hr'
      ? await refusalOf(deps.authorize, access, { turn: { ...turn, lang }, inForm: false })
      : null;
  if (hidden !== null) return hidden;
  const parsed = ACTIONS[name].payload.safeParse(data);
  if (!parsed.success) return outdated();
  // The table holds for each verb the handler of that verb's payload; the pair is lost on the way through a union.
  const handle = deps.byVerb[name] as (turn: Turn & { data: unknown }) => Promise<Reply>;
  const inForm = ACTIONS[name].inputs.length > 0;
  const reply =
    (await refusalOf(deps.authorize, access, { turn: { ...turn, lang }, inForm })) ??
    (await deps.during(turn, name, () => handle({ ...turn, lang, data: parsed.data })));
  const from = parsed.data.digest;
  const leads = from !== undefined && reply.kind === 'card' && name !== 'digest.show';
  return leads ? show(withWayBack(reply.card, from)) : reply;
}

/** The language of what somebody did: of their words, or of the card that they pressed or answered; null when it tells none. */
export function languageOfSaid(said: TurnInput, understand: Nlu['understand']): Lang | null {
  if (said.kind === 'text') return understand(said.text).lang;
  if (said.kind === 'file') return languageOf(said.context);
  return said.kind === 'press' ? languageOf(said.data) : null;
}

function languageOf(data: unknown): Lang | null {
  const lang = typeof data === 'object' && data !== null && 'lang' in data ? data.lang : null;
  return LANGS.find((one) => one === lang) ?? null;
}
