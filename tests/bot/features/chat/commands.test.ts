import { describe, expect, it } from 'vitest';
import { createCommands } from '../../../../bot/features/chat/commands.js';
import { SUBJECT_GROUPS } from '../../../../cards/content/subjects.js';
import { LANGS, messagesFor } from '../../../../cards/content/words.js';
import { subjectWords } from '../../../../cards/knowledge/rows.js';
import { samples } from '../../../cards/samples.js';
import { buttonsOf } from '../../../support/teams/teams-card.js';

const commandOf = createCommands();

/** What leads somewhere without anything of one's own in its payload. */
const LEADS =
  /^(?:menu|privacy|support|settings|overview|knowledge|conversation|practise|signals|measures|costs|absence|check)\./;

describe('its own words', () => {
  it('are commands: what stands on a button that leads somewhere does the same when it is typed', () => {
    const byTitle = new Map<string, Set<string>>();
    for (const { card } of samples())
      for (const { action } of buttonsOf(card)) {
        const { title, verb, data } = action as Record<string, unknown>;
        if (typeof title !== 'string' || !LEADS.test(String(verb))) continue;
        const known = byTitle.get(title) ?? new Set();
        byTitle.set(title, known.add(JSON.stringify([verb, { ...(data as object), lang: undefined }])));
      }
    const unique = [...byTitle].filter(([, does]) => does.size === 1);
    const wrong = unique.filter(([title, does]) => {
      const command = commandOf(title);
      // Some of them are understood as words are: what is no command here must at least do nothing else.
      // A subject and its first piece may have one name: the subject holds the piece.
      if (command?.verb === 'knowledge.subject') return false;
      return command !== null && !does.has(JSON.stringify([command.verb, command.data]));
    });
    expect(wrong.map(([title, does]) => [title, [...does], commandOf(title)])).toEqual([]);
  });

  it.each(LANGS)('are commands in %s: each button of the menu, each subject, each choice', (lang) => {
    const { menu, knowledge } = messagesFor(lang);
    const titles = [
      ...[menu.conversation, menu.signals, menu.agreement, menu.overview, menu.support, menu.subjects],
      ...[menu.menu, menu.settings, menu.privacy],
      ...Object.values(knowledge.intents),
      ...SUBJECT_GROUPS.flatMap(({ subjects }) => subjects).map(
        (subject) => subjectWords(lang, subject).name,
      ),
    ];
    expect(titles.filter((title) => commandOf(title) === null)).toEqual([]);
  });

  it('may have a slip or two in them', () => {
    expect(commandOf('met iemad praten')?.verb).toBe('support.show');
    expect(commandOf('alle onderwrpen')?.verb).toBe('knowledge.subjects');
    expect(commandOf('all subjcts')?.verb).toBe('knowledge.subjects');
  });

  it('are nothing but those words', () => {
    for (const text of ['ik wil met iemand praten over mijn werk', 'terug', '', 'x'.repeat(10_000)])
      expect(commandOf(text)).toBeNull();
  });
});
