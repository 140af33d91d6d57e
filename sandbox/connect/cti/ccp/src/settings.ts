import './settings.css';
import { element } from './dom.ts';
import type { Sections } from './host.ts';

/** One part of the settings: drawn by itself, shown where the page around the panel wants it. */
export interface Part {
  readonly element: HTMLElement;
  /** The view has been opened. */
  opened?(): void;
}

/** The view that the gear opens inside the panel. A call is drawn above it, so nothing that was typed is lost when one rings. */
export class Settings {
  readonly gear = element('button', {
    type: 'button',
    class: 'gear',
    'aria-label': 'Settings',
    title: 'Settings',
    'aria-expanded': 'false',
    'aria-controls': 'settings',
  });
  readonly view: HTMLElement;
  private readonly back = element('button', { type: 'button', class: 'back' }, 'Back');
  private readonly empty = element(
    'p',
    { class: 'hint' },
    'There is nothing to set here: the page around this panel hides its settings.',
  );

  constructor(
    private readonly page: HTMLElement,
    private readonly parts: Record<keyof Sections, Part>,
  ) {
    this.view = element(
      'section',
      { id: 'settings', 'aria-label': 'Settings', hidden: '' },
      element('div', { class: 'title' }, this.back, element('h1', {}, 'Settings')),
      parts.phone.element,
      parts.audio.element,
      this.empty,
    );
    this.gear.addEventListener('click', () => this.toggle(this.view.hidden !== false));
    this.back.addEventListener('click', () => this.toggle(false));
    page.addEventListener('keydown', (e) => {
      if (e.key === 'Escape' && !e.defaultPrevented && !this.view.hidden) this.toggle(false);
    });
  }

  show(sections: Sections): void {
    this.parts.audio.element.hidden = !sections.audio;
    this.parts.phone.element.hidden = !sections.phone;
    this.empty.hidden = sections.audio || sections.phone;
  }

  private toggle(open: boolean): void {
    this.view.hidden = !open;
    this.gear.setAttribute('aria-expanded', String(open));
    this.page.classList.toggle('setting', open);
    if (!open) {
      this.gear.focus();
      return;
    }
    for (const part of Object.values(this.parts)) part.opened?.();
    this.back.focus();
  }
}
