import { describe, expect, it } from 'vitest';
import { createCommands } from '../../../../bot/features/chat/commands.js';
import { ACTIONS, type Verb } from '../../../../cards/actions.js';
import { SUBJECT_GROUPS } from '../../../../cards/content/subjects.js';
import { LANGS, messagesFor } from '../../../../cards/content/words.js';
import { subjectWords } from '../../../../cards/knowledge/rows.js';
import { samples } from '../../../cards/samples.js';
import { faultsOf } from '../../../support/faults.js';
import { buttonsOf } from '../../../support/teams/teams-card.js';

const commandOf = createCommands();

/** What leads somewhere without anything of one's own in its payload. */
const LEADS =
  /^(?:menu|privacy|support|settings|overview|knowledge|conversation|practise|signals|measures|costs|absence|check)\./;

/** Where one is in a list, a talk or a row of questions: without the card before it this leads nowhere. */
const WITHIN = /^(?:check|practise)\.|^digest\.|^scan\.(?:step|send|meet)/;
const BACK_AND_FORTH =
  /^(?:Terug|Back|Volgende|Next|Vorige|Previous|Earlier|Later|Opnieuw|Again|Look again|Andere|Other|Another|Different|Anders|Nog \d|\d+ more|Naar de|To the)/;
const NAMES_OF_CONTENT = ['lang', 'intent', 'part', 'subject', 'piece', 'answer'];

/** Whether a press leads somebody to a place that is the same for everybody, and asks for nothing that was filled in. */
function isPlace(verb: Verb, data: Readonly<Record<string, unknown>>): boolean {
  if (ACTIONS[verb].inputs.length > 0 || WITHIN.test(verb)) return false;
  return Object.entries(data).every(
    ([name, value]) => NAMES_OF_CONTENT.includes(name) || value === '' || (name === 'page' && value === 0),
  );
}

describe('its own words', () => {
  it('are commands: what stands on a button that leads somewhere does the same when it is typed', () => {
    const byTitle = new Map<string, Set<string>>();
    for (const { card } of samples())
      for (const { action } of buttonsOf(card)) {
        const { title, verb, data } = action as Record<string, unknown>;
        if (typeof title !== 'string' || !LEADS.test(String(verb))) continue;
        // What sends a form does nothing without it.
        if (ACTIONS[verb as Verb].inputs.length > 0) continue;
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

  it('are commands, each that stands on a button which leads to one place and needs nothing of a record', () => {
    const places = new Map<string, Set<string>>();
    for (const { card } of samples())
      for (const { action } of buttonsOf(card)) {
        const { title, verb, data } = action as {
          title?: string;
          verb?: Verb;
          data?: Record<string, unknown>;
        };
        if (title === undefined || verb === undefined || !isPlace(verb, data ?? {})) continue;
        const { lang: _, ...rest } = data ?? {};
        // Each part of the guide has its own way to the same advice.
        const does = verb.startsWith('conversation.') ? verb : JSON.stringify([verb, rest]);
        places.set(title, (places.get(title) ?? new Set()).add(does));
      }
    const single = [...places].filter(([, does]) => does.size === 1).map(([title]) => title);
    expect(single.length).toBeGreaterThan(300);
    expect(single.filter((title) => commandOf(title) === null && !BACK_AND_FORTH.test(title))).toEqual([]);
  });

  it('are commands in each language: each button of the menu, each subject, each choice', async () => {
    expect(
      await faultsOf(LANGS, (lang) => {
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
      }),
    ).toEqual([]);
  });

  it('may have a slip or two in them, and are nothing but those words', () => {
    expect(commandOf('met iemad praten')?.verb).toBe('support.show');
    expect(commandOf('alle onderwrpen')?.verb).toBe('knowledge.subjects');
    expect(commandOf('all subjcts')?.verb).toBe('knowledge.subjects');
    for (const text of ['ik wil met iemand praten over mijn werk', 'terug', '', 'x'.repeat(10_000)])
      expect(commandOf(text)).toBeNull();
  });
});
