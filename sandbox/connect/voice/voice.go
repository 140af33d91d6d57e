// Package voice joins the contact centre to telephony: calls become contacts, and contacts get their audio.
//
// Read first: Voice, Offer, Answer. It knows no HTTP and no wire form of the agent's protocol.
package voice

import (
	"context"
	"errors"
	"log/slog"

	"github.com/patchcord/patchcord/sandbox/connect"
	"github.com/patchcord/patchcord/sandbox/telephony"
)

// What Invite refuses with.
var (
	ErrDenied = errors.New("the token is not for this call") // 403
	ErrNoCall = errors.New("no such call")                   // 404
	ErrBusy   = errors.New("the call has audio already")     // 486
)

// Config says what is joined.
type Config struct {
	Centre   *connect.Centre
	Exchange *telephony.Exchange
	Log      *slog.Logger
}

// Voice is the joint. It is safe for concurrent use.
type Voice struct{ cfg Config }

// New joins nothing before Run.
func New(cfg Config) *Voice { return &Voice{cfg: cfg} }

// Run joins until ctx ends; then every call is ended.
func (v *Voice) Run(ctx context.Context) error {
	<-ctx.Done()
	return nil
}

// Offer is a softphone's.
type Offer struct {
	SDP        string
	Candidates []Candidate
}

// Answer is ours.
type Answer struct {
	SDP        string
	Candidates []Candidate
}

// Candidate is an ICE candidate as browsers write it.
type Candidate = telephony.Candidate

// Invite answers a softphone that wants a contact's audio. ErrDenied, ErrNoCall, ErrBusy, or the offer cannot be used.
func (v *Voice) Invite(ctx context.Context, agent connect.AgentID, contact connect.ContactID, token string, offer Offer) (Answer, error) {
	return Answer{}, ErrNoCall
}

// Bye is a softphone that gives a contact's audio back.
func (v *Voice) Bye(ctx context.Context, agent connect.AgentID, contact connect.ContactID) error {
	return nil
}

// ICEServers relay an agent's audio.
func (v *Voice) ICEServers(agent connect.AgentID) ([]telephony.ICEServer, error) {
	return v.cfg.Exchange.TURNServers(string(agent))
}
