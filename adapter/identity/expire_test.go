package identity

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/internal/fault"
	"github.com/patchcord/patchcord/internal/pgtest"
	"github.com/patchcord/patchcord/salesforce"
)

func TestAPageOfAnotherUserGetsNoSession(t *testing.T) {
	for _, tc := range []struct {
		name, user string
		status     int
		says       []string
	}{
		{"its own user", amelia, http.StatusOK, nil},
		{"its own user, by the short id", amelia[:15], http.StatusOK, nil},
		{"a page that does not say", "", http.StatusOK, nil},
		{"another user", bob, http.StatusForbidden,
			[]string{"belongs to Bob Lee (bob@x.example)", "signed in as Amelia Okafor (agent@x.example)", "reload the page"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			b := newBench(t)
			started := b.get("/auth/start?origin=" + page + "&user=" + tc.user)
			to, err := started.Location()
			if err != nil {
				t.Fatal(err)
			}
			resp := b.get("/auth/callback?code=c&state="+to.Query().Get("state"), started.Cookies()[0])
			body, _ := io.ReadAll(resp.Body)
			if resp.StatusCode != tc.status {
				t.Errorf("%d: %s", resp.StatusCode, body)
			}
			for _, says := range tc.says {
				if !strings.Contains(string(body), says) {
					t.Errorf("%s does not say %q", body, says)
				}
			}
			_, err = b.cfg.Store.SessionOf(t.Context(), amelia, b.clock.Now())
			if (err == nil) != (tc.status == http.StatusOK) {
				t.Errorf("session: %v", err)
			}
			if tc.status != http.StatusOK && len(b.clients) != 0 {
				t.Error("the adapter acts for a user whom it gave no session")
			}
		})
	}
	b := newBench(t)
	for _, user := range []string{"x", "005000000000001'AA", "003000000000001AAA"} {
		if resp := b.get("/auth/start?origin=" + page + "&user=" + user); resp.StatusCode != http.StatusBadRequest {
			t.Errorf("user %q: %d", user, resp.StatusCode)
		}
	}
}

func TestASessionThatExpiresIsTold(t *testing.T) {
	b := newBench(t)
	early, user, err := b.begin(t.Context(), "c", "v", "")
	if err != nil {
		t.Fatal(err)
	}
	b.clock.Advance(time.Hour)
	late, _, err := b.begin(t.Context(), "d", "v", "")
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := b.Expire(t.Context()); err != nil || len(b.signedOut) != 0 {
			t.Fatalf("before its time: %v, %v", b.signedOut, err)
		}
	}
	b.clock.Advance(sessionLife - time.Hour)
	for range 2 {
		if err := b.Expire(t.Context()); err != nil || !slices.Equal(b.signedOut, []string{user + " " + hash(early)}) {
			t.Fatalf("%v, %v", b.signedOut, err)
		}
	}
	if _, err := b.Who(t.Context(), late); err != nil {
		t.Errorf("the other session: %v", err)
	}
	b.clock.Advance(sessionLife)
	if err := b.Expire(t.Context()); err != nil || len(b.signedOut) != 2 {
		t.Fatalf("%v, %v", b.signedOut, err)
	}
	if _, err := b.Client(t.Context(), user); fault.Of(err).Kind != fault.Unsigned {
		t.Errorf("the adapter still acts for them: %v", err)
	}
}

// A shift may be longer than a session that nobody shows again.
func TestASessionOfAConnectedPageGoesOn(t *testing.T) {
	b := newBench(t)
	session, _, err := b.begin(t.Context(), "c", "v", "")
	if err != nil {
		t.Fatal(err)
	}
	for range 3 * int(sessionLife/LengthenEvery) {
		b.clock.Advance(LengthenEvery)
		if err := errors.Join(b.Lengthen(t.Context(), hash(session)), b.Expire(t.Context())); err != nil || len(b.signedOut) != 0 {
			t.Fatalf("signed out %v, %v", b.signedOut, err)
		}
	}
	b.clock.Advance(sessionLife)
	if err := b.Lengthen(t.Context(), hash(session)); err != nil {
		t.Fatal(err)
	}
	if err := b.Expire(t.Context()); err != nil || len(b.signedOut) != 1 {
		t.Errorf("once it is over it stays over: %v, %v", b.signedOut, err)
	}
}

func TestADeactivatedUserIsSignedOut(t *testing.T) {
	b := newBench(t)
	session, user, err := b.begin(t.Context(), "c", "v", "")
	if err != nil {
		t.Fatal(err)
	}
	expire := func() {
		t.Helper()
		if err := b.Expire(t.Context()); err != nil && !errors.Is(err, b.silent) {
			t.Fatal(err)
		}
	}
	expire()
	if len(b.askedFor) != 0 {
		t.Errorf("asked for %v, and nobody is there", b.askedFor)
	}
	if _, err := b.Who(t.Context(), session); err != nil {
		t.Fatal(err)
	}
	expire()
	expire()
	if len(b.askedFor) != 1 || !slices.Equal(b.askedFor[0], []string{user}) || len(b.signedOut) != 0 {
		t.Errorf("asked for %v, signed out %v", b.askedFor, b.signedOut)
	}
	b.clock.Advance(askActive)
	b.silent = errors.New("the CRM is down")
	expire()
	if len(b.signedOut) != 0 {
		t.Errorf("signed out %v because the CRM is down", b.signedOut)
	}
	b.silent, b.inactive = nil, []string{user}
	expire()
	if len(b.askedFor) != 3 || !slices.Equal(b.signedOut, []string{user + " " + hash(session)}) {
		t.Errorf("asked for %v, signed out %v", b.askedFor, b.signedOut)
	}
	if _, err := b.Who(t.Context(), session); fault.Of(err).Kind != fault.Unsigned {
		t.Errorf("the session is still good: %v", err)
	}
	b.clock.Advance(askActive)
	expire()
	if len(b.askedFor) != 3 {
		t.Errorf("asked for %v, who are gone", b.askedFor[3:])
	}
}

// That the store does not take the end of a session puts it off to the next look, not to the next time that everybody is asked about.
func TestADeactivatedUserIsAskedAboutUntilTheSessionsHaveEnded(t *testing.T) {
	b := newBench(t)
	if err := b.Expire(t.Context()); err != nil { // nobody is there yet
		t.Fatal(err)
	}
	b.greet(bob)
	if err := b.Expire(t.Context()); err != nil {
		t.Fatal(err)
	}
	session, user := b.came(t)
	cut, cancel := context.WithCancel(t.Context())
	ask := b.cfg.Inactive
	b.cfg.Inactive = func(ctx context.Context, users []string) ([]string, error) {
		cancel()
		return ask(ctx, users)
	}
	b.inactive = []string{user}
	b.clock.Advance(time.Minute)
	if err := b.Expire(cut); err == nil || len(b.signedOut) != 0 {
		t.Fatalf("signed out %v, %v", b.signedOut, err)
	}
	b.clock.Advance(time.Minute)
	if err := b.Expire(t.Context()); err != nil || !slices.Equal(b.signedOut, []string{user + " " + hash(session)}) {
		t.Errorf("signed out %v, %v", b.signedOut, err)
	}
}

// Source: Salesforce Help, OAuth error codes.
func TestARenewalForAnInactiveUserSignsOut(t *testing.T) {
	b := newBench(t)
	session, user, err := b.begin(t.Context(), "c", "v", "")
	if err != nil {
		t.Fatal(err)
	}
	b.dead, b.refusal = func(string) bool { return true }, `{"error":"inactive_user","error_description":"user is inactive"}`
	if _, err := b.renew(t.Context(), user, "a of rc"); fault.Of(err).Kind != fault.Unsigned {
		t.Errorf("renew: %v", err)
	}
	if !slices.Equal(b.signedOut, []string{user + " " + hash(session)}) {
		t.Errorf("signed out %v", b.signedOut)
	}
}

func TestInactiveAsksForManyTogether(t *testing.T) {
	var asked []string
	crm := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked = append(asked, r.FormValue("q"))
		_, _ = io.WriteString(w, `{"done":true,"records":[{"Id":"`+bob+`"}]}`)
	}))
	t.Cleanup(crm.Close)
	client := salesforce.New(salesforce.Config{
		Session: salesforce.Session{InstanceURL: crm.URL, AccessToken: "a"}, Clock: clock.System{}, Log: slog.New(slog.DiscardHandler),
	})
	users := slices.Repeat([]string{amelia}, expireAtOnce+1)
	users[expireAtOnce] = bob
	found, err := Inactive(t.Context(), client, users)
	if err != nil || len(asked) != 4 || !slices.Contains(found, bob) {
		t.Fatalf("%v, %v, asked %d times", found, err, len(asked))
	}
	if want := "SELECT Id FROM User WHERE IsActive = false AND Id IN ('" + bob + "')"; asked[2] != want {
		t.Errorf("asked %s, want %s", asked[2], want)
	}
}

// An org counts requests: whoever comes is asked about alone.
func TestOnlyThoseWhoCameAreAskedAboutAtOnce(t *testing.T) {
	b := newBench(t)
	for _, come := range []string{amelia, bob} {
		b.greet(come)
		if err := b.Expire(t.Context()); err != nil {
			t.Fatal(err)
		}
		b.clock.Advance(50 * time.Second)
	}
	b.clock.Advance(askActive)
	if err := b.Expire(t.Context()); err != nil {
		t.Fatal(err)
	}
	if want := [][]string{{amelia}, {bob}, {amelia, bob}}; !slices.EqualFunc(b.askedFor, want, slices.Equal) {
		t.Errorf("asked about %v, want %v", b.askedFor, want)
	}
}

// came is a session of a user who has a page.
func (b *bench) came(t *testing.T) (session, user string) {
	t.Helper()
	session, user, err := b.begin(t.Context(), "c", "v", "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Who(t.Context(), session); err != nil {
		t.Fatal(err)
	}
	return session, user
}

// Whoever was frozen is out at the next look, which asks about nobody in particular.
func TestAFrozenUserIsSignedOutAtTheNextLook(t *testing.T) {
	b := newBench(t)
	session, user := b.came(t)
	var gone []string
	var since []time.Time
	b.cfg.Gone = func(_ context.Context, at time.Time) ([]string, error) {
		since = append(since, at)
		return gone, nil
	}
	first := b.clock.Now()
	for _, ask := range []func(){func() {}, func() {}, func() { gone = []string{user[:15], "005000000000077AAA"} }} {
		ask()
		if err := b.Expire(t.Context()); err != nil {
			t.Fatal(err)
		}
		b.clock.Advance(askAgain)
	}
	want := []time.Time{first.Add(-overlap), first.Add(askAgain).Add(-overlap)}
	if !slices.EqualFunc(since, want, time.Time.Equal) || len(b.askedFor) != 1 {
		t.Errorf("asked since %v, want %v, and about %v", since, want, b.askedFor)
	}
	if !slices.Equal(b.signedOut, []string{user + " " + hash(session)}) {
		t.Errorf("signed out %v", b.signedOut)
	}
}

// An org counts requests: what is asked together with something else leaves nothing to ask, for as long as it is heard.
func TestWhoIsGoneIsHeardBesideSomethingElse(t *testing.T) {
	b := newBench(t)
	session, user := b.came(t)
	var since []time.Time
	b.cfg.Gone = func(_ context.Context, at time.Time) ([]string, error) {
		since = append(since, at)
		return nil, nil
	}
	hear := func(gone string) {
		t.Helper()
		parts, hear := b.Lately()
		if len(parts) != 2 {
			t.Fatalf("asks %v", parts)
		}
		hear(t.Context(), salesforce.Answers{{Name: "inactive", Body: []byte(`{"records":[]}`)}, {Name: "frozen", Body: []byte(gone)}})
	}
	expire := func() {
		t.Helper()
		if err := b.Expire(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	nobody := `{"records":[{"UserId":"005000000000077AAA"}]}`
	hear(nobody) // nobody was asked about yet
	expire()
	for range int(askActive/(50*time.Second)) - 1 {
		b.clock.Advance(50 * time.Second)
		hear(nobody)
		expire()
	}
	if len(since) != 0 || len(b.askedFor) != 1 || len(b.signedOut) != 0 {
		t.Errorf("asked since %v and about %v, signed out %v", since, b.askedFor, b.signedOut)
	}
	for range 2 {
		b.clock.Advance(50 * time.Second)
		hear(nobody)
		expire()
	}
	if len(since) != 0 || len(b.askedFor) != 2 {
		t.Errorf("after an hour asked since %v and about %v", since, b.askedFor)
	}
	silent := b.clock.Now()
	b.clock.Advance(lately)
	hear(nobody)
	expire()
	if want := []time.Time{silent.Add(-overlap)}; !slices.EqualFunc(since, want, time.Time.Equal) {
		t.Errorf("after a silence asked since %v, want %v", since, want)
	}
	hear(`{"records":[{"UserId":"` + user[:15] + `"}]}`)
	if !slices.Equal(b.signedOut, []string{user + " " + hash(session)}) {
		t.Errorf("signed out %v", b.signedOut)
	}
}

// One node asks for all: about whoever has a page anywhere.
func TestNodesAskTogetherWhoIsInactive(t *testing.T) {
	org, dsn, key := newRotating(t), pgtest.Shared(t), newKey(t)
	var mu sync.Mutex
	var asked [][]string
	var gone, out []string
	node := func(name string) *Identity {
		s := join(t, dsn, name)
		i := org.at(t, s, key)
		i.cfg.Inactive = func(_ context.Context, users []string) ([]string, error) {
			mu.Lock()
			defer mu.Unlock()
			asked = append(asked, users)
			return []string{bob}, nil
		}
		i.cfg.Gone = func(context.Context, time.Time) ([]string, error) {
			mu.Lock()
			defer mu.Unlock()
			gone = append(gone, name)
			return nil, nil
		}
		i.cfg.SignedOut = func(user, _ string) {
			mu.Lock()
			defer mu.Unlock()
			out = append(out, user)
		}
		return i
	}
	one, two := node("one"), node("two")
	for user, at := range map[string]*Identity{amelia: one, bob: two} {
		err := at.cfg.Store.PutSession(t.Context(), store.Session{TokenHash: user, UserID: user, Refresh: []byte{1},
			Expires: time.Now().Add(time.Hour)}, time.Now())
		if err != nil {
			t.Fatal(err)
		}
		page := store.Page{ID: "page", Session: user}
		if _, err := at.cfg.Store.Nodes().Enter(t.Context(), []store.Entering{{User: user, Page: page}}); err != nil {
			t.Fatal(err)
		}
	}
	var all sync.WaitGroup
	for range 5 {
		for _, node := range []*Identity{one, two} {
			all.Go(func() {
				if err := node.Expire(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
	}
	all.Wait()
	if len(asked) != 1 || !slices.Equal(asked[0], []string{amelia, bob}) || len(gone) != 0 {
		t.Errorf("asked about %v, and by %v who is gone", asked, gone)
	}
	if !slices.Equal(out, []string{bob}) {
		t.Errorf("signed out %v", out)
	}
}
