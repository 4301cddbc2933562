import { type Lang, messagesFor } from '../../cards/content/words.js';
import { crisisCard } from '../../cards/crisis/crisis.card.js';
import type { HelpLang } from '../../cards/crisis/danger-kinds.js';
import { maybeCard } from '../../cards/crisis/maybe.js';
import type { Card } from '../../cards/render.js';
import type { Log } from '../log.js';
import { type Reply, refuse, show, type TurnHandler } from '../reply.js';
import type { After } from '../timeout.js';
import type { Turn, TurnInput } from '../turn.js';
import {
  type Incoming,
  isPersonalChat,
  readInput,
  readLocale,
  readOccurredAt,
  readSender,
} from './activity.js';
import { answer, answerFailure, answerHelp, type Outlet } from './answer.js';
import type { DangerFirst } from './danger-first.js';
import { helpLangOf, withHelpFirst, withSpokenFirst } from './maybe.js';
import type { InTime } from './turn-budget.js';

/** `late`: only that it took too long could be said. `helped`: danger came first, which is to be counted nowhere. */
export type Served = 'answered' | 'late' | 'helped';
/** Takes an activity that is authenticated, and answers it by its outlet. */
export type TeamsBot = (activity: Incoming, outlet: Outlet) => Promise<Served>;

export type TeamsBotDeps = {
  readonly route: TurnHandler;
  /** Asked of every activity, before anything else. */
  readonly dangerIn: DangerFirst;
  /** The language to answer in before it is known who asks. */
  readonly langOf: (activity: Incoming) => Lang;
  readonly log: Log;
  readonly now: () => Date;
  /** Entra tenant ids that may use the bot; empty means all. */
  readonly allowedTenants: readonly string[];
  /** False where the client says one language whatever the person reads, as the try-out's does. */
  readonly trustLocale: boolean;
  /** Takes the chats of a try-out for personal ones, whatever their ids. */
  readonly local: boolean;
  /** Runs a turn within its budget of time. */
  readonly inTime: InTime;
  readonly after: After;
  readonly times: TurnTimes;
};

/** In milliseconds. */
export type TurnTimes = {
  /** After this long the person sees that an answer is coming. */
  readonly typingAfter: number;
  /** What of a turn is left for its answer, or for saying that there is none. */
  readonly forAnswer: number;
};
/**
 * Teams wants a sign of life within two seconds (MicrosoftDocs/msteams-docs, guidelines of the store), and an answer
 * within `TURN_MS`: when that comes late the work has had six seconds of the eight.
 */
export const TURN_TIMES: TurnTimes = { typingAfter: 1_000, forAnswer: 2_000 };

const DEFAULT_LANG: Lang = 'nl';

/** Activity in, reply out. */
export function createTeamsBot(deps: TeamsBotDeps): TeamsBot {
  return async (activity, outlet) => {
    // Help needs no name, no organisation and no record: it comes before whatever else has to be known or allowed.
    const danger = deps.dangerIn(activity);
    const { kind } = danger;
    const helpLang = (): HelpLang => helpLangOf(danger, () => deps.langOf(activity));
    if (danger.step === 'sure') return help(outlet, crisisCard(helpLang(), kind ?? 'suicide'));
    const said = readInput(activity);
    const withFirst = (reply: Reply): Reply => {
      if (kind !== null) return withHelpFirst(reply, helpLang(), kind);
      // The card of support says so itself.
      const { otherLang, asksForSupport } = danger;
      const isForeign = otherLang !== null && !asksForSupport && said?.kind === 'text';
      return isForeign ? withSpokenFirst(reply, otherLang) : reply;
    };
    const give = async (reply: Reply): Promise<Served> => {
      await answer(outlet, withFirst(reply));
      return 'answered';
    };
    const sender = readSender(activity);
    if (said === null && kind !== null) return help(outlet, maybeCard(helpLang(), kind));
    if (said === null) {
      if (outlet.invoke !== null) await outlet.respond(501, undefined);
      return 'answered';
    }
    if (!isOneToOne(activity, deps.local))
      return answerUnserved({ outlet, give }, deps, said, { why: 'oneToOne', lang: deps.langOf(activity) });
    if (sender === null)
      return answerUnserved({ outlet, give }, deps, said, {
        why: 'unknownSender',
        lang: deps.langOf(activity),
      });
    // The rest of the bot would not understand it; who there is to talk to needs no table.
    if (danger.asksForSupport && said.kind === 'text') return give(show(crisisCard(helpLang(), 'support')));
    const locale = deps.trustLocale ? readLocale(activity.locale) : null;
    const now = deps.now();
    const { reference } = sender;
    const turn: Turn = {
      ...sender,
      reference: isPersonalChat(reference.conversation, deps.local) ? reference : null,
      occurredAt: readOccurredAt(activity, now),
      said,
      locale,
      lang: locale ?? DEFAULT_LANG,
      now: now.toISOString(),
    };
    if (deps.allowedTenants.length > 0 && !deps.allowedTenants.includes(sender.tenant)) {
      return give(refuse('other-tenant', messagesFor(deps.langOf(activity)).notice.otherTenant));
    }
    const isTyped = outlet.invoke === null && SPOKEN.includes(said.kind);
    const stopTyping = isTyped ? deps.after(deps.times.typingAfter, outlet.typing) : () => undefined;
    try {
      const timed = await deps.inTime(outlet.left() - deps.times.forAnswer, () => deps.route(turn));
      stopTyping();
      if (timed.kind === 'done') return give(timed.result);
      deps.log.warn({ code: 'too-slow', kind: said.kind, wrote: timed.wrote }, 'a turn took too long');
      if (SPOKEN.includes(said.kind) || outlet.invoke !== null) {
        const lang = deps.langOf(activity);
        const why = timed.wrote ? 'tooSlowSaved' : 'tooSlow';
        await answerFailure(outlet, lang, { message: messagesFor(lang).notice[why], code: 'too-slow' });
      }
      return 'late';
    } finally {
      stopTyping();
    }
  };
}

/** Where an activity does not name the type of its conversation, the form of the conversation's id decides. */
function isOneToOne({ conversation }: Incoming, local: boolean): boolean {
  const { conversationType: type, id = '' } = conversation ?? {};
  return type === 'personal' || ((type ?? '') === '' && isPersonalChat(id, local));
}

/** What somebody does who waits for an answer: silence would leave them guessing. */
const SPOKEN: readonly TurnInput['kind'][] = ['text', 'press', 'sent-file'];
const NOT_SERVED = { unknownSender: 'unknown-sender', oneToOne: 'not-one-to-one' } as const;

/** Says why nothing can be done here. What was asked is not looked at. */
async function answerUnserved(
  { outlet, give }: { readonly outlet: Outlet; readonly give: (reply: Reply) => Promise<Served> },
  { log }: Pick<TeamsBotDeps, 'log'>,
  said: TurnInput,
  { why, lang }: { readonly why: keyof typeof NOT_SERVED; readonly lang: Lang },
): Promise<Served> {
  const code = NOT_SERVED[why];
  log.warn({ code, kind: said.kind }, 'not served');
  if (SPOKEN.includes(said.kind)) return give(refuse(code, messagesFor(lang).notice[why]));
  if (outlet.invoke !== null) await outlet.respond(501, undefined);
  return 'answered';
}

async function help(outlet: Outlet, card: Card): Promise<Served> {
  await answerHelp(outlet.uncounted(), card);
  return 'helped';
}
