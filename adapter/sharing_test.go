package adapter

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/internal/config"
	"github.com/patchcord/patchcord/internal/pgtest"
	"github.com/patchcord/patchcord/salesforce"
)

// quota is a contact centre that counts when it is asked.
type quota struct {
	mu      sync.Mutex // guards what follows
	at      []time.Time
	refuses int // so many requests that come next
}

func (q *quota) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.at = append(q.at, time.Now())
	w.Header().Set("Content-Type", "application/json")
	if q.refuses > 0 {
		q.refuses--
		w.Header().Set("X-Amzn-Errortype", "TooManyRequestsException")
		w.WriteHeader(http.StatusTooManyRequests)
	}
	_, _ = io.WriteString(w, `{}`)
}

// within wants the n-th request no earlier than a bucket gives it.
func (q *quota) within(t *testing.T, began time.Time, perSecond float64, burst int) {
	t.Helper()
	q.mu.Lock()
	defer q.mu.Unlock()
	slices.SortFunc(q.at, time.Time.Compare)
	for n, at := range q.at {
		earliest := began.Add(time.Duration(float64(n+1-burst) / perSecond * float64(time.Second)))
		if at.Before(earliest.Add(-5 * time.Millisecond)) { // clocks tell milliseconds
			t.Errorf("request %d came %s too early", n, earliest.Sub(at))
		}
	}
	q.at = nil
}

// joined is a store on a server, of one node more.
func joined(t *testing.T, dsn, name string) *store.Store {
	t.Helper()
	s, err := store.OpenPostgres(t.Context(), dsn, clock.System{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	if err := s.Nodes().Join(t.Context(), name, json.RawMessage(`{}`)); err != nil {
		t.Fatal(err)
	}
	return s
}

// Nodes ask the contact centre no faster together than one does, and what one of them hears slows all.
func TestNodesShareTheContactCentresQuota(t *testing.T) {
	const perSecond, burst = 40, 5
	q := &quota{}
	server := httptest.NewServer(q)
	t.Cleanup(server.Close)
	dsn := pgtest.Shared(t)
	node := func(name string) Centre {
		centre, err := CentreOf(config.ConnectAPI{Region: "us-east-1", InstanceID: "i", Endpoint: server.URL, AccessKeyID: "AKIA",
			SecretAccessKey: "s", RequestsPerSecond: perSecond, Burst: burst})
		if err != nil {
			t.Fatal(err)
		}
		shareTurns(centre, joined(t, dsn, name))
		return centre
	}
	one, two := node("one"), node("two")
	ask := func(times int, nodes ...Centre) {
		var all sync.WaitGroup
		for range times {
			for _, centre := range nodes {
				all.Go(func() {
					if err := centre.UpdateAttributes(context.WithoutCancel(t.Context()), "c", map[string]string{"a": "b"}); err != nil {
						t.Error(err)
					}
				})
			}
		}
		all.Wait()
	}
	began := time.Now()
	ask(10, one, two)
	q.within(t, began, perSecond, burst)
	q.refuses = 1
	ask(1, one)
	q.at = nil
	began = time.Now()
	ask(8, two)
	q.within(t, began, perSecond/2, 1)
}

// A node that asks the org nothing knows as well how much of its allowance is used: at 95 % it has to write less.
func TestNodesShareWhatTheOrgSaysOfItsAllowance(t *testing.T) {
	said := ""
	org := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Sforce-Limit-Info", said)
		_, _ = io.WriteString(w, `{}`)
	}))
	t.Cleanup(org.Close)
	dsn := pgtest.Shared(t)
	var meters [3]salesforce.Meter
	var nodes [3]*store.Nodes
	for n := range nodes {
		nodes[n] = joined(t, dsn, fmt.Sprint("node", n)).Nodes()
	}
	hears := func(n int, header string) {
		t.Helper()
		said = header
		client := salesforce.New(salesforce.Config{Session: salesforce.Session{InstanceURL: org.URL}, Meter: &meters[n]})
		if err := client.Get(t.Context(), "User", "005", []string{"Id"}, &struct{}{}); err != nil {
			t.Fatal(err)
		}
	}
	want := func(used ...int) {
		t.Helper()
		for n := range nodes {
			if err := exchange(t.Context(), &meters[n], nodes[n]); err != nil {
				t.Fatal(err)
			}
			if meters[n].Used() != used[n] || used[n] > 0 && meters[n].Max() != 1000 {
				t.Errorf("node %d knows %d of %d, want %d", n, meters[n].Used(), meters[n].Max(), used[n])
			}
		}
	}
	want(0, 0, 0)
	hears(1, "api-usage=960/1000")
	want(0, 960, 960)
	want(960, 960, 960)
	hears(2, "api-usage=970/1000")
	hears(0, "api-usage=20/1000") // later: the day is over
	want(20, 20, 970)             // who has news of its own tells them first
	hears(0, "api-usage=21/1000")
	want(21, 21, 21)
}
