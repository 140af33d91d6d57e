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
	"io"
	"log/slog"
	"net/http"
	"regexp"
	"time"

	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/lightning"
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
	mux := http.NewServeMux()
	mux.Handle("POST "+Pattern+"start/{name}", op(s, s.begin))
	mux.Handle("GET "+Pattern+"interviews/{id}", op(s, s.show))
	mux.Handle("POST "+Pattern+"interviews/{id}", op(s, s.step))
	mux.Handle(Pattern, op(s, func(context.Context, asked) (out, error) { return out{}, errNoPage }))
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

func refuse(status int, code, message string) *crm.Error {
	return &crm.Error{Status: status, Code: code, Message: message}
}

var (
	errNoPage     = refuse(http.StatusNotFound, "NOT_FOUND", "There is no such page.")
	errUnreadable = refuse(http.StatusBadRequest, "BAD_REQUEST", "The request could not be read.")
	errNoFlow     = refuse(http.StatusNotFound, "NOT_FOUND", "The flow you're looking for isn't available. It may have been deleted or renamed.")
	errInactive   = refuse(http.StatusConflict, "FLOW_INACTIVE", "You can't run this flow because it isn't active. Contact your Salesforce admin for help.")
	errRights     = refuse(http.StatusForbidden, "INSUFFICIENT_ACCESS", "You don't have permission to run flows. Contact your Salesforce admin for help.")
	errGone       = refuse(http.StatusGone, "INTERVIEW_GONE", "This flow interview isn't available anymore. Start the flow again.")
	errBusy       = refuse(http.StatusConflict, "INTERVIEW_BUSY", "The flow is still working on your last step. Try again in a moment.")
)

// asked is one request: who asks, with which rights.
type asked struct {
	*http.Request
	actor *crm.Actor
}

// op authorises, bounds, encodes, and turns errors into what the page shows.
func op(s *server, handle func(context.Context, asked) (out, error)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), patience)
		defer cancel()
		r.Body = http.MaxBytesReader(w, r.Body, bodyLimit)
		who, err := s.who(ctx, r)
		if err == nil {
			var body out
			if body, err = handle(ctx, who); err == nil {
				respond(w, http.StatusOK, body)
				return
			}
		}
		s.refused(w, r, err)
	})
}

func (s *server) who(ctx context.Context, r *http.Request) (asked, error) {
	id, err := s.cfg.Authenticate(r)
	if err != nil {
		return asked{}, refuse(http.StatusUnauthorized, "INVALID_SESSION_ID", "Session expired or invalid")
	}
	if r.Method != http.MethodGet && !lightning.MayWrite(r, s.cfg.Origin) {
		return asked{}, refuse(http.StatusForbidden, "CSRF", "This page is out of date. Refresh it and try again.")
	}
	actor, err := s.cfg.Org.As(ctx, id)
	if err != nil {
		return asked{}, err
	}
	return asked{r, actor}, nil
}

func respond(w http.ResponseWriter, status int, body any) {
	h := w.Header()
	h.Set("Content-Type", "application/json; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body) // who went away needs no answer
}

func (s *server) refused(w http.ResponseWriter, r *http.Request, err error) {
	e, known := errors.AsType[*crm.Error](err)
	if !known {
		s.cfg.Log.ErrorContext(r.Context(), "flow request failed", "path", r.URL.Path, "err", err)
		e = refuse(http.StatusInternalServerError, "UNKNOWN_EXCEPTION", "Something went wrong. Try again.")
	}
	type problem struct {
		Code    string   `json:"code"`
		Message string   `json:"message"`
		Fields  []string `json:"fields"`
	}
	respond(w, max(e.Status, http.StatusBadRequest), map[string][]problem{"errors": {{e.Code, e.Message, []string{}}}})
}

func decode[In any](r asked) (In, error) {
	var in In
	decoder := json.NewDecoder(r.Body)
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&in); err != nil {
		return in, errUnreadable
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return in, errUnreadable
	}
	return in, nil
}

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
		return nil, errUnreadable
	}
	var all []screenflow.Arg
	for _, a := range in.Args {
		var value any
		if len(a.Value) > 0 && json.Unmarshal(a.Value, &value) != nil {
			return nil, errUnreadable
		}
		arg := screenflow.Arg{Name: a.Name}
		switch v := value.(type) {
		case nil:
		case string:
			arg.Value = v
		case float64, bool:
			arg.Value = string(a.Value)
		default:
			return nil, refuse(http.StatusBadRequest, "INVALID_ARGUMENT", "The value of a flow argument must be text, a number, true or false.")
		}
		all = append(all, arg)
	}
	return all, nil
}

// now is the time on the asker's own clock, so that {!$Flow.CurrentDate} is the day that the person has.
func (s *server) now(r asked) time.Time {
	zone, err := time.LoadLocation(r.actor.User().TimeZone)
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
	in, err := decode[beginIn](r)
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
	case !r.actor.MayRun(f):
		return out{}, errRights
	case !f.Flow.Screens():
		return out{}, refuse(http.StatusConflict, "FLOW_WITHOUT_SCREENS", "This flow shows no screens. Only screen flows can be opened.")
	case !f.Active() && !r.actor.Can(crm.ManageFlow):
		return out{}, errInactive
	}
	user, err := userOf(ctx, r.actor)
	if err != nil {
		return out{}, err
	}
	e := &entry{id: newGUID(), definition: f, user: r.actor.User().ID}
	now := s.now(r)
	step, err := s.turn(ctx, r, e, func(host screenflow.Host) (*screenflow.Interview, screenflow.Step, error) {
		return screenflow.Start(ctx, host, f.Flow, screenflow.Beginning{ID: e.id, User: user, Args: args}, now)
	})
	if err != nil {
		return out{}, err
	}
	s.kept.put(e, now)
	return shown(r.actor, e, step), nil
}

// show gives the screen that an interview stands at.
func (s *server) show(ctx context.Context, r asked) (out, error) {
	now := s.now(r)
	e, err := s.kept.of(r, now)
	if err != nil {
		return out{}, err
	}
	step, err := e.interview.Show(ctx, host{r.actor}, now)
	return shown(r.actor, &e, step), err
}

type stepIn struct {
	Number int               `json:"number"` // of the screen that was filled in
	Action string            `json:"action"` // NEXT or BACK
	Values map[string]string `json:"values"`
}

// step takes what was typed. A screen that was sent before is not taken again: its sender sees where the interview stands.
func (s *server) step(ctx context.Context, r asked) (out, error) {
	in, err := decode[stepIn](r)
	if err != nil {
		return out{}, err
	}
	if in.Action != "NEXT" && in.Action != "BACK" {
		return out{}, errUnreadable
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
	return shown(r.actor, &next, step), nil
}

// errUndo undoes what a flow wrote before its fault.
var errUndo = errors.New("the flow ended by a fault")

// turn runs one step in a transaction with the user's rights; a fault undoes what it wrote.
func (s *server) turn(ctx context.Context, r asked, e *entry, run func(screenflow.Host) (*screenflow.Interview, screenflow.Step, error)) (screenflow.Step, error) {
	var step screenflow.Step
	var after *screenflow.Interview
	err := s.cfg.Org.TransactAs(ctx, r.actor.User().ID, func(a *crm.Actor) (err error) {
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
