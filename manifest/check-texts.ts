import { z } from 'zod';

/** The part of the manifest that this package reads itself; the schema of Teams checks the rest. */
export const manifestShape = z.object({
  version: z.string(),
  localizationInfo: z.object({
    defaultLanguageTag: z.string(),
    additionalLanguages: z.array(z.object({ languageTag: z.string(), file: z.string() })),
  }),
  developer: z.object({ websiteUrl: z.string(), privacyUrl: z.string(), termsOfUseUrl: z.string() }),
  publisherDocsUrl: z.string(),
  name: z.object({ short: z.string(), full: z.string() }),
  description: z.object({ short: z.string(), full: z.string() }),
  icons: z.object({ color: z.string(), outline: z.string(), color32x32: z.string() }),
  bots: z.array(
    z.object({
      commandLists: z.array(
        z.object({
          commands: z.array(z.object({ title: z.string(), description: z.string(), prompt: z.string() })),
        }),
      ),
    }),
  ),
});

/** A manifest with the parts that this package reads. */
export type AppManifest = z.infer<typeof manifestShape>;

const COMMAND = /^bots\[\d+\]\.commandLists\[\d+\]\.commands\[\d+\]\.(title|description|prompt)$/;

// The limits of the older schemas: newer ones allow far more, but a command in a list should stay this short.
const COMMAND_LIMITS: Readonly<Record<string, number>> = { title: 32, description: 128, prompt: 128 };

/** Every text of the manifest that people read, under the key that a language file uses for it. */
export function textsOf(manifest: AppManifest): Readonly<Record<string, string>> {
  const texts: Record<string, string> = {
    'name.short': manifest.name.short,
    'name.full': manifest.name.full,
    'description.short': manifest.description.short,
    'description.full': manifest.description.full,
  };
  manifest.bots.forEach((bot, b) => {
    bot.commandLists.forEach((list, l) => {
      list.commands.forEach((command, c) => {
        const key = `bots[${b}].commandLists[${l}].commands[${c}]`;
        texts[`${key}.title`] = command.title;
        texts[`${key}.description`] = command.description;
        texts[`${key}.prompt`] = command.prompt;
      });
    });
  });
  return texts;
}

/** Checks in one language what the schema leaves open: empty texts, long or double commands, the name. */
export function checkTexts(file: string, texts: Readonly<Record<string, string>>): readonly string[] {
  const problems: string[] = [];
  const titles = new Set<string>();
  for (const [key, text] of Object.entries(texts)) {
    const limit = COMMAND_LIMITS[COMMAND.exec(key)?.[1] ?? ''];
    if (text.trim() === '') problems.push(`${file}: ${key} is empty.`);
    if (limit !== undefined && text.length > limit) {
      problems.push(`${file}: ${key} has ${text.length} characters; ${limit} is the most.`);
    }
    if (key.startsWith('name.') && /teams/i.test(text)) {
      problems.push(`${file}: ${key} may not contain the word Teams.`);
    }
    if (!key.endsWith('.title')) continue;
    if (titles.has(text.toLowerCase())) problems.push(`${file}: the command '${text}' is there twice.`);
    titles.add(text.toLowerCase());
  }
  return problems;
}

/** Checks that a language file translates exactly what the manifest says, command by command. */
export function checkSameTexts(
  manifestTexts: Readonly<Record<string, string>>,
  file: string,
  translated: Readonly<Record<string, string>>,
): readonly string[] {
  const missing = Object.keys(manifestTexts).filter((key) => !(key in translated));
  const extra = Object.keys(translated).filter((key) => !(key in manifestTexts));
  return [
    ...missing.map((key) => `${file}: ${key} is missing ('${manifestTexts[key]?.slice(0, 40)}').`),
    ...extra.map((key) => `${file}: ${key} translates nothing that is in manifest.json.`),
  ];
}
