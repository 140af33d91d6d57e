package versions

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"time"

	"github.com/patchcord/patchcord/adapter/flow"
	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/salesforce"
)

// Shelf has the versions that run at hand, so that each is read once, and takes in what somebody edited in the CRM. It is safe for
// concurrent use.
type Shelf struct {
	clock clock.Clock
	log   *slog.Logger

	mu   sync.Mutex // guards kept
	kept map[string]Held
}

// maxKept is how many versions are remembered.
const maxKept = 500

// NewShelf knows nothing yet.
func NewShelf(clk clock.Clock, log *slog.Logger) *Shelf {
	return &Shelf{clock: clk, log: log, kept: map[string]Held{}}
}

// Running is a flow as it runs, or why it does not.
type Running struct {
	Row     Row
	Number  int    // of the version; 0 for what is no version
	Raw     []byte // the file, with the types that the org's map gives
	Program flow.Program
	Runs    bool
	Problem string // for people; "" if all is well
}

// Running says what of the flows runs. What was edited in the CRM since is kept as a version by its editor, and runs if it may.
func (s *Shelf) Running(ctx context.Context, crm *salesforce.Client, rows []Row, types Types) ([]Running, error) {
	held, err := s.held(ctx, crm, rows)
	if err != nil {
		return nil, err
	}
	all, left := make([]Running, len(rows)), takenAtOnce
	for i, row := range rows {
		all[i] = s.running(ctx, crm, row, held[row.Id], types, &left)
	}
	return all, nil
}

// takenAtOnce is how many flows are taken in by one look, for which an agent may be waiting: what is written for one has the next look go
// on with the others.
const takenAtOnce = 10

// Unversioned is Running in an org that keeps no versions: what the records say runs.
func Unversioned(rows []Row, types Types) []Running {
	all := make([]Running, len(rows))
	for i, row := range rows {
		v := Judge(row.Script, nil, rulesOf(types, row.Event))
		if v.Run != nil {
			v.Refused = ""
		}
		all[i] = runningOf(row, v, types, "")
	}
	return all
}

// running is one flow; left counts how many may still be taken in.
func (s *Shelf) running(ctx context.Context, crm *salesforce.Client, row Row, held *Held, types Types, left *int) Running {
	v := Judge(row.Script, held, rulesOf(types, row.Event))
	if v.TakeIn == nil || *left == 0 || strings.Contains(row.Id, " ") { // a default flow that could not be written has no record
		return runningOf(row, v, types, "")
	}
	if _, known := s.get(KeyOf(row.Id, v.TakeIn)); v.Adopt || !known {
		*left--
	}
	taken, err := s.takeIn(ctx, crm, row, v)
	if err != nil {
		s.log.WarnContext(ctx, "a flow that was edited in the org is not kept as a version yet", "flow", row.Name, "err", err)
		return runningOf(row, v, types, "")
	}
	if v.Adopt {
		s.log.InfoContext(ctx, "a flow that was edited in the org is a version now", "flow", row.Name, "version", taken.Number, "by",
			taken.Author)
		s.keep(countKey(row.Id, taken.Activation), Held{Version: taken, Raw: v.TakeIn})
		v.Run, v.Number = v.TakeIn, taken.Number
	}
	return runningOf(row, v, types, taken.Author)
}

// takeIn keeps what somebody wrote into a flow's Script. What was refused once is not asked for again.
func (s *Shelf) takeIn(ctx context.Context, crm *salesforce.Client, row Row, v Verdict) (Version, error) {
	key := KeyOf(row.Id, v.TakeIn)
	if h, known := s.get(key); known && !v.Adopt {
		return h.Version, nil
	}
	taken, err := takeIn(ctx, crm, row, v, s.clock.Now())
	if err == nil && !v.Adopt {
		s.keep(key, Held{Version: taken.version})
	}
	return taken.version, err
}

// takeIn makes a version of what somebody wrote into a flow's Script, by whoever wrote into the record last.
func takeIn(ctx context.Context, crm *salesforce.Client, row Row, v Verdict, now time.Time) (saved, error) {
	note := "edited in Salesforce"
	if row.activation() == 0 {
		note = "as it stood in Salesforce"
	}
	return saving{
		flow: row.Id, raw: v.TakeIn, author: cmp.Or(row.EditedBy.Name, "somebody"), note: note, problem: v.Refused, at: now,
		activate: v.Adopt, from: row.activation(),
	}.save(ctx, crm)
}

// runningOf tells people what does not run, or not as somebody meant.
func runningOf(row Row, v Verdict, types Types, editor string) Running {
	r := Running{Row: row, Number: v.Number}
	if v.Run != nil {
		var err error
		if r.Raw, r.Program, err = load(v.Run, types); err != nil {
			v.Refused = reason(err)
		}
		r.Runs = err == nil
	}
	if editor != "" {
		editor = " by " + editor
	}
	name := LeftOut + " " + row.Name
	switch {
	case v.Refused != "" && !r.Runs:
		r.Problem = fmt.Sprintf("%s was left out: %s.", name, v.Refused)
	case v.Refused != "" && v.Number > 0:
		r.Problem = fmt.Sprintf("%s was edited%s and cannot run like that: %s. Version %d runs on. Mend its Script, or make a version "+
			"active with patchcord flow activate.", name, editor, v.Refused, v.Number)
	case v.Refused != "":
		r.Problem = fmt.Sprintf("%s runs, but is no version that could be active: %s.", name, v.Refused)
	case v.Damaged != "":
		r.Problem = name + " runs as its Script says."
	}
	if v.Damaged != "" {
		r.Problem += " " + v.Damaged + "."
	}
	return r
}

// LeftOut begins the problem of a flow that cannot be used.
const LeftOut = "The CTI Flow"

// held are the active versions of flows by the flow's id: those at hand, and the others read now.
func (s *Shelf) held(ctx context.Context, crm *salesforce.Client, rows []Row) (map[string]*Held, error) {
	found, missing := map[string]*Held{}, []string{}
	for _, row := range rows {
		if row.activation() == 0 {
			continue
		}
		key := countKey(row.Id, row.activation())
		if h, ok := s.get(key); ok {
			found[row.Id] = &h
			continue
		}
		missing = append(missing, key)
	}
	read, err := readHeld(ctx, crm, missing)
	if err != nil {
		return nil, err
	}
	for _, row := range rows {
		if row.activation() == 0 || found[row.Id] != nil {
			continue
		}
		key := countKey(row.Id, row.activation())
		h, ok := read[key]
		if !ok {
			h = Held{Err: fmt.Errorf("%w: its record is not there", ErrDamaged)}
		}
		if h.Err == nil {
			s.keep(key, h)
		}
		found[row.Id] = &h
	}
	return found, nil
}

// readHeld reads active versions with their files, by their activation keys.
func readHeld(ctx context.Context, crm *salesforce.Client, keys []string) (map[string]Held, error) {
	if len(keys) == 0 {
		return nil, nil
	}
	all, err := byKey(ctx, crm, "Activation_Key__c", keys)
	if err != nil {
		return nil, err
	}
	with, err := files(ctx, crm, all)
	if err != nil {
		return nil, err
	}
	found := map[string]Held{}
	for _, h := range with {
		h.Version.Active = true
		found[countKey(h.Version.flow, h.Version.Activation)] = h
	}
	return found, nil
}

func (s *Shelf) get(key string) (Held, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	h, ok := s.kept[key]
	return h, ok
}

func (s *Shelf) keep(key string, h Held) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.kept) >= maxKept {
		clear(s.kept)
	}
	s.kept[key] = h
}
