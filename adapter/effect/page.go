package effect

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/patchcord/patchcord/adapter/agent"
	"github.com/patchcord/patchcord/adapter/contact"
	"github.com/patchcord/patchcord/adapter/flow"
	"github.com/patchcord/patchcord/adapter/run"
	"github.com/patchcord/patchcord/adapter/socket"
	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/adapter/told"
	"github.com/patchcord/patchcord/adapter/wire"
)

const (
	parkAfter  = 300 * time.Millisecond // a page that takes longer is slow, and others go on meanwhile
	wantedFor  = 5 * time.Minute        // that a pop waits for a page
	clickedFor = 15 * time.Second       // that a click on a number waits for one: nobody expects the call later
	loggedFor  = 5 * time.Second        // that a line for the browser's console waits for one
	backWithin = time.Minute            // that a page may be away which was asked, beyond the time in which one had to be asked
	freshFor   = 500 * time.Millisecond // that what began a run may have taken to arrive, to be known from memory
)

// page lets a run's blocks act through the agent's softphone pages, and keeps what must outlive the program.
type page struct {
	flows   *Flows
	hand    *run.Hand
	resumed bool

	mu      sync.Mutex // guards what follows
	steps   []flow.Step
	told    bool // a page was asked to dial, and says itself what comes of it
	away    time.Duration
	records []string // that popped
	caller  *wire.Caller
	refused []string // ids of dials that were refused
}

var (
	_ flow.Page     = (*page)(nil)
	_ flow.Recorder = (*page)(nil)
	_ flow.Away     = (*page)(nil)
)

// Pop opens a record.
func (p *page) Pop(ctx context.Context, effect flow.Effect, recordID string) error {
	params, err := json.Marshal(map[string]string{"recordId": recordID})
	if err != nil {
		return err
	}
	_, err = p.ask(ctx, effect, "", wire.CommandBody{Type: "screenPop", ScreenPop: &wire.ScreenPop{Type: "sobject", Params: params}})
	if err != nil {
		_, err = p.popped(ctx, effect, "", err)
	}
	if err == nil {
		p.notePopped(recordID)
	}
	return err
}

// Log writes to the browser's console.
func (p *page) Log(ctx context.Context, effect flow.Effect, line flow.LogLine) error {
	_, err := p.ask(ctx, effect, "", wire.CommandBody{Type: "log", Log: &wire.LogLine{Level: line.Level, Message: line.Message}})
	if _, no := errors.AsType[*flow.Refused](err); no {
		return nil // nobody looks
	}
	return err
}

// Dial calls a number. That it is begun is on disk before any page is asked, with the record on which it was clicked.
func (p *page) Dial(ctx context.Context, effect flow.Effect, d flow.Dial) error {
	r := &p.hand.Run
	id := effectID(*r, effect)
	if !effect.Again {
		begun := agent.Dial{Effect: id, Number: d.PhoneNumber, Record: clickedRecord(r.Body.Fact.Payload), At: p.flows.cfg.Clock.Now()}
		if err := p.begin(ctx, func(a agent.State) agent.State { return a.Dialled(begun) }); err != nil {
			return err
		}
	}
	_, err := p.ask(ctx, effect, "", wire.CommandBody{Type: "dial", Dial: &wire.Dial{PhoneNumber: d.PhoneNumber, QueueARN: d.QueueARN}})
	if _, no := errors.AsType[*flow.Refused](err); no {
		p.mu.Lock()
		p.refused = append(p.refused, id)
		p.mu.Unlock()
	}
	return err
}

// clickedRecord is the record on which a number was clicked; "" for none. Source: Open CTI, onClickToDial.
func clickedRecord(payload json.RawMessage) string {
	var click struct {
		RecordID string `json:"recordId"`
	}
	if json.Unmarshal(payload, &click) != nil {
		return ""
	}
	return click.RecordID
}

// begin makes durable, in one transaction, that a block is about to do what must not happen twice, and what that changes of the agent.
// flow.ErrNotBegun if it cannot.
func (p *page) begin(ctx context.Context, change func(agent.State) agent.State) error {
	p.mu.Lock()
	steps := p.steps
	p.mu.Unlock()
	if err := p.save(ctx, steps, change); err != nil {
		return fmt.Errorf("%w: %w", flow.ErrNotBegun, err)
	}
	return nil
}

// Begin keeps the steps so far for the block that is about to act: what it does is made durable with them.
func (p *page) Begin(_ context.Context, steps []flow.Step) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.steps = steps
	return nil
}

// End makes durable how a block ended that must not act twice.
func (p *page) End(ctx context.Context, steps []flow.Step) error {
	p.mu.Lock()
	refused := p.refused
	p.mu.Unlock()
	return p.save(ctx, steps, func(a agent.State) agent.State {
		for _, id := range refused {
			a = a.NotDialled(id)
		}
		return a
	})
}

// save writes how far the run has come, and what that changes of the agent.
func (p *page) save(ctx context.Context, steps []flow.Step, change func(agent.State) agent.State) error {
	r := &p.hand.Run
	body, err := json.Marshal(steps)
	if err != nil {
		return err
	}
	r.Body.Steps = body
	err = p.flows.cfg.Store.Do(ctx, r.User, func(tx *store.Tx) error {
		a := agent.New(r.User)
		if err := tx.State(r.User, "", &a); err != nil {
			return err
		}
		if err := tx.PutState(r.User, "", p.flows.cfg.Clock.Now(), true, change(a)); err != nil {
			return err
		}
		return tx.SaveRun(*r)
	})
	return ours(err)
}

// Away is how long the run waited while no page was there.
func (p *page) Away() time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.away
}

func (p *page) hasTold() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.told
}

func (p *page) notePopped(record string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.records = append(p.records, record)
}

// learned keeps what popped for the run's contact, and who calls.
func (p *page) learned(tx *store.Tx) ([]*store.Run, error) {
	p.mu.Lock()
	popped, caller := p.records, p.caller
	p.mu.Unlock()
	r := p.hand.Run
	if len(popped) == 0 && caller == nil || r.Contact == "" {
		return nil, nil
	}
	return nil, changeContact(tx, r.User, r.Contact, p.flows.cfg.Clock.Now(), func(s contact.State) contact.State {
		for _, record := range popped {
			s = s.Pop(record, r.Body.Fact.At)
		}
		if isKnown := s.Caller != nil && s.Caller.Kind == wire.CallerKnown; caller != nil && (!isKnown || caller.Kind == wire.CallerKnown) {
			s.Caller = caller // nobody who is known becomes a stranger by another search
		}
		return s
	})
}

// ask has a page carry out a command, and gives what it answers. part names one of several commands of an effect.
func (p *page) ask(ctx context.Context, effect flow.Effect, part string, body wire.CommandBody) (json.RawMessage, error) {
	r := p.hand.Run
	kind, ok := wire.KindOf(body.Type)
	if !ok {
		return nil, fmt.Errorf("no command %s", body.Type)
	}
	command := wire.Command{ID: effectID(r, effect) + part, Body: body, Again: effect.Again}
	limited, giveUp, stop := p.limited(ctx, command.ID)
	defer stop()
	if pops(kind) {
		defer p.flows.waits.add(r.User+"|"+r.Contact, giveUp)() // first: an end that is not known yet gives it up
	}
	if err := p.wanted(ctx, kind, effect); err != nil {
		return nil, err
	}
	answer, err := p.wait(limited, kind, command, giveUp, stop)
	unasked := errors.Is(err, socket.ErrNoPage)
	tooLate := ctx.Err() == nil && (unasked || errors.Is(err, errTooLate))
	// Of what may have been begun nobody tells any more what became of it.
	unknown := tooLate && !kind.Repeatable && (effect.Again || !unasked) || err == nil && answer.Outcome == wire.OutcomeUnknown
	p.mu.Lock()
	p.away += answer.Away
	p.told = p.told || kind.Name == "dial" && !unasked && !unknown
	p.mu.Unlock()
	switch {
	case unknown:
		return nil, flow.ErrUnknown
	case tooLate:
		return nil, unwanted(wire.ReasonAway, effect.Again || kind.Name == "screenPop" && !unasked)
	case err != nil:
		return nil, err
	case answer.Outcome == wire.OutcomeDone:
		return answer.Value, nil
	}
	return nil, refusalOf(answer.Result)
}

// refusalOf is a page's no, in the catalogue's words where it says by a code why.
func refusalOf(r wire.Result) *flow.Refused {
	if !told.Knows(r.Code) {
		return &flow.Refused{Reason: r.Error}
	}
	return &flow.Refused{Reason: told.English(r.Code, r.Args), Code: r.Code, Args: r.Args}
}

// wanted refuses what nobody wants any more. What may have been begun is asked about, however late.
func (p *page) wanted(ctx context.Context, kind wire.Kind, effect flow.Effect) error {
	age := p.age()
	switch {
	case kind.Name == "dial" && !effect.Again && age > clickedFor:
		return &flow.Refused{Reason: told.English(told.CodeDialLate, nil), Code: told.CodeDialLate}
	case kind.Contact && (p.resumed || !p.surelyOn()):
		late, err := p.flows.tooLate(ctx, p.hand.Run)
		if err != nil {
			return err
		}
		if late {
			return unwanted(wire.ReasonLate, effect.Again)
		}
	}
	return nil
}

// pops is true for the commands by which a contact's record pops.
func pops(kind wire.Kind) bool { return kind.Contact || kind.Name == "softphoneLayout" }

// surelyOn says that the run's contact is on, without a look into the store. What came late may have come together with its end, and of
// what nobody could date nobody knows whether it came late.
func (p *page) surelyOn() bool {
	r := &p.hand.Run
	f := r.Body.Fact
	return r.Contact != "" && !f.Misdated && r.Created.Sub(f.At) <= freshFor && p.flows.ends.surelyOn(r.User+"|"+r.Contact, f.At)
}

// age is how long ago that happened which began the run; none if the clock was set back since.
func (p *page) age() time.Duration {
	return max(0, p.flows.cfg.Clock.Now().Sub(p.hand.Run.Body.Fact.At))
}

// limited is a context for one command. stop ends it, giveUp does unless a page has the command in hand.
func (p *page) limited(ctx context.Context, id string) (limited context.Context, giveUp, stop func()) {
	limited, cancel := context.WithCancelCause(ctx)
	stop = func() { cancel(errTooLate) }
	return limited, func() {
		if !p.flows.cfg.Hub.GiveUp(p.hand.Run.User, id) {
			stop()
		}
	}, stop
}

// wait bounds how long a command waits for a page to be asked. Once one is asked, the hub bounds its answer, unless the page goes away:
// it has a minute more to come back.
func (p *page) wait(ctx context.Context, kind wire.Kind, command wire.Command, giveUp, stop func()) (socket.Answer, error) {
	if errors.Is(context.Cause(ctx), errTooLate) {
		return socket.Answer{}, socket.ErrNoPage
	}
	x, r := p.flows, p.hand.Run
	patience := loggedFor
	switch {
	case pops(kind):
		patience = wantedFor - p.age()
	case kind.Name == "dial" && command.Again:
		patience = clickedFor // from now on: a page may know what became of it
	case kind.Name == "dial":
		patience = clickedFor - p.age()
	}
	late := x.cfg.Clock.AfterFunc(max(patience, 0), giveUp)
	defer late.Stop()
	last := x.cfg.Clock.AfterFunc(max(patience, 0)+backWithin, stop)
	defer last.Stop()
	slow := x.cfg.Clock.AfterFunc(parkAfter, p.hand.Park)
	defer slow.Stop()
	answer, err := x.cfg.Hub.Do(ctx, r.User, command)
	if err != nil && !errors.Is(err, socket.ErrNoPage) && errors.Is(context.Cause(ctx), errTooLate) {
		err = errTooLate // it was asked in this moment
	}
	return answer, err
}
