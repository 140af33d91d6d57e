package auth

import (
	"errors"
	"net/http"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm/people"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// userInfo is the OpenID Connect answer about the token's user. Source: OAuth endpoints of Salesforce Help.
func (a *Auth) userInfo(w http.ResponseWriter, r *http.Request) {
	id, err := a.User(r)
	if err != nil {
		http.Error(w, "Bad_OAuth_Token", http.StatusForbidden)
		return
	}
	user, err := a.cfg.Org.People.User(r.Context(), id)
	if err != nil {
		a.broken(w, r, err)
		return
	}
	given, family, _ := strings.Cut(user.Name, " ")
	answer(w, http.StatusOK, map[string]any{
		"sub": a.idURL(id), "user_id": string(id), "organization_id": string(a.cfg.Org.ID()), "preferred_username": user.Username,
		"nickname": strings.ToLower(given), "name": user.Name, "email": user.Email, "email_verified": true,
		"given_name": given, "family_name": family,
		"zoneinfo": user.TimeZone, "active": true, "user_type": "STANDARD", "language": "en_US", "locale": "en_US",
		"utcOffset": -28800000, "urls": a.urls(),
	})
}

// identity is the document behind the id URL. Source: §1.5.
func (a *Auth) identity(w http.ResponseWriter, r *http.Request) {
	token := Bearer(r)
	if token == "" {
		token = r.URL.Query().Get("oauth_token")
	}
	id, err := a.session(r.Context(), token)
	switch {
	case err != nil:
		http.Error(w, "Bad_OAuth_Token", http.StatusForbidden)
		return
	case schema.To18(r.PathValue("org")) != a.cfg.Org.ID():
		http.Error(w, "Wrong_Org", http.StatusForbidden)
		return
	}
	user, err := a.cfg.Org.People.User(r.Context(), schema.To18(r.PathValue("user")))
	if err != nil {
		http.Error(w, "Bad_Id", http.StatusNotFound)
		return
	}
	if user.ID != id {
		if asker, err := a.cfg.Org.People.User(r.Context(), id); err != nil || !asker.Administrator {
			http.Error(w, "Bad_Id", http.StatusForbidden)
			return
		}
	}
	given, family, _ := strings.Cut(user.Name, " ")
	answer(w, http.StatusOK, map[string]any{
		"id": a.idURL(user.ID), "asserted_user": true, "user_id": string(user.ID),
		"organization_id": string(a.cfg.Org.ID()), "username": user.Username,
		"nick_name": strings.ToLower(given), "display_name": user.Name, "email": user.Email, "email_verified": true,
		"first_name": given, "last_name": family,
		"timezone": user.TimeZone, "active": true, "user_type": "STANDARD", "language": "en_US", "locale": "en_US",
		"utcOffset": -28800000, "urls": a.urls(), "is_app_installed": true,
	})
}

func (a *Auth) urls() map[string]string {
	rest := a.cfg.Origin + "/services/data/v{version}/"
	org := string(a.cfg.Org.ID())[:15]
	return map[string]string{
		"rest": rest, "sobjects": rest + "sobjects/", "search": rest + "search/", "query": rest + "query/", "recent": rest +
			"recent/", "tooling_rest": rest + "tooling/",
		"enterprise": a.cfg.Origin + "/services/Soap/c/{version}/" + org, "partner": a.cfg.Origin + "/services/Soap/u/{version}/" + org,
		"metadata": a.cfg.Origin + "/services/Soap/m/{version}/" + org, "profile": a.cfg.Origin + "/" + org, "custom_domain": a.cfg.Origin,
	}
}

// singleAccess gives a link that opens the org in a browser once, at redirect_uri: a path of the org.
// Source: Salesforce Help, Generate a Frontdoor URL to Bridge into UI Sessions; refusals are as people report them.
func (a *Auth) singleAccess(w http.ResponseWriter, r *http.Request) {
	session, err := a.cfg.Org.People.Session(r.Context(), Bearer(r))
	switch {
	case errors.Is(err, people.ErrNoSession):
		http.Error(w, "Bad_OAuth_Token", http.StatusForbidden)
		return
	case err != nil:
		a.broken(w, r, err)
		return
	case !session.OpensPages():
		http.Error(w, "Invalid_Scope", http.StatusForbidden)
		return
	}
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	start := r.FormValue("redirect_uri")
	if start != "" && !strings.HasPrefix(a.local(start), "/") {
		answer(w, http.StatusBadRequest, refused("invalid_request", "redirect_uri must be a relative path"))
		return
	}
	otp := a.putCode(code{user: session.User, client: otpClient, redirect: start})
	answer(w, http.StatusOK, map[string]string{"frontdoor_uri": a.cfg.Origin + "/secur/frontdoor.jsp?otp=" + otp})
}

func (a *Auth) discovery(w http.ResponseWriter, _ *http.Request) {
	o := a.cfg.Origin
	answer(w, http.StatusOK, map[string]any{
		"issuer": o, "authorization_endpoint": o + "/services/oauth2/authorize", "token_endpoint": o + "/services/oauth2/token",
		"revocation_endpoint": o + "/services/oauth2/revoke", "userinfo_endpoint": o + "/services/oauth2/userinfo",
		"introspection_endpoint": o + "/services/oauth2/introspect",
		"scopes_supported":       []string{"api", "web", "refresh_token", "full"}, "response_types_supported": []string{"code"},
		"subject_types_supported": []string{"public"},
	})
}
