// Gives the session to the softphone page that opened this window. That page sends the window on to the contact centre's own sign-in
// when it has heard; until then the session is told again.
const { session, ccp, login, settings, origin } = document.body.dataset;
const again = 200;
const patience = 25;
let told = 0;
const timer = setInterval(tell, again);
tell();

function tell() {
  if (window.opener && !window.opener.closed && told < patience) {
    told += 1;
    window.opener.postMessage({ type: 'patchcord:signed-in', session, ccpUrl: ccp, settings: JSON.parse(settings || 'null') }, origin);
    return;
  }
  clearInterval(timer);
  if (login || ccp) window.location.replace(login || ccp);
  else window.close();
}
