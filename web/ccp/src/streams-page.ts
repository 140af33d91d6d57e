import { RTCErrors, RTCSession } from './rtc-session.ts';
import type { Session } from './session.ts';

/** Loads the published library into the page. */
export function loadStreams(page: Document, base: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = page.createElement('script');
    script.src = `${base}connect-streams-min.js`;
    script.onload = () => resolve();
    script.onerror = () => reject(new Error('the library did not load'));
    page.head.append(script);
  });
}

/** Starts the library as a panel of its own: worker, audio, ringtone, and answers to the page that frames it. */
export function startStreams(session: Session, base: string): void {
  // A framing page has the newer SDK's provider; here nobody has, and without one mute would do nothing.
  Reflect.set(connect.core, '_amazonConnectProviderData', { isStreamsProvider: false, provider: silentProvider() });
  Reflect.set(connect, 'RTCErrors', RTCErrors);
  Reflect.set(connect, 'RTCSession', RTCSession);
  const { instanceAlias: _alias, agentName: _name, username: _user, ...parameters } = session;
  connect.core.initSharedWorker({ ...parameters, sharedWorkerUrl: `${base}worker.js` });
  connect.core.getEventBus().subscribe(connect.EventType.CONFIGURE, () => {
    Reflect.set(connect.core, 'hasReceivedCRMConfigure', true);
  });
  connect.core.initPageOptions({});
  const ringtoneUrl = `${base}ringtone.wav`;
  connect.core.initRingtoneEngines({
    ringtone: {
      voice: { ringtoneUrl },
      queue_callback: { ringtoneUrl },
      additionalVoice: { disabled: true },
    },
  });
  connect.core.initSoftphoneManager({ allowFramedSoftphone: true });
  connect.core.initApiProxyService();
  connect.core.checkIfConfigureReceived(connect.core.getUpstream());
}

/** A provider whose questions are never answered and whose events never come. */
function silentProvider(): object {
  const proxy = {
    subscribe() {},
    unsubscribe() {},
    request: () => new Promise<never>(() => {}),
    log() {},
    sendLogMessage() {},
    publish() {},
    sendMetric() {},
  };
  return { id: 'panel', config: {}, getProxy: () => proxy };
}
