// The library takes wss:// addresses only. Over plain HTTP on one machine the same host speaks ws://; this is the whole concession.
if (self.location.protocol === 'http:') {
  const Plain = self.WebSocket;
  self.WebSocket = class extends Plain {
    constructor(url, protocols) {
      const secure = `wss://${self.location.host}/`;
      super(String(url).startsWith(secure) ? `ws://${String(url).slice('wss://'.length)}` : url, protocols);
    }
  };
}
importScripts('/ccp-v2/connect-streams-min.js');
connect.worker.main();
