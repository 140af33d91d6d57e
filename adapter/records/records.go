// Package records reads the adapter record and its flows from the CRM, checks them, and keeps them fresh without a restart.
//
// Read first: Reader, Adapter. Bad records give a sentence for people and never stop the softphone.
package records

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"log/slog"
	"slices"
	"sync"
	"time"

	"github.com/patchcord/patchcord/adapter/flow"
	"github.com/patchcord/patchcord/adapter/outbound"
	"github.com/patchcord/patchcord/adapter/presence"
	"github.com/patchcord/patchcord/adapter/sessionend"
	"github.com/patchcord/patchcord/adapter/versions"
	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/internal/fault"
	"github.com/patchcord/patchcord/salesforce"
)

const (
	fresh  = 15 * time.Second // that what was read is used before it is read again
	usable = time.Minute      // that it is used while it is read again
	inUse  = 12 * time.Hour   // that Refresh goes on after an agent's page or an event asked for it

	// Every is how often Refresh must be called by one who is alone for events never to wait: 1,800 requests a day.
	Every = usable * 4 / 5
)

// Adapter is an adapter record, checked, with its active flows.
type Adapter struct {
	ID, Name       string
	CallCenter     string // internal name of the call centre
	CCPURL         string // where the Contact Control Panel is
	LoginURL       string // where agents sign in to it, if not there: single sign-on
	Region         string
	DefaultCountry string // ISO 3166 alpha-2
	OutboundQueue  string // ARN; "" is the agent's own
	Panel          Panel
	DebugLevel     string         // Off, Error, Info or Debug
	WebHosts       outbound.Hosts // web services that flows may ask
	// ForeignQueries lets flows run queries whose words came with an event, a contact or a record.
	ForeignQueries bool
	Flows          []Flow
	// SessionEnd is what happens to an agent's status at the end of a session; nil for nothing.
	SessionEnd *sessionend.Rule
	Presence   Presence
	Problems   []string // what is wrong with fields and records that were left out
}

// LeftOut begins the problem of a flow that cannot be used.
const LeftOut = versions.LeftOut

// Flow is an active flow with what fires it.
type Flow struct {
	ID, Name, Source, Event string
	Number                  int    // of its version in the org; 0 if it is none
	Version                 string // hash of the script
	Script                  []byte
	Program                 flow.Program
}

// HasID says whether the flow's record has this id, of 15 or 18 characters; all 18 count.
func (f Flow) HasID(id string) bool {
	return salesforce.SameID(f.ID, id) && (f.ID == id || salesforce.ShortID(id) == id)
}

// For lists the flows of an event, in the order of their names.
func (a Adapter) For(source, event string) []Flow {
	var found []Flow
	for _, f := range a.Flows {
		if f.Source == source && f.Event == event {
			found = append(found, f)
		}
	}
	return found
}

// Fires lists what fires flows and presence rules, as source.event, each once.
func (a Adapter) Fires() []string {
	names := []string{}
	add := func(name string) {
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	for _, f := range a.Flows {
		add(f.Source + "." + f.Event)
	}
	for _, r := range a.Presence.Works() {
		switch r.Source {
		case presence.WorkAccepted:
			add("salesforceAgent.onWorkAccepted")
		case presence.WorkloadChanged:
			add("salesforceAgent.onWorkloadChanged")
		}
	}
	return names
}

// Reader reads with the integration user's rights. It is safe for concurrent use; Close ends what it reads in the background.
type Reader struct {
	crm      func(ctx context.Context, userID string) (*salesforce.Client, error)
	defaults []DefaultFlow
	clock    clock.Clock
	log      *slog.Logger
	share    Share  // nil for one who is alone
	beside   Beside // nil for nothing
	members  *members
	shelf    *versions.Shelf

	ctx  context.Context // ends with the reader
	stop context.CancelFunc
	work sync.WaitGroup

	mu       sync.Mutex // guards adapters and ended
	adapters map[string]*entry
	ended    bool
}

// entry is what is known of a call centre's adapter.
type entry struct {
	turn chan struct{} // held by whoever reads it, so that many pages read once

	mu      sync.Mutex // guards what follows
	adapter Adapter
	err     error
	read    time.Time // zero for never
	whole   time.Time // when more than its stamp was read
	stamp   stamp     // of what was read, as it was first
	user    string    // who asked for it last
	asked   time.Time
}

// NewReader reads nothing yet; crm gives the client to read with for a user. An adapter record that never had a flow gets the defaults.
// share is nil for one who is alone.
func NewReader(crm func(ctx context.Context, userID string) (*salesforce.Client, error), defaults []DefaultFlow, share Share,
	clk clock.Clock, log *slog.Logger) *Reader {
	ctx, stop := context.WithCancel(context.Background())
	return &Reader{crm: crm, defaults: defaults, clock: clk, log: log, share: share, members: newMembers(ctx, crm, clk),
		shelf: versions.NewShelf(clk, log), ctx: ctx, stop: stop, adapters: map[string]*entry{}}
}

// Close ends reading in the background and waits for it.
func (r *Reader) Close() {
	r.mu.Lock()
	r.ended = true
	r.mu.Unlock()
	r.stop()
	r.work.Wait()
	r.members.work.Wait()
}

// Arrived finds the adapter of a user whose page has just come: nothing of it is older than fresh. A fault says which record to mend.
func (r *Reader) Arrived(ctx context.Context, userID string) (Adapter, error) {
	name, err := r.members.of(ctx, userID, fresh)
	if err != nil {
		return Adapter{}, err
	}
	return r.adapter(ctx, userID, name, fresh)
}

// ForUser finds the adapter of the call centre that a user is in, for an event: one that is a little old is read again behind its back.
// A fault says which record to mend.
func (r *Reader) ForUser(ctx context.Context, userID string) (Adapter, error) {
	name, err := r.members.of(ctx, userID, rememberedFor)
	if err != nil {
		return Adapter{}, err
	}
	return r.adapter(ctx, userID, name, usable)
}

// versionOf names a script by what is in it.
func versionOf(script []byte) string {
	sum := sha256.Sum256(script)
	return hex.EncodeToString(sum[:16])
}

// Known is what is known of the adapter of the call centre that a user is in, without asking anybody: however old it is, it is read again
// behind its back. known is false for what was never read.
func (r *Reader) Known(userID string) (adapter Adapter, err error, known bool) {
	u, adapter, age, err := r.remembered(userID)
	if u.entry != nil && age >= fresh {
		r.refresh(u.user, u.name, u.entry, fresh)
	}
	return adapter, err, age < forgotten
}

// Latest is Known for whom what Refresh reads is fresh enough: nothing is read for it now.
func (r *Reader) Latest(userID string) (adapter Adapter, err error, known bool) {
	_, adapter, age, err := r.remembered(userID)
	return adapter, err, age < forgotten
}

// remembered is what is known of a user's adapter, which is in use by that, and how old it is.
func (r *Reader) remembered(userID string) (u used, adapter Adapter, age time.Duration, err error) {
	name, ok := r.members.remembered(userID)
	if !ok {
		return used{}, Adapter{}, forgotten, nil
	}
	now := r.clock.Now()
	e := r.entry(name)
	e.ask(userID, now)
	adapter, age, err = e.get(now)
	return used{userID, name, e}, adapter, age, err
}

// forgotten is the age of what was never read.
const forgotten = 100 * 365 * 24 * time.Hour

// Refresh reads again in the background what is in use, so that no call waits for the CRM. Nobody needs it while no agent is there.
func (r *Reader) Refresh() {
	for _, u := range r.used(fresh) {
		if r.share != nil && u.entry.untold(r.clock.Now()) {
			continue // it is looked at as seldom as by one who is alone
		}
		r.refresh(u.user, u.name, u.entry, resting)
	}
}

// Reload reads again what is in use, and returns when that is done: somebody has just changed it.
func (r *Reader) Reload(ctx context.Context) {
	for _, u := range r.used(0) {
		select {
		case u.entry.turn <- struct{}{}:
		case <-ctx.Done():
			return
		}
		_, _ = r.renew(ctx, u.user, u.name, u.entry, anew) // what went wrong is in the entry, or in the log
		<-u.entry.turn
	}
}

// used are the adapters that are in use and were read at least so long ago.
func (r *Reader) used(age time.Duration) (all []used) {
	now := r.clock.Now()
	r.mu.Lock()
	defer r.mu.Unlock()
	for name, e := range r.adapters {
		e.mu.Lock()
		if !e.read.IsZero() && now.Sub(e.asked) < inUse && now.Sub(e.read) >= age {
			all = append(all, used{e.user, name, e})
		}
		e.mu.Unlock()
	}
	return all
}

type used struct {
	user, name string
	entry      *entry
}

// adapter gives what was read no longer ago than life, and reads again what is no longer fresh.
func (r *Reader) adapter(ctx context.Context, userID, name string, life time.Duration) (Adapter, error) {
	e := r.entry(name)
	e.ask(userID, r.clock.Now())
	adapter, age, err := e.get(r.clock.Now())
	switch {
	case age < fresh:
		return adapter, err
	case age < life:
		r.refresh(userID, name, e, fresh)
		return adapter, err
	}
	select {
	case e.turn <- struct{}{}:
	case <-ctx.Done():
		return Adapter{}, ctx.Err()
	}
	defer func() { <-e.turn }()
	if adapter, age, err := e.get(r.clock.Now()); age < fresh {
		return adapter, err // somebody else has read it meanwhile
	}
	return r.renew(ctx, userID, name, e, fresh)
}

func (r *Reader) entry(name string) *entry {
	r.mu.Lock()
	defer r.mu.Unlock()
	e, ok := r.adapters[name]
	if !ok {
		e = &entry{turn: make(chan struct{}, 1)}
		r.adapters[name] = e
	}
	return e
}

func (e *entry) ask(userID string, now time.Time) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.user, e.asked = userID, now
}

func (e *entry) get(now time.Time) (Adapter, time.Duration, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.adapter, now.Sub(e.read), e.err // since the zero time it is very old
}

// refresh reads again in the background what was so no longer ago than old, unless somebody does already.
func (r *Reader) refresh(userID, name string, e *entry, old time.Duration) {
	select {
	case e.turn <- struct{}{}:
	default:
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.ended {
		<-e.turn
		return
	}
	r.work.Go(func() {
		defer func() { <-e.turn }()
		ctx, cancel := context.WithTimeout(r.ctx, askWithin)
		defer cancel()
		_, _ = r.renew(ctx, userID, name, e, old) // what went wrong is in the entry, or in the log
	})
}

// Passes says whether an error is of whoever could not read, the org's or that of a user who is signed out, and says nothing of the record.
func Passes(err error) bool {
	if err == nil {
		return false
	}
	switch fault.Of(err).Kind {
	case fault.Internal, fault.Unsigned, fault.Unavailable:
		return true
	}
	return false
}

// renew reads an adapter as it was no longer ago than old; the entry's turn is held. If the CRM does not answer, what we know is better
// than nothing.
func (r *Reader) renew(ctx context.Context, userID, name string, e *entry, old time.Duration) (Adapter, error) {
	stamp := r.stamp(ctx, userID, old)
	adapter, same, due := e.unchanged(stamp, r.clock.Now())
	if same {
		return adapter, nil
	}
	var err error
	if due {
		var read bool
		if adapter, read, err = r.readDue(ctx, userID, name, e, adapter); !read {
			return adapter, nil
		}
	} else {
		adapter, err = r.read(ctx, userID, name)
	}
	now := r.clock.Now()
	e.mu.Lock()
	defer e.mu.Unlock()
	if Passes(err) {
		if e.read.IsZero() {
			return Adapter{}, err
		}
		r.log.WarnContext(ctx, "adapter record not read again", "err", err)
		return e.adapter, e.err
	}
	if e.stamp.name != stamp.name {
		e.stamp = stamp
	}
	e.adapter, e.err, e.read, e.whole = adapter, err, now, now
	return adapter, err
}
