package socket

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/coder/websocket"

	"github.com/patchcord/patchcord/adapter/fact"
	"github.com/patchcord/patchcord/adapter/wire"
)

// take deals with a message.
func (h *Hub) take(p *page, kind websocket.MessageType, body []byte) error {
	m, err := parse(kind, body)
	switch {
	case err != nil:
		key := keyOf(body)
		if kind != websocket.MessageText || key == "" {
			return err
		}
		h.seldom.Do(func() { h.cfg.Log.WarnContext(p.ctx, "fact refused: not of its shape", "agent", p.user.ID, "err", err) })
		p.queue(wire.ToPage{Type: "refusal", Refusal: &wire.Refusal{Key: key, Reason: "malformed"}})
	case m.Event != nil:
		p.queue(h.keep(p, *m.Event))
	case m.Front != nil:
		h.stand(p, *m.Front)
	case m.Sees != nil:
		err := h.speaks(p, m.Sees.Agent)
		if err == nil {
			err = h.cfg.Sees(p.ctx, p.user.ID, p.id, *m.Sees)
		}
		h.mind(p, m.Sees.Agent, err)
	case m.Presence != nil && h.cfg.Presence != nil:
		if err := h.cfg.Presence(p.ctx, p.user.ID, *m.Presence); err != nil {
			h.seldom.Do(func() {
				h.cfg.Log.WarnContext(p.ctx, "reading of Omni-Channel not kept", "agent", p.user.ID, "err", err)
			})
		}
	case m.Result != nil:
		h.answered(p, *m.Result)
	}
	return nil
}

// speaksWithin is how long what a page tells waits until it is found out for whom it speaks. After that it is taken at its word, until that
// is found out.
const speaksWithin = time.Second

// speaks says whether a page speaks for another agent, if that is known soon; else the page hears of it later, unless it speaks for
// somebody else by then.
func (h *Hub) speaks(p *page, agent wire.Agent) error {
	h.mu.Lock()
	p.agent = agent.Username
	h.mu.Unlock()
	if h.cfg.Speaks == nil {
		return nil
	}
	limited, cancel := context.WithTimeout(p.ctx, speaksWithin)
	defer cancel()
	answer := make(chan error)
	h.pages.Go(func() {
		defer h.survive()
		err := h.cfg.Speaks(p.ctx, p.user.ID, agent)
		select {
		case answer <- err:
		case <-limited.Done():
			if err != nil {
				h.mind(p, agent, err)
			}
		}
	})
	select {
	case err := <-answer:
		return err
	case <-limited.Done():
		return nil
	}
}

// mind notes what was found out of an agent for whom a page speaks, and tells the page if there is something to tell.
func (h *Hub) mind(p *page, agent wire.Agent, err error) {
	if h.isOthers(p, agent, errors.Is(err, ErrOtherAgent)) && err != nil {
		p.queue(wire.ToPage{Type: "notice", Notice: noticeOf(err)})
	}
}

// Noticed is an error for the agent to read, with its code.
type Noticed struct {
	wire.Notice
	Err error // what it is, for programs
}

// Error is the sentence.
func (n *Noticed) Error() string { return n.Text }

// Unwrap is what it is.
func (n *Noticed) Unwrap() error { return n.Err }

// ErrOtherAgent is of a page that is signed in to the contact centre as another user than its CRM user is bound to.
var ErrOtherAgent = errors.New("the page speaks for another agent")

// isOthers notes whether an agent for whom a page speaks is another one: then it is asked for nothing at the contact centre, where it would
// be done to them. It says whether the page still speaks for that agent; else nothing is noted.
func (h *Hub) isOthers(p *page, agent wire.Agent, others bool) (still bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if p.agent != agent.Username {
		return false
	}
	if p.others != others {
		p.others = others
		h.report(p)
	}
	return true
}

func noticeOf(err error) *wire.Notice {
	if n, ok := errors.AsType[*Noticed](err); ok {
		return &n.Notice
	}
	return &wire.Notice{Level: "error", Text: err.Error()}
}

// keep makes a fact durable and says so to the page, or why not.
func (h *Hub) keep(p *page, e wire.Event) wire.ToPage {
	err := h.cfg.Keep(p.ctx, p.user.ID, p.id, e)
	if err == nil {
		return wire.ToPage{Type: "ack", Ack: &wire.Ack{Key: e.Key}}
	}
	refused, ok := errors.AsType[*fact.Refused](err)
	if !ok {
		if p.ctx.Err() != nil {
			return wire.ToPage{} // the page has gone, and tells it again to whoever takes it in
		}
		h.seldom.Do(func() { h.cfg.Log.ErrorContext(p.ctx, "fact not kept", "agent", p.user.ID, "err", err) })
		refused = &fact.Refused{Reason: "full", After: fullFor}
	}
	return wire.ToPage{Type: "refusal", Refusal: &wire.Refusal{Key: e.Key, Reason: refused.Reason, RetryAfter: refused.After.Milliseconds()}}
}

// fullFor is when a page sends again what could not be kept.
const fullFor = 5 * time.Second

// keyOf finds the key of an event that cannot be read otherwise; "" if it is none. It has to be refused: a page that was cut off instead
// would come back with it again and again, and tell nothing that is behind it.
func keyOf(body []byte) string {
	var m struct {
		Event struct {
			Key string `json:"key"`
		} `json:"event"`
	}
	if json.Unmarshal(body, &m) != nil || len(m.Event.Key) > fact.MaxKey {
		return ""
	}
	return m.Event.Key
}

func parse(kind websocket.MessageType, body []byte) (m wire.FromPage, err error) {
	if kind != websocket.MessageText {
		return m, errors.New("a binary message")
	}
	return m, json.Unmarshal(body, &m)
}
