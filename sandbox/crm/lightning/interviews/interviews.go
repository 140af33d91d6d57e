// Package interviews runs screen flows for the people at the console.
//
// Read first: Handler, begin, step, kept. It knows no rules of flows (package screenflow does) and no page. Source: Salesforce Help, run a
// flow; salesforce-surface.md §4.4.
package interviews

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"regexp"
	"time"

	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/lightning/edge"
	"github.com/patchcord/patchcord/sandbox/crm/screenflow"
)

// Pattern is where Handler belongs, OwnPattern where Redirect does.
const (
	Pattern    = "/lightning/api/flows/"
	OwnPattern = "GET /flow/{name}"
)

const (
	bodyLimit = 1 << 20          // bytes of one screen
	patience  = 20 * time.Second // for one step
	mostArgs  = 200
)

// Config says which org, and who asks.
type Config struct {
	Org          *crm.Org
	Authenticate func(*http.Request) (crm.RecordID, error)
	Origin       string // of the Lightning pages
	Clock        clock.Clock
	Log          *slog.Logger
}

type server struct {
	cfg  Config
	kept kept
}

// Handler serves Pattern.
func Handler(cfg Config) http.Handler {
	s := &server{cfg: cfg}
	door := &edge.Door[asked]{
		Authenticate: cfg.Authenticate, Admit: edge.WithRights(cfg.Org), Origin: cfg.Origin, Body: bodyLimit, Patience: patience, Log: cfg.Log,
	}
	mux := http.NewServeMux()
	mux.Handle("POST "+Pattern+"start/{name}", edge.Op(door, s.begin))
	mux.Handle("GET "+Pattern+"interviews/{id}", edge.Op(door, s.show))
	mux.Handle("POST "+Pattern+"interviews/{id}", edge.Op(door, s.step))
	mux.Handle(Pattern, edge.Op(door, func(context.Context, asked) (out, error) { return out{}, edge.ErrNoPage }))
	return mux
}

// Redirect leads a flow's own address to the console, with its input variables.
func Redirect(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("name")
	if !flowName.MatchString(name) {
		http.NotFound(w, r)
		return
	}
	to := "/lightning/flow/" + name
	if r.URL.RawQuery != "" {
		to += "?" + r.URL.RawQuery
	}
	http.Redirect(w, r, to, http.StatusFound)
}

var flowName = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_]{0,79}$`)

var (
	errNoFlow   = edge.Refuse(http.StatusNotFound, "NOT_FOUND", "The flow you're looking for isn't available. It may have been deleted or renamed.")
	errInactive = edge.Refuse(http.StatusConflict, "FLOW_INACTIVE", "You can't run this flow because it isn't active. Contact your Salesforce admin for help.")
	errRights   = edge.Refuse(http.StatusForbidden, "INSUFFICIENT_ACCESS", "You don't have permission to run flows. Contact your Salesforce admin for help.")
	errGone     = edge.Refuse(http.StatusGone, "INTERVIEW_GONE", "This flow interview isn't available anymore. Start the flow again.")
	errBusy     = edge.Refuse(http.StatusConflict, "INTERVIEW_BUSY", "The flow is still working on your last step. Try again in a moment.")
)

// asked is one request of a user.
type asked = edge.Asked

// beginIn are the input variables, as Open CTI's flowArgs have them; a type is not needed, the flow declares it.
type beginIn struct {
	Args []struct {
		Name  string          `json:"name"`
		Type  string          `json:"type"`
		Value json.RawMessage `json:"value"` // text, a number, true or false, or null
	} `json:"args"`
}

func (in beginIn) args() ([]screenflow.Arg, error) {
	if len(in.Args) > mostArgs {
		return nil, edge.ErrUnreadable
	}
	var all []screenflow.Arg
	for _, a := range in.Args {
		var value any
		if len(a.Value) > 0 && json.Unmarshal(a.Value, &value) != nil {
			return nil, edge.ErrUnreadable
		}
		arg := screenflow.Arg{Name: a.Name}
		switch v := value.(type) {
		case nil:
		case string:
			arg.Value = v
		case float64, bool:
			arg.Value = string(a.Value)
		default:
			return nil, edge.Refuse(http.StatusBadRequest, "INVALID_ARGUMENT", "The value of a flow argument must be text, a number, true or false.")
		}
		all = append(all, arg)
	}
	return all, nil
}

// now is the time on the asker's own clock, so that {!$Flow.CurrentDate} is the day that the person has.
func (s *server) now(r asked) time.Time {
	zone, err := time.LoadLocation(r.User.TimeZone)
	if err != nil {
		zone = time.UTC
	}
	return s.cfg.Clock.Now().In(zone)
}

// begin starts a flow. One that is not active is run only by those who manage flows, as Setup's Run does.
func (s *server) begin(ctx context.Context, r asked) (out, error) {
	name := r.PathValue("name")
	if !flowName.MatchString(name) {
		return out{}, errNoFlow
	}
	in, err := edge.Decode[beginIn](r.Body)
	if err != nil {
		return out{}, err
	}
	args, err := in.args()
	if err != nil {
		return out{}, err
	}
	f, err := s.cfg.Org.Flow(ctx, name)
	switch {
	case isCode(err, "NOT_FOUND"):
		return out{}, errNoFlow
	case err != nil:
		return out{}, err
	case !r.Actor.MayRun(f):
		return out{}, errRights
	case !f.Flow.Screens():
		return out{}, edge.Refuse(http.StatusConflict, "FLOW_WITHOUT_SCREENS", "This flow shows no screens. Only screen flows can be opened.")
	case !f.Active() && !r.Actor.Can(crm.ManageFlow):
		return out{}, errInactive
	}
	user, err := userOf(ctx, r.Actor)
	if err != nil {
		return out{}, err
	}
	e := &entry{id: newGUID(), definition: f, user: r.User.ID}
	now := s.now(r)
	step, err := s.turn(ctx, r, e, func(host screenflow.Host) (*screenflow.Interview, screenflow.Step, error) {
		return screenflow.Start(ctx, host, f.Flow, screenflow.Beginning{ID: e.id, User: user, Args: args}, now)
	})
	if err != nil {
		return out{}, err
	}
	s.kept.put(e, now)
	return shown(r.Actor, e, step), nil
}

// show gives the screen that an interview stands at.
func (s *server) show(ctx context.Context, r asked) (out, error) {
	now := s.now(r)
	e, err := s.kept.of(r, now)
	if err != nil {
		return out{}, err
	}
	step, err := e.interview.Show(ctx, host{r.Actor}, now)
	return shown(r.Actor, &e, step), err
}

type stepIn struct {
	Number int               `json:"number"` // of the screen that was filled in
	Action string            `json:"action"` // NEXT or BACK
	Values map[string]string `json:"values"`
}

// step takes what was typed. A screen that was sent before is not taken again: its sender sees where the interview stands.
func (s *server) step(ctx context.Context, r asked) (out, error) {
	in, err := edge.Decode[stepIn](r.Body)
	if err != nil {
		return out{}, err
	}
	if in.Action != "NEXT" && in.Action != "BACK" {
		return out{}, edge.ErrUnreadable
	}
	now, id := s.now(r), r.PathValue("id")
	e, err := s.kept.of(r, now)
	if err != nil {
		return out{}, err
	}
	if in.Number != e.number {
		return s.show(ctx, r)
	}
	if !s.kept.claim(id, e.number) {
		return out{}, errBusy
	}
	next := e
	step, err := s.turn(ctx, r, &next, func(host screenflow.Host) (*screenflow.Interview, screenflow.Step, error) {
		if in.Action == "BACK" {
			return e.interview.Back(ctx, host, in.Values, now)
		}
		return e.interview.Next(ctx, host, in.Values, now)
	})
	if err != nil {
		s.kept.release(id)
		return out{}, err
	}
	if next.interview != e.interview {
		next.number++
	}
	s.kept.put(&next, now)
	return shown(r.Actor, &next, step), nil
}

// errUndo undoes what a flow wrote before its fault.
var errUndo = errors.New("the flow ended by a fault")

// turn runs one step in a transaction with the user's rights; a fault undoes what it wrote.
func (s *server) turn(ctx context.Context, r asked, e *entry, run func(screenflow.Host) (*screenflow.Interview, screenflow.Step, error)) (screenflow.Step, error) {
	var step screenflow.Step
	var after *screenflow.Interview
	err := s.cfg.Org.TransactAs(ctx, r.User.ID, func(a *crm.Actor) (err error) {
		if after, step, err = run(host{a}); err == nil && step.Fault != nil {
			err = errUndo
		}
		return err
	})
	if err != nil && !errors.Is(err, errUndo) {
		return step, err
	}
	e.interview = after
	if f := step.Fault; f != nil {
		s.cfg.Log.WarnContext(ctx, "flow fault", "flow", e.definition.Name, "element", f.Element, "err", f.Message)
		e.fault = f
	}
	return step, nil
}

func isCode(err error, code string) bool {
	e, ok := errors.AsType[*crm.Error](err)
	return ok && e.Code == code
}

func newGUID() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails
	return hex.EncodeToString(b[:])
}
