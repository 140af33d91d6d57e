import { expect, test } from 'vitest';
import { Tabs } from './tabs.ts';

/** Pages of one browser: each hears what the others say. */
class Browser {
  private readonly ears: ((e: { data: unknown }) => void)[] = [];

  line() {
    let mine: ((e: { data: unknown }) => void) | undefined;
    return {
      postMessage: (data: unknown) => {
        for (const ear of this.ears) if (ear !== mine) ear({ data });
      },
      addEventListener: (_: 'message', hear: (e: { data: unknown }) => void) => {
        mine = hear;
        this.ears.push(hear);
      },
    };
  }
}

function page(browser: Browser, ...has: string[]) {
  const heard: string[] = [];
  const line = browser.line();
  const tabs = new Tabs(
    line,
    (what) => has.includes(what),
    (what) => heard.push(what),
  );
  return { tabs, heard, line };
}

test('who has what is asked for says so, to all; the others are silent', () => {
  const browser = new Browser();
  const [first, second, third] = [page(browser), page(browser, 'c-1'), page(browser, 'microphone')];
  first.tabs.ask('c-1');
  expect([first.heard, second.heard, third.heard]).toEqual([['c-1'], [], ['c-1']]);
  first.tabs.ask('c-2');
  expect(first.heard).toEqual(['c-1']);
  third.tabs.tell('microphone');
  expect(first.heard).toEqual(['c-1', 'microphone']);
});

test.each([null, 'ask', 7, { ask: 7 }, { have: {} }])('%j is not heard', (word) => {
  const browser = new Browser();
  const one = page(browser, 'c-1');
  page(browser).line.postMessage(word);
  expect(one.heard).toEqual([]);
});

test('a page that may not speak with others knows of none', () => {
  const alone = new Tabs(
    undefined,
    () => true,
    () => expect.unreachable(),
  );
  alone.ask('c-1');
  alone.tell('c-1');
});
