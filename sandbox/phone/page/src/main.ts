import '@patchcord/ui/font.css';
import './handset.css';
import { CallAudio, Soundless } from './audio.ts';
import { Connection } from './connection.ts';
import { type Effect, type Event, fresh, next, type State } from './handset.ts';
import { keep, recall } from './memory.ts';
import { dialable, ownable, readable } from './numbers.ts';
import { Page } from './page.ts';
import { Sounds } from './sounds.ts';
import { view } from './view.ts';
import type { Server } from './wire.ts';

/** Puts the handset's parts together: what happens goes through next, what follows is carried out here. */
function start(): void {
  const storage = () => window.localStorage;
  const kept = recall(storage);
  let state: State = fresh(kept.own);
  let audio: CallAudio | undefined;

  // Where the call is heard.
  const loudspeaker = new Audio();
  loudspeaker.id = 'remote-audio';
  loudspeaker.autoplay = true;
  document.body.append(loudspeaker);
  const sounds = new Sounds(document);

  const page = new Page({
    act(action, typed) {
      if (action === 'call')
        happen({ type: 'call', id: crypto.randomUUID(), to: dialable(typed), withheld: kept.withheld });
      else if (action === 'hangUp') happen({ type: 'hangUp', at: Date.now() });
      else happen({ type: action });
    },
    key: (key) => happen({ type: 'key', key }),
    own(typed) {
      const number = ownable(typed);
      if (number === undefined) return undefined;
      if (number !== state.own) {
        kept.own = number;
        keep(storage, kept);
        happen({ type: 'own', number });
      }
      return readable(number);
    },
    withhold(withheld) {
      kept.withheld = withheld;
      keep(storage, kept);
    },
  });
  page.setWithheld(kept.withheld);
  page.draw(view(state));

  const socket = new URL('/phone/socket', window.location.href);
  socket.protocol = socket.protocol.replace('http', 'ws');
  const connection = new Connection(socket.href, {
    told: (told) => happen({ type: 'told', told, at: Date.now() }),
    down: (full) => happen({ type: 'down', full, at: Date.now() }),
  });

  function happen(event: Event): void {
    const [after, effects] = next(state, event);
    state = after;
    for (const effect of effects) carryOut(effect);
    sounds.ring(state.call.kind === 'incoming');
    page.setNumbers(state.own, state.far);
    page.draw(view(state));
  }

  function carryOut(effect: Effect): void {
    switch (effect.do) {
      case 'send':
        connection.send(effect.said);
        break;
      case 'open':
        open(effect.id, effect.servers);
        break;
      case 'accept':
        audio?.accept(effect.sdp, effect.candidates).catch(() => soundless(effect.id, 'sound'));
        break;
      case 'close':
        audio?.close();
        audio = undefined;
        break;
      case 'mute':
        audio?.mute(effect.muted);
        break;
      case 'press':
        audio?.press(effect.key);
        break;
      case 'tone':
        sounds.key(effect.key);
        break;
      default:
        effect satisfies never;
    }
  }

  function open(id: string, servers: Server[]): void {
    const mine = new CallAudio(loudspeaker, () => soundless(id, 'sound'));
    audio = mine;
    mine.open(servers).then(
      ({ sdp, candidates }) => happen({ type: 'opened', id, sdp, candidates }),
      (e: unknown) => soundless(id, e instanceof Soundless ? e.why : 'sound'),
    );
  }

  function soundless(id: string, why: Soundless['why']): void {
    happen({ type: 'soundless', id, why, at: Date.now() });
  }

  // The exchange hangs up when the socket goes; saying goodbye makes it quick.
  window.addEventListener('pagehide', () => connection.close());
  window.addEventListener('pageshow', (e) => {
    if (e.persisted) window.location.reload();
  });
}

start();
