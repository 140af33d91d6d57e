package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/internal/pgtest"
)

// two opens two nodes on one database.
func two(t *testing.T) (a, b *Store, dsn string) {
	t.Helper()
	dsn = pgtest.Shared(t)
	return openShared(t, dsn, "a"), openShared(t, dsn, "b"), dsn
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// enter connects a page of a user at a node.
func enter(t *testing.T, s *Store, user, page string) (Holding, bool) {
	t.Helper()
	now := time.Now()
	must(t, s.PutSession(t.Context(), Session{TokenHash: "of " + user, UserID: user, Refresh: []byte{1}, Expires: now.Add(time.Hour)}, now))
	is, err := s.Nodes().Enter(t.Context(), []Entering{{user, Page{ID: page, Session: "of " + user, Socket: 1}}})
	must(t, err)
	return is[0].Holding, is[0].Taken
}

func exit(t *testing.T, s *Store, user, page string) {
	t.Helper()
	_, err := s.Nodes().Post(t.Context(), Posted{Exit: &Exit{User: user, Page: Page{ID: page, Socket: 1}}})
	must(t, err)
}

// letters are what a node was told, as far as there is something.
func letters(t *testing.T, s *Store) (kinds []string) {
	t.Helper()
	for more := true; more; {
		found, again, err := s.Nodes().Letters(t.Context())
		must(t, err)
		for _, l := range found {
			kinds = append(kinds, l.Kind+" "+l.User)
		}
		more = again
	}
	return kinds
}

func addRunFor(t *testing.T, s *Store, user string) Run {
	t.Helper()
	r := Run{User: user, Kind: "flow", Status: Waiting, Created: morning}
	must(t, s.Do(t.Context(), user, func(tx *Tx) error { return tx.AddRun(&r) }))
	return r
}

func adopted(t *testing.T, s *Store) (users []string) {
	t.Helper()
	taken, _, err := s.Nodes().Adopt(t.Context(), "", 100)
	must(t, err)
	for _, v := range taken {
		users = append(users, v.User)
	}
	return users
}

func same(t *testing.T, got, want any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// takeForDead has one node take another one for dead.
func takeForDead(t *testing.T, by, dead *Store) {
	t.Helper()
	all, err := by.Nodes().All(t.Context())
	must(t, err)
	for _, n := range all {
		if n.ID != dead.Nodes().Me() {
			continue
		}
		if was, err := by.Nodes().Bury(t.Context(), n.ID, n.Beats-1); err != nil || was {
			t.Errorf("one that has said that it lives was buried: %v, %v", was, err)
		}
		if was, err := by.Nodes().Bury(t.Context(), n.ID, n.Beats); err != nil || !was {
			t.Errorf("it was not buried: %v, %v", was, err)
		}
	}
}

func TestNodesJoinBeatAndLeave(t *testing.T) {
	a, b, dsn := two(t)
	beat := func(s *Store) []string {
		var names []string
		all, _, err := s.Nodes().Beat(t.Context(), json.RawMessage(`{"version":"1"}`))
		for _, n := range all {
			names = append(names, n.Name)
		}
		if err != nil {
			names = append(names, err.Error())
		}
		return names
	}
	same(t, beat(a), []string{"a", "b"})
	first := b.Nodes().Me()
	again := openShared(t, dsn, "b") // the same machine, after a crash
	if again.Nodes().Me() == first {
		t.Error("two lives have one name")
	}
	same(t, beat(again), []string{"a", "b"})
	same(t, beat(b), []string{ErrBuried.Error()})
	must(t, again.Nodes().Leave(t.Context()))
	same(t, beat(a), []string{"a"})
	takeForDead(t, a, a)
	same(t, beat(a), []string{ErrBuried.Error()})
	must(t, a.Nodes().Join(t.Context(), "a", json.RawMessage(`{}`)))
	same(t, beat(a), []string{"a"})
}

// A user's work goes with the user's pages, and whoever had it before writes nothing more.
func TestWorkMovesToTheNodeWithThePage(t *testing.T) {
	a, b, _ := two(t)
	r := addRunFor(t, a, "ann") // it is in nobody's hand: then it is in the hand of who adds it
	if r.Elsewhere || r.Fence != 1 || r.Holding.Node != a.Nodes().Me() {
		t.Errorf("added as %+v", r)
	}
	holder, taken := enter(t, b, "ann", "p1")
	if !taken || holder.Node != b.Nodes().Me() || holder.Fence != r.Holding.Fence+1 {
		t.Errorf("entered: %+v, %v", holder, taken)
	}
	if err := a.Do(t.Context(), "ann", func(tx *Tx) error { return tx.SaveRun(r) }); !errors.Is(err, ErrStale) {
		t.Errorf("the old hand: %v", err)
	}
	if err := (Held{a}).Do(t.Context(), "ann", func(*Tx) error { return nil }); !errors.Is(err, ErrStale) {
		t.Errorf("whoever does not hold: %v", err)
	}
	must(t, Held{b}.Do(t.Context(), "ann", func(tx *Tx) error {
		now, err := tx.TakeRun(r.ID)
		if now.Fence != r.Fence+2 {
			t.Errorf("fence %d", now.Fence)
		}
		return err
	}))
	same(t, letters(t, a), []string{"moved ann"})
	same(t, letters(t, a), []string(nil))

	// A second page elsewhere leaves it where it is, and it stays while the holder has one.
	if holder, taken := enter(t, a, "ann", "p2"); taken || holder.Node != b.Nodes().Me() {
		t.Errorf("entered beside: %+v, %v", holder, taken)
	}
	exit(t, b, "ann", "p1")
	if holder, taken := enter(t, a, "ann", "p3"); !taken || holder.Node != a.Nodes().Me() {
		t.Errorf("entered after: %+v, %v", holder, taken)
	}
	same(t, letters(t, b), []string{"moved ann"})
	// Runs that another node adds are told, once a transaction, and are in nobody's hand yet.
	must(t, b.Do(t.Context(), "ann", func(tx *Tx) error {
		for range 2 {
			r := Run{User: "ann", Kind: "flow", Status: Waiting, Created: morning}
			if err := tx.AddRun(&r); err != nil {
				return err
			}
			if !r.Elsewhere || r.Fence != 0 || r.Holding.Node != a.Nodes().Me() {
				t.Errorf("added elsewhere as %+v", r)
			}
		}
		return nil
	}))
	same(t, letters(t, a), []string{"runs ann"})
	held, err := a.Nodes().Held(t.Context(), "", 10)
	same(t, len(held), 1)
	must(t, err)
}

func TestWhatIsInNobodysHandIsAdoptedOnce(t *testing.T) {
	a, b, dsn := two(t)
	addRunFor(t, a, "ann")
	enter(t, a, "bob", "p1")
	addRunFor(t, a, "bob")
	enter(t, a, "cid", "p1")
	enter(t, b, "cid", "p2")
	same(t, adopted(t, b), []string(nil))
	if mine, err := b.Nodes().Claim(t.Context(), "ann"); mine || err != nil {
		t.Errorf("what a node has was claimed: %v, %v", mine, err)
	}
	if mine, err := a.Nodes().Claim(t.Context(), "~jobs"); !mine || err != nil {
		t.Errorf("jobs of nobody: %v, %v", mine, err)
	}
	if mine, err := b.Nodes().Claim(t.Context(), "~jobs"); mine || err != nil {
		t.Errorf("jobs of another: %v, %v", mine, err)
	}
	takeForDead(t, b, a)
	// What it goes on to write before it notices binds nobody.
	enter(t, a, "ann", "late")
	c := openShared(t, dsn, "c")
	var all sync.WaitGroup
	var found [2][]string
	for i, s := range []*Store{b, c} {
		all.Go(func() { found[i] = adopted(t, s) })
	}
	all.Wait()
	for i, s := range []*Store{b, c} { // whom each left to the other while both looked is there at the next look
		found[i] = append(found[i], adopted(t, s)...)
	}
	if n := len(found[0]) + len(found[1]); n != 3 {
		t.Errorf("%v and %v were adopted, want ann, bob and cid once", found[0], found[1])
	}
	if mine, err := b.Nodes().Claim(t.Context(), "~jobs"); !mine || err != nil {
		t.Errorf("jobs of a dead one: %v, %v", mine, err)
	}
	present, err := b.Nodes().Present(t.Context())
	must(t, err)
	same(t, present, []string{"cid"})
	must(t, b.Nodes().Leave(t.Context()))
	must(t, c.Nodes().Leave(t.Context()))
	must(t, a.Nodes().Join(t.Context(), "a", json.RawMessage(`{}`)))
	same(t, len(adopted(t, a)), 3)
	must(t, a.Nodes().Clean(t.Context()))
	do(t, a, func(tx *Tx) error {
		var rest int
		err := tx.one(`SELECT (SELECT count(*) FROM letter) + (SELECT count(*) FROM page)`, nil, &rest)
		same(t, rest, 0)
		return err
	})
}

func TestLettersKeepTheirOrder(t *testing.T) {
	a, b, _ := two(t)
	const many = 3 * lettersAtOnce / 2
	ctx, cancel := context.WithCancel(t.Context())
	heard := make(chan struct{}, 1)
	var all sync.WaitGroup
	all.Go(func() {
		b.Nodes().Listen(ctx, func() {
			select {
			case heard <- struct{}{}:
			default:
			}
		}, func(bool) {})
	})
	defer all.Wait()
	defer cancel()
	all.Go(func() {
		for i := 0; i < many; i += 3 {
			var three []Posted
			for n := i; n < i+3; n++ {
				three = append(three, Posted{Node: b.Nodes().Me(), Letter: Letter{Kind: "n", User: fmt.Sprint(n)}})
			}
			if _, err := a.Nodes().Post(t.Context(), three...); err != nil {
				t.Error(err)
				return
			}
		}
	})
	for got := 0; got < many; {
		<-heard
		for _, l := range letters(t, b) {
			if l != fmt.Sprintf("n %d", got) {
				t.Fatalf("letter %d is %q", got, l)
			}
			got++
		}
	}
}

func TestFindAsksOnceForAll(t *testing.T) {
	a, b, _ := two(t)
	var asked atomic.Int64
	find := func(ctx context.Context, s *Store, name string, age time.Duration) (string, error) {
		body, err := s.Find(ctx, name, age, clock.System{}, func(context.Context) ([]byte, error) {
			return fmt.Append(nil, asked.Add(1)), nil
		})
		return string(body), err
	}
	var all sync.WaitGroup
	for i := range 20 {
		all.Go(func() {
			if got, err := find(t.Context(), []*Store{a, b}[i%2], "users", time.Minute); got != "1" || err != nil {
				t.Errorf("found %q, %v", got, err)
			}
		})
	}
	all.Wait()
	same(t, asked.Load(), int64(1))
	if got, err := find(t.Context(), b, "users", -time.Second); got != "2" || err != nil {
		t.Errorf("anew: %q, %v", got, err)
	}

	// Whoever asks and fails leaves it to others, and so does who dies while asking.
	no := errors.New("no")
	_, err := a.Find(t.Context(), "limits", time.Minute, clock.System{}, func(context.Context) ([]byte, error) { return nil, no })
	if !errors.Is(err, no) {
		t.Errorf("err = %v", err)
	}
	asks, dies := make(chan struct{}), make(chan struct{})
	all.Go(func() {
		_, _ = a.Find(t.Context(), "limits", time.Minute, clock.System{}, func(context.Context) ([]byte, error) {
			close(asks)
			<-dies
			return []byte("of the dead"), nil
		})
	})
	<-asks
	all.Go(func() {
		if got, err := find(t.Context(), b, "limits", time.Minute); got != "3" || err != nil {
			t.Errorf("after the death of who asked: %q, %v", got, err)
		}
		close(dies)
	})
	takeForDead(t, b, a)
	all.Wait()
	if got, err := find(t.Context(), b, "limits", time.Minute); got != "3" || err != nil {
		t.Errorf("what the dead one found counts: %q, %v", got, err)
	}
}

// Through a pooler in transaction mode nobody is told of letters; all else is as without one.
func TestNodesThroughAPooler(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	server, err := pgtest.Start(ctx, pgtest.Config{})
	must(t, err)
	defer server.Close()
	pooler, err := server.Pooler(ctx, "postgres")
	must(t, err)
	defer pooler.Close()
	a, b := openShared(t, pooler.DSN(), "a"), openShared(t, pooler.DSN(), "b")
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			for n := range 10 {
				if err := addFact(ctx, []*Store{a, b}[(i+n)%2], "user", fmt.Sprint(i, n)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	told := len(letters(t, a)) + len(letters(t, b))
	holders, added := 0, int64(0)
	for _, s := range []*Store{a, b} {
		do(t, s, func(tx *Tx) error {
			open, held, err := tx.OpenRunsOf("user", "nobody")
			if h, mine := held["user"]; mine {
				holders++
				added = h.Added
			}
			if len(open) != 80 {
				t.Errorf("%d runs", len(open))
			}
			return err
		})
	}
	if holders != 1 || told == 0 || int64(told) != added {
		t.Errorf("%d holders, %d letters, %d added", holders, told, added)
	}
	for i := range 20 {
		_, err := a.Nodes().Post(ctx, Posted{Node: b.Nodes().Me(), Letter: Letter{Kind: "n", User: fmt.Sprint(i)}})
		must(t, err)
		same(t, letters(t, b), []string{fmt.Sprintf("n %d", i)})
	}
}
