// Gives the session to the softphone page that opened this window, then goes on to the contact centre's own sign-in.
const { session, ccp, origin } = document.body.dataset;
if (window.opener && !window.opener.closed) {
  window.opener.postMessage({ type: 'patchcord:signed-in', session, ccpUrl: ccp }, origin);
}
if (ccp) {
  window.location.replace(ccp);
} else {
  window.close();
}
