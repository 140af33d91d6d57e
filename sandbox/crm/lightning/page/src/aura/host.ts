import type { Api } from '../api.ts';
import type { ConsoleStore } from '../console-state.ts';
import type { MessageService } from '../messages/service.ts';
import type { OmniChannel } from '../omni/omni.ts';
import { UtilityClicks } from '../utility/clicks.ts';
import { softphoneItem } from '../utility/utilities.ts';
import type { Bootstrap } from '../wire.ts';
import { AuraComponent, type MakeToolkit } from './component.ts';
import { ApplicationEvents } from './events.ts';
import { framework } from './framework.ts';
import { load } from './load.ts';
import { secured } from './secure-window.ts';
import { tabEvents } from './tab-events.ts';
import { messageChannel } from './toolkits/message-channel.ts';
import { notifications } from './toolkits/notifications.ts';
import { omniToolkit } from './toolkits/omni.ts';
import { utilityBar } from './toolkits/utility-bar.ts';
import { workspace } from './toolkits/workspace.ts';

interface Parts {
  api: Api;
  store: ConsoleStore;
  start: Bootstrap;
  messages: MessageService;
  omni: OmniChannel | null; // null: the app has none
}

/** Runs the Aura components of an app's utility items. */
export class AuraHost {
  readonly clicks = new UtilityClicks();
  private readonly events = new ApplicationEvents();

  constructor(private readonly parts: Parts) {}

  /** Hears tabs and Omni-Channel for the components until the answer is called. */
  listen(): () => void {
    const { store, omni } = this.parts;
    const stops = [tabEvents(store, this.events)];
    if (omni) stops.push(omni.listen(({ name, params }) => this.events.fire(`lightning:${name}`, params)));
    return () => {
      for (const stop of stops) stop();
    };
  }

  /** Loads and makes the component of a utility item. */
  async start(name: string, utilityId: string): Promise<AuraComponent> {
    const { api, start } = this.parts;
    const around = secured(window);
    const $A = framework({
      userId: start.user.id,
      userEmail: start.user.email,
      toast: this.toast,
    });
    const { definition, scripts } = await load(api, name, around, $A);
    if (definition.styled) wear(name);
    const item = start.app.utilities[Number(utilityId.slice(1))];
    const make = this.toolkits(utilityId);
    return new AuraComponent(definition, scripts, item?.attributes ?? {}, this.events, make, () => around.end());
  }

  private readonly toast = (tone: 'success' | 'error' | 'info', message: string) =>
    this.parts.store.send({ type: 'toasted', tone, message });

  private toolkits(utilityId: string): MakeToolkit {
    const { store, start, messages, omni } = this.parts;
    const softphone = start.app.utilities.findIndex((u) => u.component === softphoneItem);
    return (node, component) => {
      switch (node.name) {
        case 'lightning:messageChannel':
          return messageChannel(messages, node, component);
        case 'lightning:omniToolkitAPI':
          return omniToolkit(omni);
        case 'lightning:workspaceAPI':
          return workspace(store, start);
        case 'lightning:utilityBarAPI':
          return utilityBar(store, this.clicks, utilityId, softphone < 0 ? '' : `u${softphone}`);
        case 'lightning:notificationsLibrary':
          return notifications(this.toast);
        default:
          return null;
      }
    };
  }
}

/** Adds a component's style sheet to the page, once. */
function wear(name: string) {
  const href = `/lightning/aura/${encodeURIComponent(name)}/style.css`;
  if (document.querySelector(`link[href="${href}"]`)) return;
  document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href }));
}
