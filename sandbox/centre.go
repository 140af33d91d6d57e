package sandbox

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/google/uuid"

	"github.com/patchcord/patchcord/sandbox/connect"
	"github.com/patchcord/patchcord/sandbox/connect/cti"
	"github.com/patchcord/patchcord/sandbox/connect/voice"
	"github.com/patchcord/patchcord/sandbox/telephony"
)

// openCentre reads the instance that was kept, or delivers a new one.
func openCentre(cfg Config) (*connect.Centre, error) {
	name := filepath.Join(cfg.Dir, "connect.json")
	keep := func(s connect.State) error { return write(name, s) }
	state, err := read(name)
	if errors.Is(err, os.ErrNotExist) {
		state, err = deliver(cfg)
		if err == nil {
			err = keep(state)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("contact centre: %w", err)
	}
	return connect.New(connect.Config{Clock: cfg.Clock, IDs: uuid.NewString, Log: cfg.Log, State: state, Keep: keep}), nil
}

func read(name string) (connect.State, error) {
	body, err := os.ReadFile(name)
	if err != nil {
		return connect.State{}, err
	}
	var s connect.State
	return s, json.Unmarshal(body, &s)
}

// write replaces a file whole or not at all.
func write(name string, s connect.State) error {
	body, err := json.Marshal(s)
	if err != nil {
		return err
	}
	if err := os.WriteFile(name+".new", body, 0o600); err != nil {
		return err
	}
	return os.Rename(name+".new", name)
}

// Region is where the sandbox's instance says that it is.
const Region = "us-east-1"

func deliver(cfg Config) (connect.State, error) {
	hash, err := connect.HashPassword(cfg.Password)
	if err != nil {
		return connect.State{}, err
	}
	instance := connect.Instance{
		ID: uuid.NewString(), Alias: cfg.Alias, Region: Region, Account: "123456789012", Number: cfg.Number, Created: cfg.Clock.Now(),
		AccessKeyID: cfg.AccessKeyID, SecretKey: cfg.SecretKey.Expose(),
	}
	profiles := map[string]string{"administrator": "Admin", "manager": "CallCenterManager", "agent": "Agent"}
	var users []connect.User
	for _, p := range cfg.People {
		users = append(users, connect.User{
			Username: p.Connect, FirstName: p.FirstName, LastName: p.LastName, PasswordHash: hash,
			SecurityProfiles: []connect.SecurityProfileID{instance.DefaultSecurityProfile(profiles[p.Role])},
		})
	}
	key := make([]byte, 32)
	_, _ = rand.Read(key) // never fails
	state := connect.NewInstance(instance, users, uuid.NewString, key)
	for _, q := range cfg.QuickConnects {
		one := connect.QuickConnect{ID: connect.QuickConnectID(uuid.NewString()), Name: q.Name, Type: connect.ToNumber, Number: q.Number}
		state.QuickConnects = append(state.QuickConnects, one)
		state.Queues[0].QuickConnects = append(state.Queues[0].QuickConnects, one.ID)
	}
	return state, nil
}

// softphone lets the agents' edge reach audio.
type softphone struct {
	voice    *voice.Voice
	exchange *telephony.Exchange
}

var _ cti.Softphone = softphone{}

// Invite brings an agent's audio.
func (p softphone) Invite(ctx context.Context, agent connect.AgentID, contact connect.ContactID, in cti.Invitation) (cti.Answer, error) {
	offer := telephony.Offer{SDP: in.SDP}
	for _, c := range in.Candidates {
		offer.Candidates = append(offer.Candidates, telephony.Candidate(c))
	}
	answer, peer, err := p.voice.Invite(ctx, agent, contact, offer)
	switch {
	case errors.Is(err, voice.ErrNoCall):
		return cti.Answer{}, &cti.Refused{Code: 404, Text: err.Error()}
	case errors.Is(err, voice.ErrNotYours):
		return cti.Answer{}, &cti.Refused{Code: 403, Text: err.Error()}
	case err != nil:
		return cti.Answer{}, &cti.Refused{Code: 400, Text: err.Error()}
	}
	ours := cti.Answer{SDP: answer.SDP, Peer: peer}
	for _, c := range answer.Candidates {
		ours.Candidates = append(ours.Candidates, cti.Candidate(c))
	}
	return ours, nil
}

// Bye lets an agent's audio go.
func (p softphone) Bye(agent connect.AgentID, contact connect.ContactID, peer string) {
	p.voice.Bye(agent, contact, peer)
}

// Servers are the TURN servers.
func (p softphone) Servers(user string) ([]cti.ICEServer, error) {
	servers, err := p.exchange.TURNServers(user)
	var out []cti.ICEServer
	for _, s := range servers {
		out = append(out, cti.ICEServer(s))
	}
	return out, err
}
