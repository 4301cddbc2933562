import type { Locator, Page } from 'playwright-core';
import { SOON_MS } from '../run/time-limits.js';

/** The Playground in a browser, driven as a person would: by what stands on the buttons and beside the fields. */
export type PlaygroundPage = {
  readonly page: Page;
  /** Opens the page, which installs the bot for this person, and waits until the Playground has found the bot. */
  open(url: string): Promise<void>;
  /** Types a message and sends it. */
  send(text: string): Promise<void>;
  /** What the newest card says, with its labels and buttons; empty when there is none. */
  lastCard(): Promise<string>;
  /** Waits for a card that contains the text and gives all that it says. Without one: throws with the newest card. */
  waitForCard(containing: string): Promise<string>;
  /** How many cards are in the chat. */
  countCards(): Promise<number>;
  /** Presses a button of the newest card, also one in its overflow menu. */
  press(title: string): Promise<void>;
  /** Presses the first of several buttons of the newest card that say the same. */
  pressFirst(title: string): Promise<void>;
  /** Fills a text field, or a date field with YYYY-MM-DD; `nth` from 0 where more fields have the same label. */
  fill(label: string, value: string, nth?: number): Promise<void>;
  /**
   * Picks a choice by its title: radio buttons, tick boxes, drop-down lists of one or more, a toggle (by its own
   * title), or the people picker (by a name).
   */
  choose(label: string, title: string, nth?: number): Promise<void>;
  /** Takes a picture of the whole window, or of the newest card alone. */
  screenshot(path: string, of?: 'window' | 'card'): Promise<void>;
};

/** Drives the Playground in a page of the test browser. All its waits are bounded at 10 seconds. */
export function createPlaygroundPage(page: Page): PlaygroundPage {
  page.setDefaultTimeout(SOON_MS);
  const cards = page.locator('.ac-adaptiveCard');
  const field = (label: string, nth: number) => findField(cards.last(), label, nth);

  return {
    page,
    async open(url) {
      await page.goto(url);
      await page.getByText('Connected.').first().waitFor();
      // Its lines repeat what is said in the chat, and it takes a third of the window.
      await page.getByRole('button', { name: 'Hide log panel' }).click();
    },
    async send(text) {
      // The card's fields are text boxes too; the message box stands after all of them.
      await page.getByRole('textbox').last().click();
      await page.keyboard.insertText(text);
      await page.getByRole('button', { name: 'Send Message' }).click();
    },
    lastCard: () => readText(cards.last()),
    async waitForCard(containing) {
      const card = cards.filter({ hasText: containing }).last();
      await card.waitFor().catch(async () => {
        const newest = (await readText(cards.last())) || 'there is none';
        throw new Error(`No card says "${containing}". The newest one: ${newest}`);
      });
      return readText(card);
    },
    countCards: () => cards.count(),
    async press(title) {
      const card = cards.last();
      const button = card.getByRole('button', { name: title, exact: true });
      const overflow = card.getByRole('button', { name: 'More options' });
      await button.or(overflow).first().waitFor();
      if ((await button.count()) > 0) return button.last().click();
      await overflow.last().click();
      await page.getByRole('menuitem', { name: title, exact: true }).click();
    },
    pressFirst: (title) => cards.last().getByText(title, { exact: true }).first().click(),
    async fill(label, value, nth = 0) {
      const box = field(label, nth).locator('input, textarea').first();
      if ((await box.getAttribute('aria-haspopup')) === 'dialog') await pickDate(page, box, value);
      else await box.fill(value);
    },
    async choose(label, title, nth = 0) {
      await chooseIn(page, field(label, nth), title);
    },
    async screenshot(path, of = 'window') {
      if (of === 'card') await cards.last().screenshot({ path });
      else await page.screenshot({ path });
    },
  };
}

/** What a person reads there, line by line; empty when there is nothing. */
async function readText(locator: Locator): Promise<string> {
  return (await locator.allInnerTexts()).join('\n');
}

/** The block of a card that holds a label and its input. The people picker's input is not tied to its label. */
function findField(card: Locator, label: string, nth: number): Locator {
  const pattern = new RegExp(`^\\s*${label.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*\\*?\\s*$`);
  return card
    .locator('label.ac-richTextBlock, label.ac-textBlock')
    .filter({ hasText: pattern })
    .nth(nth)
    .locator('..');
}

async function chooseIn(page: Page, field: Locator, title: string): Promise<void> {
  const monotonicNow = field.getByRole('radio').or(field.getByRole('checkbox'));
  const list = field.getByRole('combobox');
  await monotonicNow.or(list).first().waitFor();
  if ((await monotonicNow.count()) > 0) return field.getByText(title, { exact: true }).last().click();

  await list.click();
  if ((await list.getAttribute('aria-label')) === 'People Picker') {
    // The first name only: the picker completes what is typed, and takes the rest for something else.
    await list.pressSequentially(title.split(' ')[0] ?? title);
  }
  const choice = page
    .getByRole('option', { name: title })
    .or(page.getByRole('menuitemcheckbox', { name: title, exact: true }));
  await choice.first().click();
  // A list of more stays open for the next tick.
  if ((await list.getAttribute('aria-expanded')) === 'true') await page.keyboard.press('Escape');
}

/** Leafs through the calendar, which takes no typing and is in English whatever the browser's language. */
async function pickDate(page: Page, box: Locator, date: string): Promise<void> {
  const wanted = new Date(`${date}T00:00:00Z`);
  const month = wanted.toLocaleString('en-US', { month: 'long', timeZone: 'UTC' });
  await box.click();
  const calendar = page.getByRole('dialog', { name: 'Calendar' });
  const shown = calendar.getByRole('grid');
  const day = calendar.getByRole('button', {
    name: `${wanted.getUTCDate()}, ${month}, ${wanted.getUTCFullYear()}`,
    exact: true,
  });
  for (let leafs = 0; (await day.count()) === 0; leafs += 1) {
    if (leafs > 120) throw new Error(`The calendar never came to ${date}.`);
    const name = (await shown.getAttribute('aria-label')) ?? '';
    const [, shownMonth, year] = /^(\w+) (\d{4})/.exec(name) ?? [];
    const isLater = new Date(`${shownMonth} 1, ${year} UTC`) < wanted;
    await calendar.getByTitle(isLater ? /^Next month/ : /^Previous month/).click();
    await page.waitForFunction(
      (before) =>
        document.querySelector('[role="dialog"] [role="grid"]')?.getAttribute('aria-label') !== before,
      name,
    );
  }
  await day.click();
}
