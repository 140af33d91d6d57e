package socket

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/patchcord/patchcord/adapter/wire"
	"github.com/patchcord/patchcord/internal/clock"
)

// ErrNoPage means that ctx ended before any page of the user could be asked.
var ErrNoPage = errors.New("no softphone page of this agent was connected")

// Answer is how a command ended.
type Answer struct {
	wire.Result
	Away time.Duration // in which no page was there to be asked
}

// pending is a command without a result yet. The hub's lock guards it.
type pending struct {
	command wire.Command
	kind    wire.Kind
	page    *page           // that was asked last and is still connected; nil for none
	asked   map[string]bool // ids of pages that were asked
	first   string          // id of the page that was asked first; "" for none
	unable  map[string]bool // ids of pages that have not the capability after all
	result  *wire.Result    // nil until it is settled
	settled chan struct{}   // closed when there is a result
	since   time.Time       // since when no page is there to be asked; zero while one is
	away    time.Duration
	// unwanted says that nobody is to begin it any more.
	unwanted bool
	due      clock.Timer // until when the page must have answered; nil before it is asked
}

// Do has a page of the user carry out a command and waits for its result. Its id makes it happen once: a page that comes back after a
// reload gets it again and answers with what it did. The outcome unknown is of a command that must not be repeated and may have been done.
// ErrNoPage if ctx ends before anybody could be asked; ctx's error if it ends later.
func (h *Hub) Do(ctx context.Context, userID string, command wire.Command) (Answer, error) {
	kind, ok := wire.KindOf(command.Body.Type)
	if !ok {
		return Answer{}, errors.New("no command " + command.Body.Type)
	}
	waiting := &pending{command: command, kind: kind, asked: map[string]bool{}, unable: map[string]bool{},
		settled: make(chan struct{}), since: h.cfg.Clock.Now()}
	if err := h.begin(userID, waiting); err != nil {
		return Answer{}, err
	}
	select {
	case <-waiting.settled:
	case <-ctx.Done():
	case <-h.ctx.Done():
	}
	asked, result := h.finish(userID, waiting)
	answer := Answer{Away: h.awayOf(waiting)}
	switch {
	case result != nil: // it counts even if ctx ended in this moment
		answer.Result = *result
		return answer, nil
	case ctx.Err() == nil:
		return Answer{}, context.Canceled
	case !asked:
		return answer, ErrNoPage
	}
	return answer, ctx.Err()
}

// GiveUp says that nobody wants a command any more, and whether it has to be waited for all the same: a page has it in hand, or may have
// begun what must not be repeated. If that page goes away, the others only say what became of it.
func (h *Hub) GiveUp(userID, id string) (underWay bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	p, ok := h.users[userID]
	if !ok {
		return false
	}
	waiting, ok := p.pending[id]
	if !ok {
		return false
	}
	waiting.unwanted = waiting.kind.Repeatable
	return waiting.page != nil || waiting.first != "" && !waiting.kind.Repeatable
}

func (h *Hub) awayOf(waiting *pending) time.Duration {
	h.mu.Lock()
	defer h.mu.Unlock()
	if waiting.since.IsZero() {
		return waiting.away
	}
	return waiting.away + h.cfg.Clock.Now().Sub(waiting.since)
}

func (h *Hub) begin(userID string, waiting *pending) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	p := h.presence(userID)
	if len(p.pending) >= maxPending || p.pending[waiting.command.ID] != nil {
		h.tidy(userID, p)
		return errors.New("too many commands wait for this agent's page")
	}
	p.pending[waiting.command.ID] = waiting
	p.order = append(p.order, waiting)
	h.hand(p, waiting)
	return nil
}

// finish forgets a command, and says how it stands: from then on no page is asked and no result taken.
func (h *Hub) finish(userID string, waiting *pending) (asked bool, result *wire.Result) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if waiting.due != nil {
		waiting.due.Stop()
	}
	p := h.presence(userID)
	delete(p.pending, waiting.command.ID)
	if i := slices.Index(p.order, waiting); i >= 0 {
		p.order = slices.Delete(p.order, i, i+1)
	}
	h.tidy(userID, p)
	return waiting.first != "", waiting.result
}

// hand gives a command to the page in front, unless one has it; h.mu is held.
func (h *Hub) hand(p *presence, waiting *pending) {
	if waiting.page != nil || waiting.result != nil {
		return
	}
	pg := h.choose(p, waiting)
	if pg == nil {
		if waiting.since.IsZero() && len(p.pages) == 0 {
			waiting.since = h.cfg.Clock.Now()
		}
		return
	}
	if !waiting.since.IsZero() {
		waiting.away += h.cfg.Clock.Now().Sub(waiting.since)
		waiting.since = time.Time{}
	}
	command := waiting.command
	command.Again = command.Again || waiting.first != ""
	command.IfRemembered = command.IfRemembered || waiting.unwanted
	waiting.page, waiting.asked[pg.id] = pg, true
	if waiting.first == "" {
		waiting.first = pg.id
	}
	if waiting.due == nil || waiting.kind.Repeatable {
		h.await(pg.user.ID, waiting)
	}
	pg.queue(wire.ToPage{Type: "command", Command: &command})
}

// await gives whoever has a command the time that it may take; h.mu is held.
func (h *Hub) await(userID string, waiting *pending) {
	if waiting.due != nil {
		waiting.due.Stop()
	}
	var due clock.Timer
	due = h.cfg.Clock.AfterFunc(waiting.kind.Within+wire.Grace, func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		if waiting.due == due {
			h.late(userID, waiting)
		}
	})
	waiting.due = due
}

// choose finds the page to ask. What must not be repeated is asked again only of the page that has begun it; h.mu is held.
func (h *Hub) choose(p *presence, waiting *pending) *page {
	var best *page
	for _, pg := range p.pages {
		switch {
		case waiting.unable[pg.id] || !pg.can(waiting.kind.Needs):
		case waiting.first != "" && !waiting.kind.Repeatable && pg.id != waiting.first:
		case best == nil || pg.before(best):
			best = pg
		}
	}
	return best
}

// late deals with a page that has not answered in time: what may be repeated is asked of the next page, once; what may not is unknown.
// h.mu is held.
func (h *Hub) late(userID string, waiting *pending) {
	p := h.presence(userID)
	defer h.tidy(userID, p)
	if p.pending[waiting.command.ID] != waiting {
		return
	}
	if !waiting.kind.Repeatable {
		waiting.settle(wire.Result{ID: waiting.command.ID, Outcome: wire.OutcomeUnknown})
		return
	}
	if waiting.page == nil { // it went away before it answered, and is asked again when it comes back
		waiting.due = nil
		return
	}
	for id := range waiting.asked {
		waiting.unable[id] = true
	}
	waiting.page, waiting.due = nil, nil
	if h.hand(p, waiting); waiting.page == nil {
		waiting.settle(wire.Result{ID: waiting.command.ID, Outcome: wire.OutcomeRefused, Error: wire.ReasonSilent})
	}
}

// answered takes a page's result; a second one is dropped.
func (h *Hub) answered(pg *page, r wire.Result) {
	h.mu.Lock()
	defer h.mu.Unlock()
	p := h.presence(pg.user.ID)
	defer h.tidy(pg.user.ID, p)
	waiting, ok := p.pending[r.ID]
	if !ok && pg.node == "" && p.holder.Node != "" {
		h.send(Letter{Kind: LetterResult, User: pg.user.ID}, about{Page: pg.id, Result: &r})
		return
	}
	if !ok || !waiting.asked[pg.id] {
		return // nobody asked this page for it
	}
	switch r.Outcome {
	case wire.OutcomeUnable:
	case wire.OutcomeDone, wire.OutcomeRefused, wire.OutcomeUnknown:
		waiting.settle(r)
		return
	default: // whatever it means, it may have been begun
		r.Outcome = wire.OutcomeUnknown
		waiting.settle(r)
		return
	}
	waiting.unable[pg.id] = true
	if waiting.page == pg {
		waiting.page = nil
	}
	if waiting.first == pg.id && !waiting.kind.Repeatable {
		waiting.first = "" // it has not begun it
	}
	h.hand(p, waiting)
	if waiting.page == nil && len(p.pages) > 0 && !h.anybodyLeft(p, waiting) {
		waiting.settle(wire.Result{ID: r.ID, Outcome: wire.OutcomeRefused, Error: r.Error, Code: r.Code, Args: r.Args})
	}
}

// anybodyLeft says whether a page of the user may still answer; h.mu is held.
func (h *Hub) anybodyLeft(p *presence, waiting *pending) bool {
	return slices.ContainsFunc(p.pages, func(pg *page) bool { return !waiting.unable[pg.id] && pg.can(waiting.kind.Needs) })
}

// settle ends a command; the hub's lock is held.
func (p *pending) settle(r wire.Result) {
	if p.result == nil {
		p.result = &r
		close(p.settled)
	}
}
