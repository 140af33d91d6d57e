/// <reference types="amazon-connect-streams" />

/** Functions of the library that only a panel's own page calls, and its published types leave out. */
declare namespace connect {
  interface Core {
    initSharedWorker(parameters: Record<string, string>): void;
    initPageOptions(parameters: object): void;
    initRingtoneEngines(parameters: object): void;
    initSoftphoneManager(parameters: object): void;
    initApiProxyService(): void;
    checkIfConfigureReceived(conduit: Conduit): void;
    getUpstream(): Conduit;
  }
}
