package identity

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"sync"
	"time"

	"github.com/patchcord/patchcord/internal/secret"
	"github.com/patchcord/patchcord/salesforce"
)

// signIn is one popup between start and callback. It is kept by the popup itself, sealed, in a cookie: nobody can fill the adapter's
// memory by beginning sign-ins, and a restart between the two does not end them.
type signIn struct {
	State    string `json:"state"` // what the CRM hands back, never the same twice
	Origin   string `json:"origin"`
	User     string `json:"user,omitempty"` // CRM user for whom the page was made, 15 or 18 characters; "" if it did not say
	Verifier string `json:"verifier"`
	// Back is the path to go back to of a sign-in to the adapter's own pages; "" is a softphone's.
	Back    string `json:"back,omitempty"`
	Expires int64  `json:"expires"` // epoch seconds
}

// signInOwner is what a sealed sign-in is bound to; no user has such an id.
const signInOwner = "sign-in"

var errState = errors.New("not a sign-in of ours, or over")

// open begins a sign-in of a page.
func (i *Identity) open(origin, user string) signIn {
	return signIn{
		State: token(), Origin: origin, User: user, Verifier: salesforce.Verifier(), Expires: i.cfg.Clock.Now().Add(signInLife).Unix(),
	}
}

// seal is a sign-in as a cookie's value.
func (i *Identity) seal(s signIn) (string, error) {
	body, err := json.Marshal(s)
	if err != nil {
		return "", err
	}
	return base64.RawURLEncoding.EncodeToString(i.cfg.Key.Seal(secret.String(body), signInOwner)), nil
}

// take ends a sign-in: each state is good once, for the popup that began it.
func (i *Identity) take(sealed, state string) (signIn, error) {
	raw, err := base64.RawURLEncoding.DecodeString(sealed)
	if err != nil {
		return signIn{}, errState
	}
	body, err := i.cfg.Key.Open(raw, signInOwner)
	if err != nil {
		return signIn{}, errState
	}
	var s signIn
	if err := json.Unmarshal([]byte(body.Expose()), &s); err != nil {
		return signIn{}, err
	}
	now := i.cfg.Clock.Now()
	if s.State != state || s.Expires <= now.Unix() || !i.spent.first(state, now) {
		return signIn{}, errState
	}
	return s, nil
}

// maxSpent is how many states are remembered. Beyond it the oldest is forgotten; the CRM's code is good once all the same.
const maxSpent = 10_000

// spent remembers which states were taken. The zero value remembers none.
type spent struct {
	mu    sync.Mutex // guards order and at
	at    map[string]time.Time
	order []string // oldest first
}

// first says whether a state is taken for the first time, and remembers it for as long as a sign-in may last.
func (s *spent) first(state string, now time.Time) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, again := s.at[state]; again {
		return false
	}
	for len(s.order) > 0 && (len(s.order) >= maxSpent || now.Sub(s.at[s.order[0]]) > signInLife) {
		delete(s.at, s.order[0])
		s.order = s.order[1:]
	}
	if s.at == nil {
		s.at = map[string]time.Time{}
	}
	s.at[state] = now
	s.order = append(s.order, state)
	return true
}
