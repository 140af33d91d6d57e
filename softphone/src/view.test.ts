// @vitest-environment jsdom
import { beforeEach, expect, test, vi } from 'vitest';
import type { Card } from './caller-card.ts';
import type { Choice } from './choice-list.ts';
import { type Picture, View } from './view.ts';
import type { Match } from './wire/read.ts';

const plain: Picture = { status: 'In', banners: [], button: false, panel: true, choice: null, card: null, keys: true };
const card: Card = {
  name: 'Maya',
  kind: 'Contact',
  number: '(206) 555-0142',
  sentence: '',
  why: 'https://a/x',
  keys: '',
};
const matches: Match[] = [...Array(20).keys()].map((i) => ({ recordId: `${i}`, object: 'Contact', name: `Twin ${i}` }));
const choice: Choice = { matches, total: 60, more: false, open: () => {}, dismiss: () => {} };

function page() {
  const root = document.createElement('div');
  document.body.replaceChildren(root);
  const keys = { button: document.createElement('button'), element: document.createElement('section') };
  const view = new View(root, () => {}, keys);
  view.panel.append(document.createElement('iframe'));
  const draw = (part: Partial<Picture>) => view.draw({ ...plain, ...part });
  const shown = (selector: string) => root.querySelector<HTMLElement>(selector) ?? expect.fail(selector);
  return { view, keys, draw, shown };
}

beforeEach(() => document.body.replaceChildren());

test('who calls is read once, and again only where it has changed', () => {
  const { draw, shown } = page();
  draw({ card });
  const name = shown('.patchcord-caller strong');
  const [text] = name.childNodes;
  draw({ card: { ...card } });
  expect(name.childNodes[0]).toBe(text);
  expect(shown('.patchcord-caller button').hidden).toBe(true);
  const add = vi.fn();
  draw({ card: { ...card, name: '(206) 555-0199', kind: '', sentence: 'No record.', add } });
  shown('.patchcord-caller button').click();
  expect(add).toHaveBeenCalledOnce();
  expect(shown('.patchcord-caller a').getAttribute('href')).toBe('https://a/x');
  draw({ card: { ...card, why: '' } });
  expect(shown('.patchcord-caller a').hidden).toBe(true);
});

test('all who match are counted, whatever is listed; a count that is known better changes nothing else', () => {
  const { draw, shown } = page();
  draw({ choice: { ...choice, total: 50, more: true } });
  const title = () => shown('.patchcord-choice h2').textContent;
  expect(title()).toBe('50 records or more match this call; 20 are listed');
  const first = shown('.patchcord-choice li button');
  first.focus();
  draw({ choice });
  expect(title()).toBe('60 records match this call; 20 are listed');
  expect(document.activeElement).toBe(first);
  draw({ choice: { ...choice, matches: matches.slice(0, 2), total: 2 } });
  expect(title()).toBe('2 records match this call');
});

test('the focus of what goes away goes to what is next: another word to read, a choice, the panel', () => {
  const { view, draw, shown } = page();
  const said = (text: string) => ({ level: 'warning' as const, text, action: { label: 'Dismiss', run: () => {} } });
  draw({ banners: [said('a'), said('b')], choice });
  shown('.patchcord-banners button').focus();
  draw({ banners: [said('b')], choice });
  expect(document.activeElement).toBe(shown('.patchcord-banners button'));
  draw({ choice });
  expect(document.activeElement).toBe(shown('.patchcord-choice li button'));
  draw({});
  expect(document.activeElement).toBe(view.panel.querySelector('iframe'));
});

test('nobody is taken from where they are', () => {
  const { draw } = page();
  const elsewhere = document.body.appendChild(document.createElement('input'));
  elsewhere.focus();
  draw({ choice });
  draw({});
  expect(document.activeElement).toBe(elsewhere);
});

test('the shortcuts are out of reach while nobody is signed in', () => {
  const { draw, keys } = page();
  draw({});
  expect(keys.button.hidden).toBe(false);
  draw({ keys: false });
  expect([keys.button.hidden, keys.element.hidden]).toEqual([true, true]);
});
