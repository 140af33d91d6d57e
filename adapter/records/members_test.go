package records

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/patchcord/patchcord/internal/fault"
)

var userIDs = regexp.MustCompile(`005\d+`)

// crowd answers for any user: each is in the call centre 04v1, unless it is said to be in none.
type crowd struct {
	asked   atomic.Int32  // questions about users
	first   chan struct{} // closed when the first of them has come
	gate    chan struct{} // closed when it may be answered; nil for at once
	silent  atomic.Bool
	outside sync.Map // user ids in no call centre
}

func (c *crowd) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if c.silent.Load() {
		http.Error(w, "away", http.StatusServiceUnavailable)
		return
	}
	q := r.URL.Query().Get("q")
	rows := []map[string]any{}
	switch {
	case strings.Contains(q, "FROM User"):
		if c.asked.Add(1) == 1 && c.gate != nil {
			close(c.first)
			<-c.gate
		}
		for _, id := range userIDs.FindAllString(q, -1) {
			row := map[string]any{"Id": id, "CallCenterId": "04v1"}
			if _, out := c.outside.Load(id); out {
				row["CallCenterId"] = nil
			}
			rows = append(rows, row)
		}
	default:
		rows = append(rows, map[string]any{"Id": "04v1", "InternalName": "ACLightningAdapter"})
	}
	_ = json.NewEncoder(w).Encode(map[string]any{"done": true, "records": rows})
}

func TestUsersWhoComeTogetherAreAskedForTogether(t *testing.T) {
	c := &crowd{first: make(chan struct{}), gate: make(chan struct{})}
	r, _ := readerOf(t, c)
	var come sync.WaitGroup
	ask := func(n int) {
		id := fmt.Sprintf("005%012d", n)
		if n%7 == 0 {
			c.outside.Store(id, true)
		}
		come.Go(func() {
			centre, err := r.members.of(t.Context(), id+"AAA", fresh) // in the long form
			if n%7 == 0 {
				if fault.Of(err).Kind != fault.Missing {
					t.Errorf("user %d: %v, want that there is no call centre", n, err)
				}
				return
			}
			if err != nil || centre != "ACLightningAdapter" {
				t.Errorf("user %d: %q, %v", n, centre, err)
			}
		})
	}
	ask(1)
	<-c.first
	waiting := func(want int) {
		for have := -1; have != want; time.Sleep(time.Millisecond) {
			r.members.mu.Lock()
			if have = 0; r.members.next != nil {
				have = len(r.members.next.users)
			}
			r.members.mu.Unlock()
		}
	}
	for n := range together {
		ask(n + 2)
	}
	waiting(together)
	for n := range 50 {
		ask(n + 2 + together)
	}
	waiting(50)
	close(c.gate)
	come.Wait()
	if asked := c.asked.Load(); asked != 3 {
		t.Errorf("%d questions for %d users; want one, then %d, then the rest", asked, together+51, together)
	}
}

func TestWhereAUserIsIsRemembered(t *testing.T) {
	c := &crowd{}
	r, clk := readerOf(t, c)
	of := func(life time.Duration) error {
		_, err := r.members.of(t.Context(), "0051", life)
		return err
	}
	if err := of(fresh); err != nil {
		t.Fatal(err)
	}
	clk.Advance(fresh)
	if err := of(rememberedFor); err != nil || c.asked.Load() != 1 {
		t.Errorf("an event: %v, asked %d times, want 1", err, c.asked.Load())
	}
	c.silent.Store(true)
	if err := of(fresh); err != nil {
		t.Errorf("while the CRM does not answer: %v", err)
	}
	c.silent.Store(false)
	c.outside.Store("0051", true)
	if err := of(fresh); fault.Of(err).Kind != fault.Missing {
		t.Errorf("after leaving: %v", err)
	}
	if err := of(rememberedFor); fault.Of(err).Kind != fault.Missing {
		t.Errorf("an event after leaving: %v", err)
	}
}

// An org that hangs keeps nobody longer than they want to wait; its answer is kept when it comes.
func TestWhoDoesNotWaitForTheAnswerLeavesItToOthers(t *testing.T) {
	c := &crowd{first: make(chan struct{}), gate: make(chan struct{})}
	r, _ := readerOf(t, c)
	ctx, leave := context.WithCancel(t.Context())
	go func() {
		<-c.first
		leave()
	}()
	if _, err := r.Arrived(ctx, "005000000000001"); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want that it was cancelled", err)
	}
	close(c.gate)
	r.members.turn <- struct{}{} // the question has been answered
	<-r.members.turn
	if centre, ok := r.members.remembered("005000000000001"); !ok {
		t.Errorf("remembered %q, %v: the answer was lost", centre, ok)
	}
}
