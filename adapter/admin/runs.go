package admin

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"unicode/utf8"

	"github.com/patchcord/patchcord/adapter/flow"
	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/adapter/told"
	"github.com/patchcord/patchcord/internal/fault"
)

// Bounds of what an answer tells of steps. The rest is asked for by a run's id.
const (
	maxValues    = 512 << 10 // bytes of all inputs and results in one answer
	maxValue     = 4 << 10   // bytes of one of them among others
	maxOwnValues = 2 << 20   // bytes in an answer about one run
	maxOwnValue  = 300 << 10 // bytes of one of them there: as much as a block may give
	maxSteps     = 100       // of a run among others
	maxOwnSteps  = 200       // in an answer about one run
)

// room is what an answer has left for values.
type room struct {
	left int
	own  bool // it is about one run
}

func (r *room) value() int {
	if r.own {
		return maxOwnValue
	}
	return maxValue
}

var statuses = map[store.Status]RunStatus{
	store.Waiting: RunWaiting, store.Completed: RunCompleted, store.Partial: RunPartial, store.Failed: RunFailed, store.GivenUp: RunGivenUp,
	store.NotRun: RunNotRun,
}

// runOf is a run with the first of its steps; nil has no room for any.
func runOf(r store.Run, agent Agent, room *room) Run {
	out := Run{
		ID: r.ID, Contact: r.Contact, Agent: agent, Kind: r.Kind, Flow: r.Flow, Status: statuses[r.Status], Created: utc(r.Created),
		Ended: utcOrNil(r.Ended), Took: r.Body.Took.Milliseconds(), Tries: r.Body.Tries, Version: r.Body.Version, Steps: []Step{},
		CanRetry: r.Status.Open() || r.Status == store.GivenUp, CanDrop: r.Status.Open() || r.Status == store.GivenUp,
	}
	if r.Body.Fact.Source != "" {
		out.Event = r.Body.Fact.Name()
	}
	if r.Status.Open() {
		out.Wake = utcOrNil(r.Wake)
	}
	if why, ok := told.OfRun(Told(r)); ok {
		out.Why = &why
	}
	steps := stepsOf(r)
	out.StepsTotal = len(steps)
	if room != nil {
		out.Steps = stepsFrom(steps, 0, maxSteps, room)
	}
	return out
}

// stepsFrom shows steps, beginning with one, as far as there is room for their values.
func stepsFrom(all []flow.Step, from, limit int, room *room) []Step {
	shown := []Step{}
	for i := from; i < len(all) && len(shown) < limit; i++ {
		s := all[i]
		out := Step{Number: i + 1, Action: string(s.Action), In: s.In, Type: s.Type, Title: s.Title, Port: string(s.Port),
			Problem: s.Problem, Warning: s.Warning, Open: s.Open, Started: utc(s.Started), Took: s.Took.Milliseconds()}
		if len(s.Inputs) > 0 {
			out.Inputs, out.InputsCut = room.take(s.Inputs)
		}
		if s.Result != nil {
			out.Result, out.ResultCut = room.take(s.Result)
		}
		shown = append(shown, out)
	}
	return shown
}

// take is a value as JSON, or its beginning as a text, with the size that it has as a whole.
func (r *room) take(v any) (body json.RawMessage, cut int) {
	body, err := json.Marshal(v)
	if err != nil {
		return nil, 0
	}
	most := max(0, min(r.value(), r.left))
	if len(body) <= most {
		r.left -= len(body)
		return body, 0
	}
	whole, end := len(body), most/2 // a text of JSON may need twice the room
	for end > 0 && !utf8.RuneStart(body[end]) {
		end--
	}
	text, err := json.Marshal(string(body[:end]) + "…")
	if err != nil {
		return nil, whole
	}
	r.left -= len(text)
	return text, whole
}

// runID reads which run is meant.
func runID(r *http.Request) (int64, error) {
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	if err != nil || id < 1 {
		return 0, errNoRun
	}
	return id, nil
}

var errNoRun = fault.New(fault.Missing, nil, "There is no such run, or it is not of one of your calls.")

// steps answers GET runs/{id}/steps.
func (a *Admin) steps(ctx context.Context, p person, r *http.Request) (any, error) {
	id, err := runID(r)
	if err != nil {
		return nil, err
	}
	from, err := strconv.Atoi("0" + r.URL.Query().Get("from"))
	if err != nil || from < 0 {
		return nil, fault.New(fault.Invalid, err, "from is the number of a step.")
	}
	var found store.Run
	err = a.cfg.Store.View(ctx, func(tx *store.Tx) (err error) {
		found, err = tx.Run(id)
		return err
	})
	switch {
	case errors.Is(err, store.ErrNone), err == nil && p.sees == Own && found.User != p.user:
		return nil, errNoRun
	case err != nil:
		return nil, err
	}
	all := stepsOf(a.cfg.Mask.Run(found))
	room := &room{left: maxOwnValues, own: true}
	out := StepList{Total: len(all), Steps: stepsFrom(all, max(0, from-1), maxOwnSteps, room)}
	if n := len(out.Steps); n > 0 && out.Steps[n-1].Number < len(all) {
		out.Next = out.Steps[n-1].Number + 1
	}
	return out, nil
}

// retry answers POST runs/{id}/retry: a run that waits goes on at once, one that was given up begins anew where it stopped.
func (a *Admin) retry(ctx context.Context, p person, r *http.Request) (any, error) {
	id, err := runID(r)
	if err != nil {
		return nil, err
	}
	user, err := a.userOf(ctx, id)
	if err != nil {
		return nil, err
	}
	var again *store.Run
	err = a.cfg.Store.Do(ctx, user, func(tx *store.Tx) error {
		again = nil
		found, err := tx.Run(id)
		if err != nil {
			return err
		}
		if found.Status.Open() {
			return nil
		}
		reopened, err := tx.Reopen(id)
		again = &reopened
		return err
	})
	if err != nil {
		return nil, unchanged(err)
	}
	if again != nil {
		a.cfg.Start(again)
	} else {
		a.cfg.Again(user, id)
	}
	a.cfg.Log.InfoContext(ctx, "run tried again by hand", "run", id, "by", p.name)
	return Done{true}, nil
}

// drop answers POST runs/{id}/drop.
func (a *Admin) drop(ctx context.Context, p person, r *http.Request) (any, error) {
	id, err := runID(r)
	if err != nil {
		return nil, err
	}
	user, err := a.userOf(ctx, id)
	if err != nil {
		return nil, err
	}
	err = a.cfg.Store.Do(ctx, user, func(tx *store.Tx) error {
		return tx.DropRun(id, fmt.Sprintf("It was dropped by %s.", p.name), a.cfg.Clock.Now())
	})
	if err != nil {
		return nil, unchanged(err)
	}
	a.cfg.Again(user, id)
	a.cfg.Log.InfoContext(ctx, "run dropped by hand", "run", id, "by", p.name)
	return Done{true}, nil
}

// userOf is whose a run is, damaged or not.
func (a *Admin) userOf(ctx context.Context, id int64) (user string, err error) {
	err = a.cfg.Store.View(ctx, func(tx *store.Tx) error {
		found, err := tx.Run(id)
		if user = found.User; errors.Is(err, store.ErrDamaged) {
			return nil
		}
		return err
	})
	if err != nil {
		return "", unchanged(err)
	}
	return user, nil
}

// unchanged says why a run stays as it is.
func unchanged(err error) error {
	switch {
	case errors.Is(err, store.ErrNone):
		return errNoRun
	case errors.Is(err, store.ErrStale):
		return fault.New(fault.Conflict, err, "This run has ended meanwhile: look at it again.")
	case errors.Is(err, store.ErrDamaged):
		return fault.New(fault.Conflict, err, "What was kept of this run cannot be read: it can only be dropped.")
	}
	return err
}
