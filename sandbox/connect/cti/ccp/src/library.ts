import { ringtones } from './ringtone.ts';
import { install, type OpenMicrophone } from './softphone.ts';
import { streams } from './streams.ts';

/** Starts the published library in this page, with its softphone. */
export function startLibrary(session: Record<string, string>, open: OpenMicrophone): void {
  const { core } = streams();
  install(open);
  // Where the softphone plays what it hears; it finds the element by this name.
  const audio = new Audio();
  audio.id = 'remote-audio';
  audio.autoplay = true;
  document.body.append(audio);
  // The library's softphone asks a provider that only host pages have; without one muting does nothing.
  core._amazonConnectProviderData = {
    isStreamsProvider: false,
    provider: {
      id: 'panel',
      config: {},
      getProxy: () => ({ subscribe() {}, unsubscribe() {}, request: () => new Promise(() => {}) }),
    },
  };
  // It puts each ringtone on an output, and leaves it to the page to hear that a page around this one forbids that.
  window.addEventListener('unhandledrejection', (e) => {
    if (String(e.reason).startsWith('RingtoneEngineBase.setOutputDevice failed')) e.preventDefault();
  });
  core.initSharedWorker({ ...session, sharedWorkerUrl: '/ccp-v2/worker.js' });
  core.initPageOptions({});
  core.initApiProxyService();
  core.initRingtoneEngines({ ringtone: ringtones });
  core.initSoftphoneManager({ allowFramedSoftphone: true });
}
