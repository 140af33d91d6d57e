package adapter

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/patchcord/patchcord/adapter/absence"
	"github.com/patchcord/patchcord/adapter/agent"
	"github.com/patchcord/patchcord/adapter/sessionend"
	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/adapter/wire"
	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/internal/fault"
)

// statusBoard is the contact centre's side of an agent's status.
type statusBoard struct {
	status string
	set    []string
	fails  int    // how often it does not answer
	then   func() // what happens once a status is set; nil for nothing
}

func (*statusBoard) UserID(_ context.Context, username string) (string, error) { return username, nil }

func (b *statusBoard) StatusOf(context.Context, string) (string, error) {
	if b.fails--; b.fails >= 0 {
		return "", errors.New("throttled")
	}
	return b.status, nil
}

func (b *statusBoard) SetStatus(_ context.Context, userID, status string) error {
	b.status = status
	b.set = append(b.set, userID+" "+status)
	if b.then != nil {
		b.then()
	}
	return nil
}

// ends lists the runs of a kind that have ended, with their words.
func (m *middle) ends(kind string) (found []string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, r := range m.finished {
		if r.Kind == kind {
			found = append(found, string(r.Status)+": "+r.Problem)
		}
	}
	return found
}

// atDesk is an agent who is available and whose page was seen, with a rule for the end of the session.
func atDesk(t *testing.T, keys map[string]string) (*middle, *statusBoard) {
	m, board := newMiddle(t), &statusBoard{status: "Available"}
	rule, problems := sessionend.Of(keys)
	if problems != nil {
		t.Fatal(problems)
	}
	m.rule, m.statuses = &rule, board
	m.begin()
	m.sees()
	return m, board
}

func (m *middle) gone() {
	m.t.Helper()
	if err := m.heart.Leave(context.Background(), agentID); err != nil {
		m.t.Fatal(err)
	}
	rest(time.Minute)
}

func TestAnAgentWhoHasGoneIsNoGhost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, board := atDesk(t, nil)
		defer m.end()
		m.page.leave()
		m.gone()
		m.gone() // told twice
		m.page.comeBack()
		m.sees()
		rest(time.Minute)
		m.sees()
		rest(time.Minute)
		if diff := cmp.Diff([]string{"amelia Offline", "amelia Available"}, board.set); diff != "" || m.open() != 0 {
			t.Errorf("%s, open %d", diff, m.open())
		}
	})
}

func TestAStatusThatSomebodyChoseStays(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, board := atDesk(t, nil)
		defer m.end()
		m.page.leave()
		m.gone()
		board.status = "Lunch"
		m.page.comeBack()
		m.sees()
		rest(time.Minute)
		if diff := cmp.Diff([]string{"amelia Offline"}, board.set); diff != "" {
			t.Error(diff)
		}
	})
}

func TestAnAgentWhoIsBackKeepsTheStatus(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, board := atDesk(t, nil)
		defer m.end()
		board.fails = 2
		m.page.leave()
		if err := m.heart.Leave(context.Background(), agentID); err != nil {
			t.Fatal(err)
		}
		synctest.Wait() // the contact centre did not answer
		m.page.comeBack()
		rest(time.Minute)
		if board.set != nil || m.open() != 0 {
			t.Errorf("set %v, open %d", board.set, m.open())
		}
	})
}

func TestAContactCentreThatIsThrottledIsAskedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, board := atDesk(t, nil)
		defer m.end()
		board.fails = 3
		m.page.leave()
		m.gone()
		if !slices.Equal(board.set, []string{"amelia Offline"}) {
			t.Errorf("set %v: %v", board.set, m.ends("leave"))
		}
		board.status, board.fails = "Available", 100
		m.page.comeBack()
		m.sees()
		rest(time.Hour)
		if m.open() != 0 {
			t.Errorf("it is tried for ever: %v", m.ends("arrive"))
		}
	})
}

// The adapter ends between the contact centre's side and its own: what it has set is known as its own all the same.
func TestAnEndThatIsCutOff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, board := atDesk(t, nil)
		p := &process{}
		m.end()
		m.disk = dyingStore{m.base, p}
		m.begin()
		board.then = func() { p.kill() }
		m.page.leave()
		m.gone()
		board.then = nil
		m.end()
		m.disk = m.base
		m.begin()
		defer m.end()
		rest(time.Minute)
		m.page.comeBack()
		m.sees()
		rest(time.Minute)
		if diff := cmp.Diff([]string{"amelia Offline", "amelia Available"}, board.set); diff != "" || m.open() != 0 {
			t.Errorf("%s, open %d: %v", diff, m.open(), m.ends("leave"))
		}
	})
}

func TestALogoutSignsThePanelOutWhenItIsThereAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, board := atDesk(t, map[string]string{"Status": "Logout"})
		defer m.end()
		m.page.answers = func(c wire.Command) (wire.Result, bool) {
			return wire.Result{ID: c.ID, Outcome: wire.OutcomeDone}, true
		}
		m.page.leave()
		m.gone()
		m.page.comeBack()
		m.sees()
		rest(time.Minute)
		m.sees()
		rest(time.Minute)
		if n := len(m.page.of("signOut")); n != 1 || !slices.Equal(board.set, []string{"amelia Offline"}) {
			t.Errorf("signed out %d times, set %v", n, board.set)
		}
	})
}

func TestWhyNoStatusIsSet(t *testing.T) {
	for _, tc := range []struct {
		name string
		with func(*middle)
		want string
	}{
		{"no rule", func(m *middle) { m.rule = nil }, "No active AC Feature SetAgentStatusOnSessionEnd"},
		{"no credentials", func(m *middle) { m.statuses = nil }, "connect in patchcord.yaml is missing"},
		{"another profile", func(m *middle) { m.rule.Profiles = []string{"Sales"} }, "not for agents of the routing profile"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				m, board := atDesk(t, nil)
				m.end()
				tc.with(m)
				m.begin()
				defer m.end()
				m.page.leave()
				m.gone()
				if said := m.ends("leave"); len(said) != 1 || !strings.Contains(said[0], tc.want) || board.set != nil {
					t.Errorf("said %v, set %v", said, board.set)
				}
			})
		})
	}
}

// Agents who had a page when an earlier adapter ended are missed by the next one, however many there are.
func TestWhoWasHereBeforeIsMissed(t *testing.T) {
	o := newOrg(t)
	a, err := New(t.Context(), testConfig(t, o.url, t.TempDir()))
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	const agents = 2*agentsAtOnce + 1
	err = a.store.Do(t.Context(), "", func(tx *store.Tx) error {
		for i := range agents {
			s := agent.New(fmt.Sprintf("005%05d", i))
			s.Here = i%2 == 0
			if err := tx.PutState(s.User, "", time.Now(), true, s); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	clk, gone := clock.NewFake(time.Unix(0, 0)), 0
	watch := absence.New(absence.Config{Pages: func(string) int { return 0 }, Gone: func(string) { gone++ }, Clock: clk})
	defer watch.Close()
	a.absence.Close()
	a.absence = watch
	if err := a.missEarlier(t.Context()); err != nil {
		t.Fatal(err)
	}
	clk.Advance(absence.Silence)
	if gone != agentsAtOnce+1 {
		t.Errorf("%d are missed, want %d", gone, agentsAtOnce+1)
	}
}

// Who has to sign in again has no page because of that, and takes calls in the panel: an adapter that begins, or takes the work over, does
// not take them for gone.
func TestWhoHasToSignInAgainIsNotMissed(t *testing.T) {
	o := newOrg(t)
	a, err := New(t.Context(), testConfig(t, o.url, t.TempDir()))
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	a.engine.Close() // what is added stays
	now := time.Now()
	for _, tc := range []struct {
		user       string
		out, again bool
		leaves     int
	}{{"signed in", false, false, 1}, {"signed out", true, false, 0}, {"signed in again", true, true, 1}} {
		session := store.Session{TokenHash: tc.user, UserID: tc.user, Refresh: []byte{1}, Expires: now.Add(time.Hour)}
		err := a.store.PutSession(t.Context(), session, now.Add(-time.Hour))
		if tc.out {
			_, dropped := a.store.DropSession(t.Context(), session, now.Add(-time.Minute))
			err = errors.Join(err, dropped)
		}
		if tc.again {
			err = errors.Join(err, a.store.PutSession(t.Context(), session, now.Add(-time.Second)))
		}
		if err != nil {
			t.Fatal(err)
		}
		a.gone(tc.user)
		var runs []store.OpenRun
		err = a.store.View(t.Context(), func(tx *store.Tx) (err error) {
			runs, _, err = tx.OpenRunsOf(tc.user)
			return err
		})
		if err != nil || len(runs) != tc.leaves {
			t.Errorf("%s: %v, %v", tc.user, runs, err)
		}
	}
}

// That an agent has gone is not forgotten because the store did not take it: nobody else would notice, and calls go to an empty desk.
func TestWhoHasGoneIsMissedAgainUntilThatIsKept(t *testing.T) {
	o := newOrg(t)
	a, err := New(t.Context(), testConfig(t, o.url, t.TempDir()))
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	clk, times := clock.NewFake(time.Unix(0, 0)), 0
	watch := absence.New(absence.Config{Pages: func(string) int { return 0 }, Clock: clk, Gone: func(userID string) {
		times++
		a.gone(userID)
	}})
	a.absence.Close()
	a.absence = watch
	if err := a.store.Close(); err != nil {
		t.Fatal(err)
	}
	watch.Left(agentID, false)
	for range 3 {
		clk.Advance(absence.Silence)
	}
	if times != 3 {
		t.Errorf("missed %d times", times)
	}
}

// A session that ends takes nothing from the user's others: whoever is deactivated then is signed out of them.
func TestWhoHasAnotherSessionIsStillAskedAbout(t *testing.T) {
	o := newOrg(t)
	n := begin(t, testConfig(t, o.url, t.TempDir()))
	t.Cleanup(n.end)
	over, stays := signIn(t, n.server), signIn(t, n.server)
	page, other := openAs(t, n.server, over, agentID, "p"), openAs(t, n.server, stays, agentID, "q")
	s, err := n.adapter.identity.Who(t.Context(), over)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := n.adapter.store.DropSession(t.Context(), s, time.Now()); err != nil {
		t.Fatal(err)
	}
	if err := dismissEnded(t.Context(), n.adapter); err != nil {
		t.Fatal(err)
	}
	isSignedOut(t, page)
	o.mu.Lock()
	o.inactive = []record{{"Id": agentID}}
	o.mu.Unlock()
	if err := n.adapter.identity.Expire(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := n.adapter.identity.Who(t.Context(), stays); fault.Of(err).Kind != fault.Unsigned {
		t.Fatalf("the session of a deactivated user is good: %v", err)
	}
	isSignedOut(t, other)
}
