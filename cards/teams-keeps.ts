import { contact } from './content/contacts.js';
import { format, type Lang, messagesFor } from './content/words.js';

/**
 * What Teams keeps although the bot does not, and a way around it: in lines, the number as a link where the place reads
 * markdown. Teams keeps a copy of each chat message in Exchange, under the organisation's retention and searches; bots'
 * one-to-one chats are not excepted. Source: learn.microsoft.com/purview/retention-policies-teams.
 */
export function teamsKeeps(lang: Lang, place: 'card' | 'page'): readonly string[] {
  const { teams } = messagesFor(lang);
  const { phone, tel } = contact('luisterlijn');
  const shown = place === 'card' ? `[${phone}](${tel})` : (phone ?? '');
  return [`${teams.bot} ${teams.chat}`, format(lang, teams.call, { phone: shown })];
}
