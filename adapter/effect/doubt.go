package effect

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/patchcord/patchcord/adapter/contact"
	"github.com/patchcord/patchcord/adapter/flow"
	"github.com/patchcord/patchcord/adapter/wire"
)

// doubt is a refusal of what nobody wants any more and what may have been done all the same: its answer was lost, with this program or
// with the page.
type doubt struct{ refused *flow.Refused }

func (d *doubt) Error() string { return d.refused.Reason }

func (d *doubt) Unwrap() error { return d.refused }

// unwanted refuses what nobody wants any more.
func unwanted(reason string, begun bool) error {
	refused := &flow.Refused{Reason: reason}
	if begun {
		return &doubt{refused}
	}
	return refused
}

// askedFor is how long a page may take to come back and say what became of a pop. The contact's Task waits for it.
const askedFor = time.Minute

// popped says which record opened by a pop that is in doubt; why stays the error where that is none, or where no page remembers it.
func (p *page) popped(ctx context.Context, effect flow.Effect, part string, why error) (record string, err error) {
	if _, ok := errors.AsType[*doubt](why); !ok {
		return "", why
	}
	p.hand.Park()
	limited, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	defer p.flows.cfg.Clock.AfterFunc(askedFor, func() { cancel(errTooLate) }).Stop()
	answer, err := p.flows.cfg.Hub.Do(limited, p.hand.Run.User, wire.Command{
		ID: effectID(p.hand.Run, effect) + part, Again: true, IfRemembered: true,
		Body: wire.CommandBody{Type: "screenPop", ScreenPop: &wire.ScreenPop{Type: "sobject", Params: json.RawMessage(`{}`)}},
	})
	p.mu.Lock()
	p.away += answer.Away
	p.mu.Unlock()
	var opened wire.Popped
	switch {
	case err != nil && errors.Is(context.Cause(limited), errTooLate):
		return "", why
	case err != nil:
		return "", err
	case answer.Outcome != wire.OutcomeDone || json.Unmarshal(answer.Value, &opened) != nil || !contact.IsRecordID(opened.RecordID):
		return "", why
	}
	return opened.RecordID, nil
}
