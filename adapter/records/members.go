package records

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/internal/fault"
	"github.com/patchcord/patchcord/salesforce"
)

const (
	// rememberedFor is how long a user's call centre is used without asking again; a page that comes asks sooner. Events ask all the time,
	// and an org counts requests.
	rememberedFor = time.Hour
	together      = 200 // users of one question, which is an address
	askWithin     = 20 * time.Second
)

// members knows in which call centre each user is. Users who come at the same time, as after a restart, are asked for together.
type members struct {
	crm   func(ctx context.Context, userID string) (*salesforce.Client, error)
	clock clock.Clock
	turn  chan struct{} // held by the question that is asked

	ctx  context.Context // ends with the reader
	work sync.WaitGroup

	mu    sync.Mutex // guards known and next
	known map[string]member
	next  *question // not asked yet; nil for none
}

type member struct {
	centre string // internal name
	read   time.Time
}

// question is about several users.
type question struct {
	users  []string
	done   chan struct{}     // closed when the rest is there
	centre map[string]string // by user id; a user without one is missing
	errs   map[string]error  // by user id
}

// newMembers asks nothing yet; what it asks ends with ctx.
func newMembers(
	ctx context.Context, crm func(ctx context.Context, userID string) (*salesforce.Client, error), clk clock.Clock,
) *members {
	return &members{ctx: ctx, crm: crm, clock: clk, turn: make(chan struct{}, 1), known: map[string]member{}}
}

// of is the internal name of the user's call centre, read no longer ago than life, or earlier if the CRM does not answer.
func (m *members) of(ctx context.Context, userID string, life time.Duration) (string, error) {
	userID = key(userID)
	m.mu.Lock()
	known, ok := m.known[userID]
	if ok && m.clock.Now().Sub(known.read) < life {
		m.mu.Unlock()
		return known.centre, nil
	}
	q := m.next
	if q == nil || len(q.users) >= together {
		q = &question{done: make(chan struct{})}
		m.next = q
	}
	if !slices.Contains(q.users, userID) {
		q.users = append(q.users, userID)
	}
	m.mu.Unlock()
	if err := m.answer(ctx, q); err != nil {
		if ok {
			return known.centre, nil
		}
		return "", err
	}
	switch centre, err := q.centre[userID], q.errs[userID]; {
	case err != nil && ok:
		return known.centre, nil
	case err != nil:
		return "", err
	case centre == "":
		return "", fault.New(fault.Missing, nil,
			"You are not in a call center: ask an administrator to add you in Setup → Call Centers → Manage Call Center Users.")
	default:
		return centre, nil
	}
}

// remembered is the internal name of the user's call centre as it was read last, whenever that was.
func (m *members) remembered(userID string) (string, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	known, ok := m.known[key(userID)]
	return known.centre, ok
}

// answer returns when a question is answered, or when ctx ends: the question goes on then for the others who wait for it.
func (m *members) answer(ctx context.Context, q *question) error {
	select {
	case <-q.done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	case m.turn <- struct{}{}:
		m.work.Go(func() {
			defer func() { <-m.turn }()
			m.put(q)
		})
	}
	select {
	case <-q.done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// put asks a question that nobody has asked, and keeps what the CRM answers; the turn is held.
func (m *members) put(q *question) {
	select {
	case <-q.done: // meanwhile
		return
	default:
	}
	m.mu.Lock()
	if m.next == q {
		m.next = nil // who comes from now on asks the next one
	}
	m.mu.Unlock()
	defer close(q.done)
	limited, cancel := context.WithTimeout(m.ctx, askWithin)
	defer cancel()
	q.centre, q.errs = m.ask(limited, q.users)
	m.mu.Lock()
	defer m.mu.Unlock()
	for user, centre := range q.centre {
		m.known[user] = member{centre, m.clock.Now()}
	}
	for _, user := range q.users {
		if q.errs[user] == nil && q.centre[user] == "" {
			delete(m.known, user)
		}
	}
}

// ask reads the call centres of users; those who act with rights of their own are read one by one.
func (m *members) ask(ctx context.Context, users []string) (centre map[string]string, errs map[string]error) {
	centre, errs = map[string]string{}, map[string]error{}
	by := map[*salesforce.Client][]string{}
	for _, user := range users {
		client, err := m.crm(ctx, user)
		if err != nil {
			errs[user] = fmt.Errorf("read call centre: %w", err)
			continue
		}
		by[client] = append(by[client], user)
	}
	for client, users := range by {
		if err := read(ctx, client, users, centre); err != nil {
			for _, user := range users {
				errs[user] = err
			}
		}
	}
	return centre, errs
}

func read(ctx context.Context, client *salesforce.Client, users []string, into map[string]string) error {
	rows, err := salesforce.Query[struct{ Id, CallCenterId string }](ctx, client,
		"SELECT Id, CallCenterId FROM User WHERE Id IN ("+quoted(users)+")")
	if err != nil {
		return unreadable(ctx, client, fmt.Errorf("read users: %w", err))
	}
	var ids []string
	for _, row := range rows {
		if row.CallCenterId != "" && !slices.Contains(ids, row.CallCenterId) {
			ids = append(ids, row.CallCenterId)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	centres, err := salesforce.Query[struct{ Id, InternalName string }](ctx, client,
		"SELECT Id, InternalName FROM CallCenter WHERE Id IN ("+quoted(ids)+")")
	if err != nil {
		return fmt.Errorf("read call centre: %w", err)
	}
	names := map[string]string{}
	for _, c := range centres {
		names[c.Id] = c.InternalName
	}
	for _, row := range rows {
		if name := names[row.CallCenterId]; name != "" {
			into[key(row.Id)] = name
		}
	}
	return nil
}

// key is an id in its short form, which its long one begins with.
func key(id string) string { return id[:min(len(id), 15)] }

func quoted(values []string) string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = salesforce.Quote(v)
	}
	return strings.Join(out, ", ")
}
