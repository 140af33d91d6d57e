/** Every text that a person reads. */
export const strings = {
  signIn: 'Sign in to CCP',
  signInAgain: 'Sign in again',
  openSound: 'Open window',
  phone: 'Phone',
  ringing: (number: string) => `Incoming call ${number}`.trim(),
  onCall: (number: string) => `On a call ${number}`.trim(),
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
    found: (n: number) => `${n} records match this call`,
    dismiss: 'Dismiss',
  },
  banner: {
    adapterAway: 'Patchcord adapter is not reachable. Calls still work; records will not pop until it is back.',
    adapterSignedOut: 'Your Patchcord session has ended. Calls still work; sign in again so that records pop.',
    notOpened: 'The record could not be opened.',
    soundElsewhere: 'The sound of your calls is in Amazon Connect’s own window. Keep it open while you work.',
    tellAdministrator: (problem: string) => `${problem} Tell your administrator.`,
    leaving: 'You will be signed out when this contact is closed.',
    notSignedOut: (why: string) => `You were not signed out. Choose the status again. ${why}`.trim(),
    noDial: 'The number was not dialled: Patchcord adapter is not reachable.',
    dialRefused: (why: string) => `The number was not dialled. ${why}`.trim(),
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
