package admin

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/patchcord/patchcord/adapter/blocks"
	"github.com/patchcord/patchcord/adapter/flow"
	"github.com/patchcord/patchcord/adapter/lint"
	"github.com/patchcord/patchcord/adapter/shadow"
	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/internal/fault"
)

// Bounds of what a draft is compared with.
const (
	maxShadowDays = 90
	maxShadow     = 10_000          // events in all
	shadowFor     = 5 * time.Second // of one question: what is left is asked for again
	shadowAtOnce  = 1000            // facts that are looked at together
	maxCases      = 300             // that one answer lists
	maxCaseLines  = 20              // of one of them
	firstToldIn   = 3 * time.Second
)

// shadow answers POST shadow, a slice of it: the newest events first.
func (a *Admin) shadow(ctx context.Context, _ person, r *http.Request) (any, error) {
	var ask ShadowAsk
	if err := json.NewDecoder(r.Body).Decode(&ask); err != nil {
		return nil, fault.New(fault.Invalid, err, "The question cannot be read: the draft may be too large.")
	}
	s, err := a.shadowing(ask)
	if err != nil {
		return nil, err
	}
	select { // one at a time: calls go first
	case a.comparing <- struct{}{}:
		defer func() { <-a.comparing }()
	case <-ctx.Done():
		return nil, fault.New(fault.Unavailable, ctx.Err(), "Other drafts are being compared: try again in a minute.")
	}
	s.until = a.cfg.Clock.Now().Add(shadowFor)
	if err := s.walk(ctx); err != nil {
		return nil, err
	}
	if s.out.Next == "" && s.out.OnlyIfWanted {
		var known bool
		s.out.FirstTold, known = a.firstTold(ctx, s.source, s.event)
		s.out.FirstToldUnknown = !known
	}
	return s.out, nil
}

// shadowing is one slice of a comparison.
type shadowing struct {
	admin         *Admin
	draft         shadow.Draft
	source, event string
	ask           ShadowAsk
	before        int64 // the fact's id before which this slice begins; 0 is the latest
	since         time.Time
	until         time.Time // when this slice is over
	loose         looseRuns
	country       string // of the run that was looked at last: an event that fired nothing tells none
	out           Shadow
}

func (a *Admin) shadowing(ask ShadowAsk) (*shadowing, error) {
	now := a.cfg.Clock.Now()
	s := &shadowing{admin: a, ask: ask}
	source, event, _ := strings.Cut(ask.Event, ".")
	if !slices.ContainsFunc(lint.Events, func(e lint.Event) bool { return e.Event == event && e.Source == source }) || event == "" {
		return nil, fault.New(fault.Invalid, nil, "There is no event %q: it is written as in connectVoiceContact.onConnecting.", short(ask.Event))
	}
	if ask.Days < 1 || ask.Days > maxShadowDays {
		return nil, fault.New(fault.Invalid, nil, "days is a number from 1 to %d.", maxShadowDays)
	}
	s.source, s.event, s.since = source, event, now.Add(-time.Duration(ask.Days)*24*time.Hour)
	document, err := flow.Read([]byte(ask.Script))
	if err == nil {
		s.draft, err = shadow.New(document, blocks.All)
	}
	if invalid, ok := errors.AsType[*flow.Invalid](err); ok {
		return nil, fault.New(fault.Invalid, err, "The draft cannot run: %s.", invalid.Reason)
	}
	if err != nil {
		return nil, err
	}
	if ask.Next != "" {
		if s.before, err = strconv.ParseInt(ask.Next, 10, 64); err != nil || s.before < 1 {
			return nil, fault.New(fault.Invalid, err, "The comparison cannot go on from there: begin it anew.")
		}
	}
	if ask.Left < 1 || ask.Left > maxShadow {
		ask.Left = maxShadow
	}
	s.out = Shadow{Event: ask.Event, Instead: ask.Instead, Since: utc(s.since), OnlyIfWanted: lint.OnlyIfWanted(source, event),
		Cases: []ShadowCase{}, Stops: []ShadowStop{}, Left: ask.Left}
	return s, nil
}

// walk goes back through the facts until the slice is over, or there are no more.
func (s *shadowing) walk(ctx context.Context) error {
	for {
		more, err := s.stretch(ctx)
		if err != nil || !more {
			return err
		}
		if s.over() {
			s.out.Next = strconv.FormatInt(s.before, 10)
			return nil
		}
	}
}

func (s *shadowing) over() bool {
	return !s.admin.cfg.Clock.Now().Before(s.until) || len(s.out.Cases) >= maxCases
}

// stretch looks at some facts together; false if there are no more.
func (s *shadowing) stretch(ctx context.Context) (more bool, err error) {
	err = s.admin.cfg.Store.View(ctx, func(tx *store.Tx) error {
		if s.before == 0 {
			last, err := tx.Past().LatestFact()
			if err != nil {
				return err
			}
			s.before = last + 1
		}
		from := max(1, s.before-shadowAtOnce)
		found, latest, err := tx.Past().FactsBack(s.source, s.event, from, s.before)
		if err != nil {
			return err
		}
		who := newNames(tx)
		for _, f := range found {
			s.before = f.ID
			if f.At.Before(s.since) {
				continue
			}
			if err := s.look(ctx, tx, f, who); err != nil {
				return err
			}
			if s.out.Left == 0 || s.over() {
				more = s.out.Left > 0
				return nil
			}
		}
		// What a page held back is older than what was told with it: the latest one says how far back this is.
		s.before, more = from, from > 1 && (latest.IsZero() || !latest.Before(s.since))
		return nil
	})
	return more, err
}

// look compares with what was done for one event.
func (s *shadowing) look(ctx context.Context, tx *store.Tx, f store.Numbered, who names) error {
	r, err := s.recorded(tx, f)
	if err != nil || r == nil {
		return err
	}
	mask := s.admin.cfg.Mask
	shown := mask.Run(*r)
	steps := stepsOf(shown)
	if len(r.Body.Steps) > 0 && steps == nil { // or what stands for a hidden value made them so
		s.out.Damaged++
		return nil
	}
	s.out.Left--
	s.out.Looked = utcOrNil(f.At)
	rec := shadow.Recorded{Event: s.admin.cfg.Event(shown.Body), At: f.At, Steps: steps, Failed: r.Status == store.Failed,
		Flow: s.called(tx, r.Body.Calls)}
	if mask.hides() {
		rec.Hidden = Hidden
	}
	if len(rec.Steps) > 0 {
		rec.At = rec.Steps[0].Started
	}
	c, err := s.draft.Against(ctx, rec)
	if err != nil {
		return err
	}
	return s.count(c, *r, f, who)
}

// called finds flows that the draft calls: those that came with it, else as they were.
func (s *shadowing) called(tx *store.Tx, pinned map[string]string) func(name string) (string, []byte, bool) {
	return func(name string) (string, []byte, bool) {
		if script, given := s.ask.Flows[name]; given {
			return name, []byte(script), true
		}
		script, err := tx.Version(pinned[name])
		return pinned[name], script, err == nil
	}
}

// count adds a case to the answer; one whose effects differ is listed.
func (s *shadowing) count(c shadow.Case, r store.Run, f store.Numbered, who names) error {
	switch c.Verdict {
	case shadow.Same:
		s.out.Same++
		return nil
	case shadow.Unknown:
		s.out.Unknown++
		s.stopped(stopOf(*c.Stop))
		return nil
	case shadow.Fails:
		s.out.Fail++
	default:
		s.out.Differ++
	}
	listed := ShadowCase{ContactID: f.ContactID(), At: utc(f.At), Run: r.ID, Verdict: string(c.Verdict), Changes: []ShadowChange{},
		Problem: c.Problem}
	if f.Contact != nil {
		listed.Number, listed.Inbound = f.Contact.PhoneNumber, f.Contact.Inbound
	}
	var err error
	if listed.Agent, err = who.of(f.User); err != nil {
		return err
	}
	for i, change := range c.Changes {
		if i == maxCaseLines {
			listed.More = len(c.Changes) - i
			break
		}
		listed.Changes = append(listed.Changes, ShadowChange{Draft: effectOf(change.Draft), Recorded: effectOf(change.Recorded),
			Text: change.String()})
	}
	if c.Stop != nil {
		stop := stopOf(*c.Stop)
		listed.Stop = &stop
	}
	s.out.Cases = append(s.out.Cases, listed)
	return nil
}

func stopOf(s shadow.Stop) ShadowStop {
	return ShadowStop{Action: string(s.Action), Label: s.Label, Why: string(s.Why), Events: 1}
}

// stopped counts where drafts could not be followed.
func (s *shadowing) stopped(at ShadowStop) {
	i := slices.IndexFunc(s.out.Stops, func(x ShadowStop) bool { return x.Action == at.Action && x.Why == at.Why })
	if i < 0 {
		s.out.Stops = append(s.out.Stops, at) // a flow has few blocks that ask
		return
	}
	s.out.Stops[i].Events++
}

func effectOf(e *shadow.Effect) *ShadowEffect {
	if e == nil {
		return nil
	}
	return &ShadowEffect{Action: string(e.Action), Block: e.Block, Verb: string(e.Verb), Text: e.String()}
}

// firstTold is since when an event is told; nil if it never was. It is not known if it takes too long to find out.
func (a *Admin) firstTold(ctx context.Context, source, event string) (first *time.Time, known bool) {
	ctx, cancel := context.WithTimeout(ctx, firstToldIn)
	defer cancel()
	var at time.Time
	err := a.cfg.Store.View(ctx, func(tx *store.Tx) (err error) {
		at, err = tx.Past().FirstTold(source, event)
		return err
	})
	switch {
	case errors.Is(err, store.ErrNone):
		return nil, true
	case err != nil:
		return nil, false
	}
	return utcOrNil(at), true
}
