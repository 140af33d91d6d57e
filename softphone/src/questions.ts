import type { Question } from './wire/read.ts';
import { Refused, say } from './words.ts';

/** Questions that are open at a time; more are refused. */
const maxOpen = 3;

/**
 * Questions that flows ask the agent. They leave the panel usable: a call that comes meanwhile can be answered. Escape cancels.
 */
export class Questions {
  private open = 0;

  constructor(private readonly box: HTMLElement) {}

  /** Resolves with what the agent answers; rejects, and takes the question away, if nobody answers within so many milliseconds. */
  ask(q: Question, within: number): Promise<{ confirmed: boolean }> {
    if (this.open >= maxOpen) return Promise.reject(new Refused('question.tooMany'));
    this.open++;
    return new Promise((resolve, reject) => {
      const page = this.box.ownerDocument;
      const had = page.activeElement;
      const gone = () => {
        clearTimeout(timer);
        this.open--;
        const mine = asked.element.contains(page.activeElement);
        asked.element.remove();
        if (mine && had instanceof HTMLElement) had.focus();
      };
      const asked = draw(page, q, (confirmed) => {
        gone();
        resolve({ confirmed });
      });
      const timer = setTimeout(() => {
        gone();
        reject(new Refused('question.unanswered'));
      }, within);
      this.box.append(asked.element);
      if (page.hasFocus()) asked.first.focus(); // else the agent writes in a record
    });
  }
}

let drawn = 0;

function draw(page: Document, q: Question, answer: (confirmed: boolean) => void) {
  const id = `patchcord-question-${++drawn}`;
  const element = page.createElement('section');
  element.className = 'patchcord-question';
  element.setAttribute('role', 'alertdialog');
  element.setAttribute('aria-labelledby', `${id}-title`);
  element.setAttribute('aria-describedby', `${id}-message`);
  const title = page.createElement('h2');
  title.id = `${id}-title`;
  title.textContent = q.title === '' ? say('question.title') : q.title;
  const message = page.createElement('p');
  message.id = `${id}-message`;
  message.textContent = q.message;
  const button = (words: string, confirmed: boolean) => {
    const b = page.createElement('button');
    b.type = 'button';
    b.textContent = words;
    b.addEventListener('click', () => answer(confirmed));
    return b;
  };
  const first = button(q.confirm === '' ? say('question.confirm') : q.confirm, true);
  const buttons = page.createElement('div');
  buttons.append(first, button(q.cancel === '' ? say('question.cancel') : q.cancel, false));
  element.addEventListener('keydown', (e) => {
    if (e.key === 'Escape') answer(false);
  });
  element.append(title, message, buttons);
  return { element, first };
}
