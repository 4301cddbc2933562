import { strToU8, type Zippable, zipSync } from 'fflate';
import { LOCALES } from './content/words.js';
import type { Block, Document } from './document.js';
import { escapeMarkup } from './plain.js';

const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const WORD_TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml';
const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
/** Readable by everybody, as a file that people made themselves: Word for Mac repairs what has no attributes. */
const ATTRIBUTES = { os: 3, attrs: 0o100644 << 16 } as const;
/** Size in half points and space before in twentieths of a point, by level. */
const HEADINGS = [
  { size: 36, before: 0 },
  { size: 28, before: 480 },
  { size: 24, before: 240 },
] as const;

/**
 * A Word document: headings, lines, names with their values, and bullets, which is what a reader or a screen reader
 * needs to find their way. Office Open XML, ECMA-376 part 1. The same to the byte for the same document and instant.
 */
export function wordDocument(document: Document, madeAt: string): Uint8Array {
  const parts: Readonly<Record<string, string>> = {
    '[Content_Types].xml': CONTENT_TYPES,
    '_rels/.rels': relations([
      [`${OFFICE}/officeDocument`, 'word/document.xml'],
      [`${PACKAGE}/relationships/metadata/core-properties`, 'docProps/core.xml'],
    ]),
    'docProps/core.xml': properties(document, madeAt),
    'word/document.xml': body(document),
    'word/_rels/document.xml.rels': relations([
      [`${OFFICE}/styles`, 'styles.xml'],
      [`${OFFICE}/numbering`, 'numbering.xml'],
      [`${OFFICE}/settings`, 'settings.xml'],
    ]),
    'word/styles.xml': styles(LOCALES[document.lang]),
    'word/numbering.xml': NUMBERING,
    'word/settings.xml': settings(LOCALES[document.lang]),
  };
  const zipped = Object.entries(parts).map(([name, text]): [string, Zippable[string]] => [
    name,
    [strToU8(XML + text), { ...ATTRIBUTES, mtime: new Date(madeAt) }],
  ]);
  return zipSync(Object.fromEntries(zipped));
}

const CONTENT_TYPES = `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/><Override PartName="/word/document.xml" ContentType="${WORD_TYPE}.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="${WORD_TYPE}.styles+xml"/><Override PartName="/word/numbering.xml" ContentType="${WORD_TYPE}.numbering+xml"/><Override PartName="/word/settings.xml" ContentType="${WORD_TYPE}.settings+xml"/></Types>`;

const NUMBERING = `<w:numbering ${WORD}><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="425" w:hanging="425"/></w:pPr></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`;

/** On each paragraph: readers differ on a bullet that stands in a style. */
const BULLET = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>';

function relations(all: readonly (readonly [type: string, target: string])[]): string {
  const each = all.map(
    ([type, target], at) => `<Relationship Id="rId${at + 1}" Type="${type}" Target="${target}"/>`,
  );
  return `<Relationships xmlns="${PACKAGE}/relationships">${each.join('')}</Relationships>`;
}

function properties({ title, lang }: Document, madeAt: string): string {
  const made = `${madeAt.slice(0, 19)}Z`;
  return `<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>${xml(title)}</dc:title><dc:creator>Kopje Koffie</dc:creator><dc:language>${LOCALES[lang]}</dc:language><dcterms:created xsi:type="dcterms:W3CDTF">${made}</dcterms:created></cp:coreProperties>`;
}

function body({ title, blocks }: Document): string {
  const all = [{ kind: 'heading', level: 1, text: title } as const, ...blocks].map(paragraph);
  // A4, with margins of 2.5 centimetres.
  const page =
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1417" w:right="1417" w:bottom="1417" w:left="1417" w:header="708" w:footer="708" w:gutter="0"/></w:sectPr>';
  return `<w:document ${WORD}><w:body>${all.join('')}${page}</w:body></w:document>`;
}

function paragraph(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return styled(`Heading${block.level}`, run(block.text));
    case 'text':
      return styled('Normal', run(block.text));
    case 'fact':
      return styled('Fact', run(`${block.title}: `, '<w:rPr><w:b/></w:rPr>') + run(block.value));
    case 'item':
      return styled('ListBullet', run(block.text), BULLET);
  }
}

function styled(style: string, runs: string, more = ''): string {
  return `<w:p><w:pPr><w:pStyle w:val="${style}"/>${more}</w:pPr>${runs}</w:p>`;
}

function run(text: string, how = ''): string {
  return `<w:r>${how}<w:t xml:space="preserve">${xml(text)}</w:t></w:r>`;
}

function styles(language: string): string {
  const headings = HEADINGS.map(
    ({ size, before }, at) =>
      `<w:style w:type="paragraph" w:styleId="Heading${at + 1}"><w:name w:val="heading ${at + 1}"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/><w:pPr><w:keepNext/><w:spacing w:before="${before}" w:after="120"/><w:outlineLvl w:val="${at}"/></w:pPr><w:rPr><w:b/><w:sz w:val="${size}"/></w:rPr></w:style>`,
  );
  return `<w:styles ${WORD}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Calibri"/><w:sz w:val="22"/><w:lang w:val="${language}"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="276" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>${headings.join('')}<w:style w:type="paragraph" w:customStyle="1" w:styleId="Fact"><w:name w:val="Fact"/><w:basedOn w:val="Normal"/><w:pPr><w:spacing w:after="40"/></w:pPr></w:style><w:style w:type="paragraph" w:styleId="ListBullet"><w:name w:val="List Bullet"/><w:basedOn w:val="Normal"/><w:pPr><w:spacing w:after="60"/></w:pPr></w:style></w:styles>`;
}

/** Without the mode of the newest Word it opens as a document of an old one. */
function settings(language: string): string {
  return `<w:settings ${WORD}><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat><w:themeFontLang w:val="${language}"/></w:settings>`;
}

/** Text as XML 1.0 can hold it: Word refuses a whole document for one control character. */
function xml(text: string): string {
  return escapeMarkup(text.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, ''));
}
