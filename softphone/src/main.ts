import './softphone.css';
import type { Console } from './console.ts';
import { Desk } from './desk/desk.ts';
import { openCtiRoad } from './desk/open-cti-road.ts';
import { visualforceRoad } from './desk/visualforce-road.ts';
import { windowRoad } from './desk/window-road.ts';
import { withDesk } from './desk/with-desk.ts';
import { findOpenCti, openCtiConsole } from './open-cti-host.ts';
import { consoleOrigin, readSettings } from './settings.ts';
import { Softphone } from './softphone.ts';
import { Streams } from './streams.ts';

/** API name of the message channel to the package's component. */
const channel = 'AC_Desk__c';

function start(): void {
  const root = document.getElementById('patchcord');
  if (!root) {
    console.error('Patchcord: the page has no element with the id patchcord');
    return;
  }
  const settings = readSettings(root);
  new Softphone(window, root, settings, {
    console: consoleAround(settings.channel),
    telephony: (listener) => new Streams(window, listener),
  }).start();
}

function consoleAround(token: string): Console | null {
  const openCti = window.parent === window ? null : findOpenCti(window);
  if (!openCti) return null;
  const roads = [
    openCtiRoad(window, channel),
    visualforceRoad(window, token),
    windowRoad(window, consoleOrigin(window)),
  ];
  return withDesk(openCtiConsole(openCti), new Desk(roads, crypto.randomUUID()));
}

if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', start);
else start();
