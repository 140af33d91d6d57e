// The shared worker of all panels of this origin: the published library, run as a worker.
// On plain HTTP (localhost) the library's secure sockets to this very host are opened as plain ones; nothing else differs.
'use strict';
if (self.location.protocol === 'http:') {
  const Socket = self.WebSocket;
  self.WebSocket = class extends Socket {
    constructor(address, protocols) {
      const url = new URL(address);
      if (url.protocol === 'wss:' && url.host === self.location.host) url.protocol = 'ws:';
      super(url, protocols ?? []);
    }
  };
}
self.importScripts('connect-streams-min.js');
self.connect.worker.main();
