package auth

import (
	"net/http"
	"net/url"
)

// DoorPath is where the host of Visualforce pages takes in a browser that the org's own host has handed over.
const DoorPath = "/secur/contentDoor"

// doorClient marks codes that open that door.
const doorClient = "\x00door"

// HandOver is where a browser goes from the org's own host to a Visualforce page that is another site, with cookies of its own: through
// that site's door with the session that it has here, or to log in first. to is the page's whole address.
func (a *Auth) HandOver(r *http.Request, to string) string {
	page, err := url.Parse(to)
	if err == nil {
		_, err = a.Browser(r)
	}
	cookie, missing := r.Cookie(sidCookie)
	if err != nil || missing != nil {
		return a.cfg.Origin + "/?startURL=" + url.QueryEscape(to)
	}
	key := a.putCode(code{client: doorClient, session: cookie.Value, redirect: page.RequestURI()})
	return a.cfg.Org.VisualforceOrigin() + DoorPath + "?code=" + url.QueryEscape(key)
}

// Door is DoorPath. The cookie reaches frames too, kept apart for each site around them: browsers that withhold other sites' cookies
// give that one, and take its Secure on loopback.
func (a *Auth) Door(w http.ResponseWriter, r *http.Request) {
	c, ok := a.takeCode(r.URL.Query().Get("code"))
	if !ok || c.client != doorClient {
		a.page(w, http.StatusForbidden, "message.html", map[string]string{"Title": "Please try again",
			"Text": "The way to this page had expired. Go back and open it again."})
		return
	}
	http.SetCookie(w, &http.Cookie{Name: sidCookie, Value: c.session, Path: "/", HttpOnly: true, Secure: true,
		SameSite: http.SameSiteNoneMode, Partitioned: true})
	http.Redirect(w, r, c.redirect, http.StatusSeeOther)
}
