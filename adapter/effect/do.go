package effect

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	"github.com/patchcord/patchcord/adapter/agent"
	"github.com/patchcord/patchcord/adapter/flow"
	"github.com/patchcord/patchcord/adapter/presence"
	"github.com/patchcord/patchcord/adapter/wire"
)

// Do carries out a command of the page's table. That one is begun which must not happen twice is on disk before any page is asked.
func (p *page) Do(ctx context.Context, effect flow.Effect, c flow.Command) (any, error) {
	kind, ok := wire.KindOf(c.Name)
	if !ok {
		return nil, &flow.Refused{Reason: "the softphone pages of this version have no command " + c.Name}
	}
	body, err := bodyOf(kind, c.Args)
	if err != nil {
		return nil, &flow.Refused{Reason: fmt.Sprintf("the command %s does not take its inputs: %v", c.Name, err)}
	}
	if body.Omni != nil && body.Omni.StatusID != "" {
		if body.Omni.StatusID, err = p.statusID(ctx, body.Omni.StatusID); err != nil {
			return nil, err
		}
	}
	if p.age() > wantedFor && (kind.Repeatable || !effect.Again) {
		return nil, unwanted(wire.ReasonLate, effect.Again)
	}
	if !kind.Repeatable && !effect.Again {
		if err := p.begin(ctx, func(a agent.State) agent.State { return a }); err != nil {
			return nil, err
		}
	}
	if side, status, ok := statusOf(body); ok && !effect.Again {
		if err := p.begin(ctx, func(a agent.State) agent.State { return p.marked(a, side, status) }); err != nil {
			return nil, err
		}
	}
	answer, err := p.ask(ctx, effect, "", body)
	if err != nil || len(answer) == 0 {
		return nil, err
	}
	var value any
	if err := json.Unmarshal(answer, &value); err != nil {
		return nil, &flow.Refused{Reason: "what the softphone page answered cannot be read"}
	}
	return value, nil
}

// bodyOf is a command as it goes to the page.
func bodyOf(kind wire.Kind, args map[string]any) (body wire.CommandBody, err error) {
	whole := map[string]any{"type": kind.Name}
	switch {
	case kind.Member != "" && args != nil:
		whole[kind.Member] = args
	case kind.Member != "":
		whole[kind.Member] = map[string]any{}
	case len(args) > 0:
		return body, fmt.Errorf("it takes none")
	}
	text, err := json.Marshal(whole)
	if err != nil {
		return body, err
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	return body, decoder.Decode(&body)
}

// statusID finds a status of Omni-Channel by its developer name or id.
func (p *page) statusID(ctx context.Context, name string) (id string, err error) {
	err = p.flows.patiently(ctx, p.hand, func(ctx context.Context) (err error) {
		id, err = p.flows.cfg.StatusID(ctx, p.hand.Run.User, name)
		return err
	})
	if err == nil && id == "" {
		err = &flow.Refused{Reason: fmt.Sprintf("Omni-Channel has no status of the developer name or id %s", name)}
	}
	return id, err
}

// statusOf is which presence a command changes, and to what; "" is not known before it is done.
func statusOf(body wire.CommandBody) (side presence.Side, status string, ok bool) {
	switch {
	case body.SetStatus != nil:
		return presence.Centre, body.SetStatus.Name, true
	case body.Omni != nil && body.Omni.Method == "logout":
		return presence.Org, presence.Offline, true
	case body.Omni != nil && (body.Omni.Method == "setStatus" || body.Omni.Method == "login"):
		return presence.Org, "", true
	}
	return "", "", false
}

// marked notes that a flow is about to change a presence, so that it can be read who did.
func (p *page) marked(a agent.State, side presence.Side, status string) agent.State {
	a.Sync = a.Sync.Note(side, status, p.hand.Run.Flow, p.flows.cfg.Clock.Now())
	return a
}
