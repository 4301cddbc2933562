import IntlMessageFormat from 'intl-messageformat';
import enAbout from './en/about.json' with { type: 'json' };
import enAbsenceWeeks from './en/absence-weeks.json' with { type: 'json' };
import enAgreement from './en/agreement.json' with { type: 'json' };
import enCalendar from './en/calendar.json' with { type: 'json' };
import enChat from './en/chat.json' with { type: 'json' };
import enCheck from './en/check.json' with { type: 'json' };
import enChecklist from './en/checklist.json' with { type: 'json' };
import enCoffee from './en/coffee.json' with { type: 'json' };
import enConversation from './en/conversation.json' with { type: 'json' };
import enCostsSum from './en/costs-sum.json' with { type: 'json' };
import enCrisis from './en/crisis.json' with { type: 'json' };
import enDigest from './en/digest.json' with { type: 'json' };
import enDrawings from './en/drawings.json' with { type: 'json' };
import enEvaluation from './en/evaluation.json' with { type: 'json' };
import enExport from './en/export.json' with { type: 'json' };
import enFigures from './en/figures.json' with { type: 'json' };
import enFinder from './en/finder.json' with { type: 'json' };
import enHome from './en/home.json' with { type: 'json' };
import enHr from './en/hr.json' with { type: 'json' };
import enKnowledge from './en/knowledge.json' with { type: 'json' };
import enLeaver from './en/leaver.json' with { type: 'json' };
import enMenu from './en/menu.json' with { type: 'json' };
import enMoments from './en/moments.json' with { type: 'json' };
import enMonthly from './en/monthly.json' with { type: 'json' };
import enNotice from './en/notice.json' with { type: 'json' };
import enOverview from './en/overview.json' with { type: 'json' };
import enPeople from './en/people.json' with { type: 'json' };
import enPractise from './en/practise.json' with { type: 'json' };
import enPrivacy from './en/privacy.json' with { type: 'json' };
import enRemoval from './en/removal.json' with { type: 'json' };
import enRequests from './en/requests.json' with { type: 'json' };
import enScan from './en/scan.json' with { type: 'json' };
import enSettings from './en/settings.json' with { type: 'json' };
import enSupport from './en/support.json' with { type: 'json' };
import enTeams from './en/teams.json' with { type: 'json' };
import enTerms from './en/terms.json' with { type: 'json' };
import enWelcome from './en/welcome.json' with { type: 'json' };
import enWho from './en/who.json' with { type: 'json' };
import nlAbout from './nl/about.json' with { type: 'json' };
import nlAbsenceWeeks from './nl/absence-weeks.json' with { type: 'json' };
import nlAgreement from './nl/agreement.json' with { type: 'json' };
import nlCalendar from './nl/calendar.json' with { type: 'json' };
import nlChat from './nl/chat.json' with { type: 'json' };
import nlCheck from './nl/check.json' with { type: 'json' };
import nlChecklist from './nl/checklist.json' with { type: 'json' };
import nlCoffee from './nl/coffee.json' with { type: 'json' };
import nlConversation from './nl/conversation.json' with { type: 'json' };
import nlCostsSum from './nl/costs-sum.json' with { type: 'json' };
import nlCrisis from './nl/crisis.json' with { type: 'json' };
import nlDigest from './nl/digest.json' with { type: 'json' };
import nlDrawings from './nl/drawings.json' with { type: 'json' };
import nlEvaluation from './nl/evaluation.json' with { type: 'json' };
import nlExport from './nl/export.json' with { type: 'json' };
import nlFigures from './nl/figures.json' with { type: 'json' };
import nlFinder from './nl/finder.json' with { type: 'json' };
import nlHome from './nl/home.json' with { type: 'json' };
import nlHr from './nl/hr.json' with { type: 'json' };
import nlKnowledge from './nl/knowledge.json' with { type: 'json' };
import nlLeaver from './nl/leaver.json' with { type: 'json' };
import nlMenu from './nl/menu.json' with { type: 'json' };
import nlMoments from './nl/moments.json' with { type: 'json' };
import nlMonthly from './nl/monthly.json' with { type: 'json' };
import nlNotice from './nl/notice.json' with { type: 'json' };
import nlOverview from './nl/overview.json' with { type: 'json' };
import nlPeople from './nl/people.json' with { type: 'json' };
import nlPractise from './nl/practise.json' with { type: 'json' };
import nlPrivacy from './nl/privacy.json' with { type: 'json' };
import nlRemoval from './nl/removal.json' with { type: 'json' };
import nlRequests from './nl/requests.json' with { type: 'json' };
import nlScan from './nl/scan.json' with { type: 'json' };
import nlSettings from './nl/settings.json' with { type: 'json' };
import nlSupport from './nl/support.json' with { type: 'json' };
import nlTeams from './nl/teams.json' with { type: 'json' };
import nlTerms from './nl/terms.json' with { type: 'json' };
import nlWelcome from './nl/welcome.json' with { type: 'json' };
import nlWho from './nl/who.json' with { type: 'json' };

export const LANGS = ['nl', 'en'] as const;
export type Lang = (typeof LANGS)[number];
/** The BCP 47 tag by which dates and numbers are written, and a screen reader chooses its voice. */
export const LOCALES: Readonly<Record<Lang, string>> = { nl: 'nl-NL', en: 'en-GB' };

const nl = {
  absenceWeeks: nlAbsenceWeeks,
  calendar: nlCalendar,
  chat: nlChat,
  check: nlCheck,
  checklist: nlChecklist,
  costsSum: nlCostsSum,
  drawings: nlDrawings,
  figures: nlFigures,
  finder: nlFinder,
  knowledge: nlKnowledge,
  about: nlAbout,
  agreement: nlAgreement,
  coffee: nlCoffee,
  conversation: nlConversation,
  crisis: nlCrisis,
  digest: nlDigest,
  evaluation: nlEvaluation,
  export: nlExport,
  home: nlHome,
  hr: nlHr,
  leaver: nlLeaver,
  menu: nlMenu,
  moments: nlMoments,
  monthly: nlMonthly,
  notice: nlNotice,
  overview: nlOverview,
  people: nlPeople,
  practise: nlPractise,
  privacy: nlPrivacy,
  removal: nlRemoval,
  requests: nlRequests,
  scan: nlScan,
  settings: nlSettings,
  support: nlSupport,
  teams: nlTeams,
  terms: nlTerms,
  welcome: nlWelcome,
  who: nlWho,
};
export type Messages = typeof nl;

const en: Messages = {
  absenceWeeks: enAbsenceWeeks,
  calendar: enCalendar,
  chat: enChat,
  check: enCheck,
  checklist: enChecklist,
  costsSum: enCostsSum,
  drawings: enDrawings,
  figures: enFigures,
  finder: enFinder,
  knowledge: enKnowledge,
  about: enAbout,
  agreement: enAgreement,
  coffee: enCoffee,
  conversation: enConversation,
  crisis: enCrisis,
  digest: enDigest,
  evaluation: enEvaluation,
  export: enExport,
  home: enHome,
  hr: enHr,
  leaver: enLeaver,
  menu: enMenu,
  moments: enMoments,
  monthly: enMonthly,
  notice: enNotice,
  overview: enOverview,
  people: enPeople,
  practise: enPractise,
  privacy: enPrivacy,
  removal: enRemoval,
  requests: enRequests,
  scan: enScan,
  settings: enSettings,
  support: enSupport,
  teams: enTeams,
  terms: enTerms,
  welcome: enWelcome,
  who: enWho,
};

/** All words in one language, the same ids in both. */
export function messagesFor(lang: Lang): Messages {
  return lang === 'nl' ? nl : en;
}

const messages = new Map<string, IntlMessageFormat>();

/** A text with its `{values}` filled in and its plurals chosen. What people typed goes in escaped by `escapeMarkdown`. */
export function format(lang: Lang, text: string, values: Readonly<Record<string, string | number>>): string {
  const id = `${lang}|${text}`;
  let message = messages.get(id);
  if (message === undefined) {
    message = new IntlMessageFormat(text, lang);
    messages.set(id, message);
  }
  return String(message.format(values));
}
