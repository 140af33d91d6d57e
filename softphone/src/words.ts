/** Every text that a person reads. */
export const strings = {
  signIn: 'Sign in to CCP',
  signInAgain: 'Sign in again',
  openSound: 'Open window',
  dismiss: 'Dismiss',
  phone: 'Phone',
  ringing: (number: string) => `Incoming call ${number}`.trim(),
  onCall: (number: string) => `On a call ${number}`.trim(),
  silent: (number: string) => `No sound ${number}`.trim(),
  withheld: 'from a withheld number',
  status: {
    out: 'Not signed in to Amazon Connect',
    resuming: 'Opening the Contact Control Panel',
    window: 'Finish signing in in the window that has opened',
    storage: 'Amazon Connect asks for its cookies: sign in in the window, then choose Grant access and allow it',
    in: 'Signed in',
  },
  choice: {
    title: 'Search results',
    found: (total: number, listed: number) =>
      `${total} records match this call${total > listed ? `; ${listed} are listed` : ''}`,
  },
  banner: {
    adapterAway: 'Patchcord adapter is not reachable. Calls still work; records will not pop until it is back.',
    adapterSignedOut: 'Your Patchcord session has ended. Calls still work; sign in again so that records pop.',
    adapterFull:
      'The adapter has no room for more events at the moment. Keep this page open: they are sent as soon as there is room.',
    browserFull:
      'This browser has no room for more events: what happens in new calls is not logged until the adapter is reachable again. Tell your administrator.',
    otherUser:
      'You are signed in to Salesforce as somebody else than this page was made for. Calls still work; records will not pop. Reload the page.',
    pageOlder: (page: number, adapter: number) =>
      `This softphone (version ${page}) is older than the adapter (version ${adapter}). Calls still work; records will not pop. Reload the page; if it stays so, ask your administrator to deploy the package again.`,
    adapterOlder: (page: number, adapter: number) =>
      `The adapter (version ${adapter}) is older than this softphone (version ${page}). Calls still work; records will not pop. Reload the page; if it stays so, ask your administrator to update the adapter.`,
    versionsApart:
      'This softphone and the adapter do not fit together. Calls still work; records will not pop. Reload the page; if it stays so, ask your administrator to update the adapter and to deploy its package.',
    silence: {
      network:
        'You and the caller cannot hear each other: your browser found no way to Amazon Connect’s audio. Check your network connection and try again in the panel; if it stays so, end the call and call back.',
      microphone:
        'The caller cannot hear you: your microphone cannot be used. Connect one and allow it for this site in the browser’s address bar.',
      other:
        'You and the caller cannot hear each other: your browser could not begin the audio. End the call and call back; if it stays so, tell your administrator.',
      reloaded:
        'You and the caller do not hear each other any more: the sound of this call was lost when the page was loaded again. End the call, then call back.',
    },
    notOpened: 'The record could not be opened.',
    soundElsewhere: 'The sound of your calls is in Amazon Connect’s own window. Keep it open while you work.',
    tellAdministrator: (problem: string) => `${problem} Tell your administrator.`,
    leaving: 'You will be signed out when this contact is closed.',
    notSignedOut: (why: string) => `You were not signed out. Choose the status again. ${why}`.trim(),
    noDial: 'The number was not dialled: Patchcord adapter is not reachable.',
    dialRefused: (why: string) => `The number was not dialled. ${why}`.trim(),
    dialUnknown: 'It is not known whether the number was dialled: look at the panel.',
    noAdapterUrl: 'The adapter is not configured. Ask your administrator to set it in Toolkit for Amazon Connect.',
    missingPermission:
      'You do not have the rights to use the softphone. Ask your administrator for the AC_Agent permission set.',
    reloading:
      'The address of this console contains 0.source=aloha: every record that pops would reload the browser and cut the call off. Remove it from the address and open the console again.',
    noStreams: 'The softphone library did not load. Reload the page; if it stays so, ask your administrator.',
    popupBlocked: 'The browser blocked the sign-in window. Allow pop-ups for this page and try again.',
    notFinished: 'Sign-in was not finished.',
    signedOut: 'You are signed out of Amazon Connect.',
    centreUnreachable: (address: string) =>
      `Amazon Connect is not reachable at ${address}. Check your connection and try again; if it stays so, ask your administrator to check the field Amazon Connect Instance Alias of the AC CTI Adapter record.`,
    otherRegion: (named: string, found: string) =>
      `The AC CTI Adapter record names the region ${named}, but the instance is in ${found}. Ask your administrator to correct the field Amazon Connect Instance Region.`,
    refused: (origins: string[]) =>
      `Amazon Connect refused to be shown here. Approve the origin ${origins.join(' and the origin ')} in Amazon Connect: Application integration → Approved origins.`,
  },
};
