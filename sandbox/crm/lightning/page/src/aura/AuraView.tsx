import { createElement, Fragment, type ReactNode, useEffect, useSyncExternalStore } from 'react';
import { ObjectIcon, UtilityIcon } from '../shell/Icon.tsx';
import type { AuraComponent } from './component.ts';
import type { Node } from './definition.ts';
import { textValue } from './expression.ts';

/** The picture of a component that runs. */
export function AuraView({ component }: { component: AuraComponent }) {
  const version = useSyncExternalStore(component.watch, () => component.version);
  useEffect(() => component.rendered(version), [component, version]);
  return <div className={`pc-aura c${component.definition.name}`}>{many(component, component.definition.body)}</div>;
}

const many = (component: AuraComponent, nodes: Node[]): ReactNode =>
  nodes.map((node, at) => <Fragment key={at}>{one(component, node)}</Fragment>);

function one(component: AuraComponent, node: Node): ReactNode {
  if (node.name === '') return textValue(node.text)(component.read);
  const value = (name: string) => component.value(node, name);
  switch (node.name) {
    case 'aura:if': {
      if (value('isTrue'))
        return many(
          component,
          node.children.filter((child) => child.name !== 'aura:set'),
        );
      return many(
        component,
        node.children.filter((child) => child.name === 'aura:set').flatMap((set) => set.children),
      );
    }
    case 'aura:text':
    case 'lightning:formattedText':
      return words(value('value'));
    case 'lightning:badge':
      return <span className="slds-badge">{words(value('label'))}</span>;
    case 'lightning:icon':
      return <Icon name={words(value('iconName'))} alternative={words(value('alternativeText'))} />;
    case 'lightning:spinner':
      return <Spinner size={words(value('size'))} alternative={words(value('alternativeText'))} />;
    case 'lightning:button':
      return <Button component={component} node={node} />;
    default:
      return node.name.includes(':') ? null : element(component, node);
  }
}

const words = (value: unknown): string => (value === null || value === undefined ? '' : String(value));

function Icon({ name, alternative }: { name: string; alternative: string }) {
  const [family, symbol = ''] = name.split(':');
  return (
    <span className="slds-icon_container" title={alternative}>
      {family === 'utility' ? <UtilityIcon name={symbol} /> : <ObjectIcon icon={name} size="small" />}
      {alternative !== '' && <span className="slds-assistive-text">{alternative}</span>}
    </span>
  );
}

function Spinner({ size, alternative }: { size: string; alternative: string }) {
  return (
    <div role="status" className={`slds-spinner slds-spinner_${size || 'medium'}`}>
      {alternative !== '' && <span className="slds-assistive-text">{alternative}</span>}
      <div className="slds-spinner__dot-a" />
      <div className="slds-spinner__dot-b" />
    </div>
  );
}

function Button({ component, node }: { component: AuraComponent; node: Node }) {
  const value = (name: string) => component.value(node, name);
  const variant = words(value('variant')) || 'neutral';
  return (
    <button
      type="button"
      className={`slds-button slds-button_${variant.replaceAll('-', '_')} ${words(value('class'))}`}
      disabled={value('disabled') === true || value('disabled') === 'true'}
      title={words(value('title')) || undefined}
      onClick={(e) => component.run(value('onclick'), source(component, node, e))}
    >
      {words(value('label'))}
    </button>
  );
}

/** What an action gets of a click: the browser's event, and which component it came from. */
const source = (component: AuraComponent, node: Node, e: React.SyntheticEvent) => ({
  getSource: () => ({ get: (path: string) => component.value(node, path.replace(/^v\./, '')) }),
  getParam: () => undefined,
  target: e.target,
  currentTarget: e.currentTarget,
  preventDefault: () => e.preventDefault(),
  stopPropagation: () => e.stopPropagation(),
});

/** HTML's events by how markup writes them, as React calls them. */
const events: Record<string, string> = {
  onclick: 'onClick',
  ondblclick: 'onDoubleClick',
  onchange: 'onChange',
  oninput: 'onInput',
  onkeydown: 'onKeyDown',
  onkeyup: 'onKeyUp',
  onfocus: 'onFocus',
  onblur: 'onBlur',
  onsubmit: 'onSubmit',
  onmouseover: 'onMouseOver',
  onmouseout: 'onMouseOut',
};
const renamed: Record<string, string> = {
  class: 'className',
  for: 'htmlFor',
  tabindex: 'tabIndex',
  readonly: 'readOnly',
};
const empty = ['area', 'br', 'col', 'hr', 'img', 'input', 'wbr'];

function element(component: AuraComponent, node: Node): ReactNode {
  const properties: Record<string, unknown> = {};
  for (const name of Object.keys(node.attributes)) {
    const value = component.value(node, name);
    const event = events[name];
    if (name === 'aura:id' || name === 'style' || value === undefined || value === null || value === false) continue;
    if (event) properties[event] = (e: React.SyntheticEvent) => component.run(value, source(component, node, e));
    else if (!name.startsWith('on') && safe(name, value)) properties[renamed[name] ?? name] = value;
  }
  properties.ref = (shown: HTMLElement | null) => {
    component.shown(node, shown);
    if (shown && node.attributes.style !== undefined) shown.style.cssText = words(component.value(node, 'style'));
  };
  return empty.includes(node.name)
    ? createElement(node.name, properties)
    : createElement(node.name, properties, many(component, node.children));
}

/** No address that runs a script. */
const safe = (name: string, value: unknown): boolean =>
  !['href', 'src', 'action', 'formaction'].includes(name) || !/^\s*javascript:/i.test(words(value));
