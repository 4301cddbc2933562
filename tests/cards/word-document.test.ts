import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { Document } from '../../cards/document.js';
import { wordDocument } from '../../cards/word-document.js';
import { openBrowser } from '../support/browser/browser.js';
import { faultsOf } from '../support/faults.js';

const MADE = '2027-01-12T09:00:00.000Z';
const DOCUMENT: Document = {
  lang: 'nl',
  title: 'Wat er is',
  blocks: [
    { kind: 'text', text: 'Gemaakt op dinsdag' },
    { kind: 'heading', level: 2, text: 'Afspraken' },
    { kind: 'fact', title: 'Door', value: 'Mila' },
    { kind: 'heading', level: 3, text: 'Wat' },
    { kind: 'item', text: 'De balie' },
  ],
};

/** The parts of a document by their names, as text. */
function partsOf(document: Document): Record<string, string> {
  const parts = Object.entries(unzipSync(wordDocument(document, MADE)));
  return Object.fromEntries(parts.map(([name, bytes]) => [name, strFromU8(bytes)]));
}

function bodyOf(...texts: readonly string[]): string {
  const blocks = texts.map((text) => ({ kind: 'text', text }) as const);
  return partsOf({ ...DOCUMENT, blocks })['word/document.xml'] ?? '';
}

describe('a Word document', () => {
  it('has its headings, lines and bullets in styles that a screen reader knows, each with its level', () => {
    const body = partsOf(DOCUMENT)['word/document.xml'] ?? '';
    const paragraphs = [...body.matchAll(/<w:p>.*?<\/w:p>/g)].map(([paragraph]) => [
      /w:pStyle w:val="(\w+)"/.exec(paragraph)?.[1],
      paragraph.replace(/<[^>]*>/g, ''),
    ]);
    expect(paragraphs).toEqual([
      ['Heading1', 'Wat er is'],
      ['Normal', 'Gemaakt op dinsdag'],
      ['Heading2', 'Afspraken'],
      ['Fact', 'Door: Mila'],
      ['Heading3', 'Wat'],
      ['ListBullet', 'De balie'],
    ]);
    {
      const { 'word/styles.xml': styles = '', 'word/document.xml': body = '' } = partsOf(DOCUMENT);
      for (const [, style] of body.matchAll(/w:pStyle w:val="(\w+)"/g)) {
        expect(styles).toContain(`w:styleId="${style}"`);
      }
      expect([...styles.matchAll(/outlineLvl w:val="(\d)"/g)].map(([, level]) => level)).toEqual([
        '0',
        '1',
        '2',
      ]);
    }
  });

  it('says in which language it is, in its text and its properties', async () => {
    expect(
      await faultsOf(
        [
          ['nl', 'nl-NL'],
          ['en', 'en-GB'],
        ] as const,
        (lang, language) => {
          const parts = partsOf({ ...DOCUMENT, lang });
          expect(parts['word/styles.xml']).toContain(`<w:lang w:val="${language}"/>`);
          expect(parts['docProps/core.xml']).toContain(`<dc:language>${language}</dc:language>`);
          expect(parts['docProps/core.xml']).toContain('<dc:title>Wat er is</dc:title>');
          expect(parts['docProps/core.xml']).toContain('>2027-01-12T09:00:00Z<');
        },
      ),
    ).toEqual([]);
  });

  it('names each part that it has, has each that it names, well-formed whatever people wrote', async () => {
    const parts = partsOf(DOCUMENT);
    const named = [...(parts['[Content_Types].xml'] ?? '').matchAll(/PartName="\/([^"]+)"/g)];
    expect(Object.keys(parts).filter((name) => !/rels$|^\[Content/.test(name))).toEqual(
      expect.arrayContaining(named.map(([, name]) => name)),
    );
    const related = [...(parts['word/_rels/document.xml.rels'] ?? '').matchAll(/Target="([^"]+)"/g)];
    for (const [, target] of related) expect(parts).toHaveProperty([`word/${target}`]);
    {
      const odd = '\u0001<>&"\'\u2028\udfff{{}}<!--<![CDATA[';
      const parts = partsOf({ ...DOCUMENT, title: odd, blocks: [{ kind: 'fact', title: odd, value: odd }] });
      const browser = await openBrowser();
      try {
        const page = await browser.newPage();
        const faults = await page.evaluate(
          (all) =>
            Object.entries(all)
              .filter(([, text]) =>
                new DOMParser().parseFromString(text, 'text/xml').querySelector('parsererror'),
              )
              .map(([name]) => name),
          parts,
        );
        expect(faults).toEqual([]);
      } finally {
        await browser.close();
      }
    }
  });

  it('shows what people wrote as they wrote it, none of it as markup, without what XML cannot hold', () => {
    const body = bodyOf(`Joris & <w:p>"Kim" 'x' ]]> *a* _b_`, 'é 😀 中');
    expect(body).toContain(`>Joris &amp; &lt;w:p&gt;&quot;Kim&quot; 'x' ]]&gt; *a* _b_<`);
    expect(body).toContain('>é 😀 中<');
    expect(bodyOf('a\u0000b\u0008c\ud800d\uffffe')).toContain('>abcde<');
  });

  it('is the same to the byte each time', () => {
    const [first, second] = [wordDocument(DOCUMENT, MADE), wordDocument(DOCUMENT, MADE)];
    expect(Buffer.compare(first, second)).toBe(0);
  });
});
