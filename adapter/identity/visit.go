package identity

import (
	"encoding/base64"
	"net/http"

	"github.com/patchcord/patchcord/internal/fault"
	"github.com/patchcord/patchcord/internal/secret"
	"github.com/patchcord/patchcord/salesforce"
)

// Visit has a browser sign in to the adapter's own pages, and come back to a path of theirs. Nothing of the person is kept here: Admit
// takes in who it is.
func (i *Identity) Visit(w http.ResponseWriter, r *http.Request, back string) {
	begun := i.open("", "")
	begun.Back = back
	i.send(w, r, begun)
}

// admit ends such a sign-in.
func (i *Identity) admit(w http.ResponseWriter, r *http.Request, begun signIn) {
	ctx := r.Context()
	grant, err := i.cfg.App.Exchange(ctx, r.URL.Query().Get("code"), begun.Verifier)
	if err != nil || i.cfg.Admit == nil {
		i.refuse(w, r, fault.New(fault.Unsigned, err, "Salesforce did not confirm the sign-in: go back and try again."))
		return
	}
	userID := grant.Session.UserID
	client := salesforce.New(salesforce.Config{
		Session: grant.Session, HTTP: i.cfg.App.HTTP, Clock: i.cfg.Clock, Log: i.cfg.Log, Meter: i.cfg.Meter,
	})
	var user struct{ Name string }
	if err := client.Get(ctx, "User", userID, []string{"Name"}, &user); err != nil {
		user.Name = userID // whoever may not use the API may still look
	}
	i.cfg.Admit(w, r, userID, user.Name, begun.Back)
}

// SealText makes text unreadable and unchangeable to everybody else, for one use.
func (k Key) SealText(text, use string) string {
	return base64.RawURLEncoding.EncodeToString(k.Seal(secret.String(text), use))
}

// OpenText undoes SealText for the same use.
func (k Key) OpenText(sealed, use string) (string, error) {
	raw, err := base64.RawURLEncoding.DecodeString(sealed)
	if err != nil {
		return "", err
	}
	text, err := k.Open(raw, use)
	return text.Expose(), err
}
