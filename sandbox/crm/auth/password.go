package auth

import (
	"errors"
	"net/http"

	"github.com/patchcord/patchcord/internal/secret"
	"github.com/patchcord/patchcord/sandbox/crm/people"
)

const (
	changePath = "/_ui/system/security/ChangePassword"
	linkCookie = "sid_link" // the token of a mailed link, taken out of the address
	linkOver   = "This link has expired or was already used. To get another one, go to the login page and click Forgot " +
		"Your Password?, or ask your Salesforce administrator."
)

// passwordForm is what the pages about passwords show.
type passwordForm struct {
	Username, Message, Token string
	Sent, Over               bool
}

// forgotPage is GET /secur/forgotpassword.jsp.
func (a *Auth) forgotPage(w http.ResponseWriter, r *http.Request) {
	a.page(w, http.StatusOK, "forgot.html", passwordForm{Token: giveToken(w, r)})
}

// forgot mails a link, and says the same whether there is such a user or not.
func (a *Auth) forgot(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	form := passwordForm{Username: r.PostFormValue("un")}
	status := http.StatusOK
	switch {
	case !ownForm(r):
		status, form.Message = http.StatusForbidden, "Your page had expired. Please try again."
	case form.Username == "" || len(form.Username) > 80:
		status, form.Message = http.StatusBadRequest, "Enter your username."
	case !a.attempts.Allow():
		status, form.Message = http.StatusTooManyRequests, "Too many people are asking at once. Please try again in a minute."
	default:
		if err := a.cfg.Org.People.ForgotPassword(r.Context(), form.Username); err != nil {
			a.broken(w, r, err)
			return
		}
		form.Sent = true
	}
	form.Token = giveToken(w, r)
	a.page(w, status, "forgot.html", form)
}

// followLink moves the token of a mailed link into a cookie. The link is used up by the new password only, not by looking at it.
func (a *Auth) followLink(w http.ResponseWriter, r *http.Request, token string) {
	http.SetCookie(w, &http.Cookie{Name: linkCookie, Value: token[:min(len(token), 200)], Path: changePath, MaxAge: 3600,
		HttpOnly: true, Secure: r.TLS != nil, SameSite: http.SameSiteLaxMode})
	w.Header().Set("Cache-Control", "no-store")
	http.Redirect(w, r, changePath, http.StatusSeeOther)
}

func linkOf(r *http.Request) string {
	cookie, err := r.Cookie(linkCookie)
	if err != nil {
		return ""
	}
	return cookie.Value
}

// changePage is Change Your Password.
func (a *Auth) changePage(w http.ResponseWriter, r *http.Request) {
	user, err := a.cfg.Org.People.LinkUser(r.Context(), linkOf(r))
	a.showChange(w, r, http.StatusOK, passwordForm{Username: user.Username}, err)
}

// change sets the password and logs its user in.
func (a *Auth) change(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	password, again := r.PostFormValue("newpassword"), r.PostFormValue("confirmpassword")
	token := linkOf(r)
	user, err := a.cfg.Org.People.LinkUser(r.Context(), token)
	form := passwordForm{Username: user.Username}
	switch {
	case err != nil:
	case !ownForm(r):
		form.Message = "Your page had expired. Please try again."
		a.showChange(w, r, http.StatusForbidden, form, nil)
		return
	case !a.attempts.Allow():
		form.Message = "Too many people are logging in at once. Please try again in a minute."
		a.showChange(w, r, http.StatusTooManyRequests, form, nil)
		return
	case password != again:
		err = people.BadPassword("The passwords don't match. Enter the same password twice.")
	default:
		_, err = a.cfg.Org.People.SetLinkedPassword(r.Context(), token, secret.String(password))
	}
	if err != nil {
		a.showChange(w, r, http.StatusBadRequest, form, err)
		return
	}
	http.SetCookie(w, &http.Cookie{Name: linkCookie, Path: changePath, MaxAge: -1, HttpOnly: true, Secure: r.TLS != nil,
		SameSite: http.SameSiteLaxMode})
	a.enter(w, r, user.ID, loginForm{})
}

func (a *Auth) showChange(w http.ResponseWriter, r *http.Request, status int, form passwordForm, err error) {
	bad, refused := errors.AsType[people.BadPassword](err)
	switch {
	case refused:
		form.Message = bad.Error()
	case errors.Is(err, people.ErrNoLink):
		status, form.Over, form.Message = http.StatusGone, true, linkOver
	case err != nil:
		a.broken(w, r, err)
		return
	}
	form.Token = giveToken(w, r)
	a.page(w, status, "change.html", form)
}
