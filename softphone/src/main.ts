import './softphone.css';
import { findOpenCti, openCtiConsole } from './open-cti-host.ts';
import { readSettings } from './settings.ts';
import { Softphone } from './softphone.ts';
import { Streams } from './streams.ts';

function start(): void {
  const root = document.getElementById('patchcord');
  if (!root) {
    console.error('Patchcord: the page has no element with the id patchcord');
    return;
  }
  const openCti = window.parent === window ? null : findOpenCti(window);
  new Softphone(window, root, readSettings(root), {
    console: openCti ? openCtiConsole(openCti) : null,
    telephony: (listener) => new Streams(window, listener),
  }).start();
}

if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', start);
else start();
