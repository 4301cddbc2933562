import { AppManifestUtils } from '@microsoft/app-manifest';
import { strFromU8, strToU8, zipSync } from 'fflate';
import { z } from 'zod';
import { checkIcons } from './check-icons.js';
import { checkSameTexts, checkTexts, manifestShape, textsOf } from './check-texts.js';

/** The files of the app package, by name, as they lie in the manifest folder. */
export type PackageFiles = Readonly<Record<string, Uint8Array>>;

/** What goes in: the environment that holds the ids, and the files. */
export interface PackageInput {
  /** Of the product: the manifest has no version of its own that could differ. */
  readonly version: string;
  /** Whether nobody can use the app until an administrator allows it, so that HR can fill in its contacts first. */
  readonly blocked: boolean;
  /** Whether the bot may install the app for people: the manifest then names who it is to Microsoft Graph. */
  readonly selfInstall: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly files: PackageFiles;
}

/** The zip with what it says about itself and what is worth knowing of it, or everything that is wrong at once. */
export type PackageResult =
  | {
      readonly ok: true;
      readonly zip: Uint8Array;
      readonly links: readonly string[];
      /** A sentence for each thing that makes it fit for trying out alone. */
      readonly notes: readonly string[];
    }
  | { readonly ok: false; readonly problems: readonly string[] };

/** The names of the files that make up the package. */
export const PACKAGE_FILES = ['manifest.json', 'en.json', 'color.png', 'color32.png', 'outline.png'] as const;

// Teams knows an app by this id across versions, so it belongs to the product and never changes.
const PRODUCT_APP_ID = '6f0c1d52-8b7e-4f3a-9a54-2c1e7d40b5a8';
const DEFAULT_PUBLIC_URL = 'https://kopje-koffie.example';
const GUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const OPEN = '"defaultBlockUntilAdminAction": false';
const BLOCKED = '"defaultBlockUntilAdminAction": true';
const BEFORE_BOTS = '  "bots": [';
const PLACEHOLDER = /\$\{\{(\w+)\}\}/g;
// The validator carries this version along; for one that it does not know it would go to the internet.
const SCHEMAS = 'https://developer.microsoft.com/en-us/json-schemas/teams/v1.30';
const MANIFEST_SCHEMA = `${SCHEMAS}/MicrosoftTeams.schema.json`;
const LANGUAGE_SCHEMA = `${SCHEMAS}/MicrosoftTeams.Localization.schema.json`;

/** Fills in the ids, checks everything that Teams would refuse, and zips: the same input, the same bytes. */
export async function buildPackage({
  version,
  blocked,
  selfInstall,
  env,
  files,
}: PackageInput): Promise<PackageResult> {
  const missing = PACKAGE_FILES.filter((name) => !files[name]);
  if (missing.length > 0) return refuse(missing.map((name) => `${name} is missing.`));
  const file = (name: (typeof PACKAGE_FILES)[number]) => files[name] ?? new Uint8Array();

  const ids = readIds(env);
  const filled = fillIn(strFromU8(file('manifest.json')), { ...ids.values, VERSION: version });
  const opened = blocked ? filled.replace(OPEN, BLOCKED) : filled;
  const text = selfInstall
    ? opened.replace(BEFORE_BOTS, `${identityLine(ids.values)}${BEFORE_BOTS}`)
    : opened;
  const problems = [
    ...ids.problems,
    ...(await checkManifest(text, strFromU8(file('en.json')))),
    ...checkIcons({
      color: { name: 'color.png', bytes: file('color.png') },
      color32: { name: 'color32.png', bytes: file('color32.png') },
      outline: { name: 'outline.png', bytes: file('outline.png') },
    }),
  ];
  if (problems.length > 0) return refuse(problems);

  const { developer, publisherDocsUrl } = manifestShape.parse(JSON.parse(text));
  const { websiteUrl, privacyUrl, termsOfUseUrl } = developer;
  return {
    ok: true,
    zip: zip({ ...files, 'manifest.json': strToU8(text) }),
    links: [websiteUrl, privacyUrl, termsOfUseUrl, publisherDocsUrl],
    notes: env.PUBLIC_URL?.trim()
      ? []
      : [
          `PUBLIC_URL is not set: the links go to ${DEFAULT_PUBLIC_URL}, where nothing is. Set it to the address of the bot and make the package again before anybody gets it.`,
        ],
  };
}

/** With which Microsoft Graph finds the app that installs itself. */
function identityLine({ MicrosoftAppId: id = '' }: Readonly<Record<string, string>>): string {
  return `  "webApplicationInfo": { "id": "${id}", "resource": "api://botid-${id}" },\n`;
}

function refuse(problems: readonly string[]): PackageResult {
  return { ok: false, problems };
}

function readIds(env: PackageInput['env']) {
  const botId = env.MicrosoftAppId?.trim() ?? '';
  const appId = env.TEAMS_APP_ID?.trim() || PRODUCT_APP_ID;
  const publicUrl = (env.PUBLIC_URL?.trim() || DEFAULT_PUBLIC_URL).replace(/\/+$/, '');
  const problems: string[] = [];
  if (botId === '') {
    problems.push(
      "MicrosoftAppId is missing: set it to the client id of the bot's managed identity, which the deployment tells, or of its app registration in Entra.",
    );
  } else if (!GUID.test(botId)) {
    problems.push(`MicrosoftAppId must look like 00000000-0000-0000-0000-000000000000; it is '${botId}'.`);
  }
  if (!GUID.test(appId)) {
    problems.push(`TEAMS_APP_ID must look like 00000000-0000-0000-0000-000000000000; it is '${appId}'.`);
  }
  if (!isPublicUrl(publicUrl)) {
    problems.push(`PUBLIC_URL must be an https address without ? or #; it is '${publicUrl}'.`);
  }
  // A wrong value is reported above; a stand-in keeps it from being reported again by the schema.
  const values: Readonly<Record<string, string>> = {
    MicrosoftAppId: GUID.test(botId) ? botId.toLowerCase() : PRODUCT_APP_ID,
    TEAMS_APP_ID: GUID.test(appId) ? appId.toLowerCase() : PRODUCT_APP_ID,
    PUBLIC_URL: isPublicUrl(publicUrl) ? publicUrl : DEFAULT_PUBLIC_URL,
  };
  return { values, problems };
}

function isPublicUrl(value: string): boolean {
  return URL.canParse(value) && /^https:\/\/[^\s"\\?#]+$/i.test(value);
}

function fillIn(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(PLACEHOLDER, (placeholder, name: string) => values[name] ?? placeholder);
}

async function checkManifest(text: string, english: string): Promise<readonly string[]> {
  const manifest = parseJson(text);
  const translated = parseJson(english);
  const problems: string[] = [];
  if (manifest === undefined) problems.push('manifest.json is not valid JSON.');
  if (translated === undefined) problems.push('en.json is not valid JSON.');
  if (problems.length > 0) return problems;

  for (const placeholder of text.match(PLACEHOLDER) ?? []) {
    problems.push(`manifest.json: nothing is known to fill in for ${placeholder}.`);
  }
  const shape = manifestShape.safeParse(manifest);
  if (!shape.success) return [...problems, `manifest.json:\n${z.prettifyError(shape.error)}`];
  const { localizationInfo, icons } = shape.data;
  const languages = localizationInfo.additionalLanguages.map((language) => language.file);
  const named = [...languages, icons.color, icons.color32x32, icons.outline];
  if (named.join() !== PACKAGE_FILES.slice(1).join()) {
    problems.push(`manifest.json must name exactly these files: ${PACKAGE_FILES.slice(1).join(', ')}.`);
  }
  problems.push(
    ...(await checkSchema('manifest.json', manifest, MANIFEST_SCHEMA)),
    ...(await checkSchema('en.json', translated, LANGUAGE_SCHEMA)),
  );

  const texts = textsOf(shape.data);
  const englishTexts = z.record(z.string(), z.string()).safeParse(translated);
  if (!englishTexts.success) return [...problems, 'en.json may hold texts only.'];
  const { $schema: _, ...others } = englishTexts.data;
  return [
    ...problems,
    ...checkTexts('manifest.json', texts),
    ...checkTexts('en.json', others),
    ...checkSameTexts(texts, 'en.json', others),
  ];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function checkSchema(name: string, content: unknown, expected: string): Promise<readonly string[]> {
  const given = (content as { readonly $schema?: unknown }).$schema;
  if (given !== expected) return [`${name}: $schema must be ${expected}.`];
  const schema = await AppManifestUtils.fetchSchema(expected);
  const found = await AppManifestUtils.validateAgainstSchema(
    content as Parameters<typeof AppManifestUtils.validateAgainstSchema>[0],
    withoutBrokenPatterns(schema),
  );
  return found.map((problem) => `${name}: ${problem}`);
}

type Schema = Awaited<ReturnType<typeof AppManifestUtils.fetchSchema>>;

/** The language schema has a few patterns that JavaScript cannot read; without them it only allows less. */
function withoutBrokenPatterns(schema: Schema): Schema {
  const patterns: Readonly<Record<string, unknown>> = schema.patternProperties ?? {};
  const readable = Object.entries(patterns).filter(([pattern]) => {
    try {
      return Boolean(new RegExp(pattern, 'u'));
    } catch {
      return false;
    }
  });
  return { ...schema, patternProperties: Object.fromEntries(readable) } as Schema;
}

function zip(files: PackageFiles): Uint8Array {
  // A zip stores the local date and time without a zone: built from parts, it is the same everywhere.
  const mtime = new Date(2026, 0, 1);
  const entries = PACKAGE_FILES.map((name) => [name, files[name] ?? new Uint8Array()] as const);
  return zipSync(Object.fromEntries(entries), { level: 9, mtime });
}
