package records

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/salesforce"
)

// stampedOrg is an org that tells when its records changed.
type stampedOrg struct {
	org
	at    string // of all of them
	whole int    // how often an adapter record was read
	asked int    // how often it was asked for that
	// beside says whether it was asked for something else too.
	beside bool
}

func (s *stampedOrg) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !strings.HasSuffix(r.URL.Path, "/composite") {
		if strings.Contains(r.URL.Query().Get("q"), "FROM AC_CtiAdapter__c") {
			s.whole++
		}
		s.org.ServeHTTP(w, r)
		return
	}
	if body, _ := io.ReadAll(r.Body); strings.Contains(string(body), "SystemModstamp") {
		s.asked++
		s.beside = strings.Contains(string(body), `"referenceId":"beside"`)
	}
	var out []map[string]any
	names := []string{"adapters", "flows", "toolkit"}
	if s.beside {
		names = append(names, "beside")
	}
	for _, name := range names {
		out = append(out, map[string]any{"referenceId": name, "httpStatusCode": 200, "httpHeaders": map[string]any{}, "body": map[string]any{
			"done": true, "records": []map[string]string{{"Id": name, "SystemModstamp": s.at}}}})
	}
	_ = json.NewEncoder(w).Encode(map[string]any{"compositeResponse": out})
}

func TestWhatHasNotChangedIsNotReadAgain(t *testing.T) {
	s := &stampedOrg{org: full(), at: "1"}
	r, clk := readerOf(t, s)
	for range 4 {
		if _, err := r.Arrived(t.Context(), "0051"); err != nil {
			t.Fatal(err)
		}
		clk.Advance(2 * fresh)
	}
	if s.whole != 2 { // the second time because a stamp tells seconds
		t.Errorf("read %d times", s.whole)
	}
	s.at = "2"
	for want := 3; want <= 4; want++ {
		if _, err := r.Arrived(t.Context(), "0051"); err != nil || s.whole != want {
			t.Errorf("after a change it was read %d times, %v; want %d", s.whole, err, want)
		}
		clk.Advance(2 * fresh)
	}
	if _, err := r.Arrived(t.Context(), "0051"); err != nil || s.whole != 4 {
		t.Errorf("then it was read %d times, %v", s.whole, err)
	}
	clk.Advance(wholeEvery + time.Second)
	if _, err := r.Arrived(t.Context(), "0051"); err != nil || s.whole != 5 {
		t.Errorf("after an hour it was read %d times, %v", s.whole, err)
	}
}

// What others ask at the same time is in the same request, and they hear of it.
func TestSomethingElseIsAskedBeside(t *testing.T) {
	s := &stampedOrg{org: full(), at: "1"}
	r, _ := readerOf(t, s)
	heard := 0
	r.AskBeside(func(context.Context, *salesforce.Client) ([]salesforce.Part, func(context.Context, salesforce.Answers)) {
		return []salesforce.Part{salesforce.Ask("beside", "SELECT Id FROM User")}, func(_ context.Context, a salesforce.Answers) {
			var found struct{ Records []struct{ ID string } }
			if err := a.Into("beside", &found); err != nil || len(found.Records) != 1 || found.Records[0].ID != "beside" {
				t.Errorf("heard %+v, %v", found, err)
			}
			heard++
		}
	})
	if _, err := r.Arrived(t.Context(), "0051"); err != nil || s.asked != 1 || !s.beside || heard != 1 {
		t.Errorf("%v, asked %d times, beside %v, heard %d times", err, s.asked, s.beside, heard)
	}
}

// shared is what nodes share.
type shared struct {
	clock *clock.Fake
	found map[string][]byte
	at    map[string]time.Time
}

func (g *shared) share(ctx context.Context, name string, age time.Duration, ask func(context.Context) ([]byte, error)) (
	[]byte, time.Duration, error) {
	if ago := g.clock.Now().Sub(g.at[name]); ago <= age {
		return g.found[name], ago, nil
	}
	body, err := ask(ctx)
	if err == nil {
		g.found[name], g.at[name] = body, g.clock.Now()
	}
	return body, 0, err
}

// However many there are, the org is asked as often as by one, and each of them notices a change within a minute.
func TestManyReadersAskAsOne(t *testing.T) {
	s := &stampedOrg{org: full(), at: "1"}
	var readers []*Reader
	g := &shared{found: map[string][]byte{}, at: map[string]time.Time{}}
	for range 3 {
		r, clk := readerOf(t, s)
		if g.clock == nil {
			g.clock = clk
		}
		r.share, r.clock = g.share, g.clock
		readers = append(readers, r)
		if _, err := r.Arrived(t.Context(), "0051"); err != nil {
			t.Fatal(err)
		}
	}
	tick := func() {
		t.Helper()
		for n, r := range readers {
			g.clock.Advance(r.Tick() / 3)
			r.Refresh()
			r.work.Wait()
			if _, err, known := r.Latest("0051"); err != nil || !known {
				t.Errorf("reader %d: %v, known %v", n, err, known)
			}
			r.work.Wait()
			if _, age, err := r.entry("ACLightningAdapter").get(g.clock.Now()); age >= usable || err != nil {
				t.Errorf("what reader %d knows is %s old, %v: an event waits for the org", n, age, err)
			}
		}
	}
	for range 20 {
		tick()
	}
	s.asked, s.whole = 0, 0
	for range 60 {
		tick()
	}
	if most := int(10*time.Minute/Every) + 1; s.asked > most || s.asked < most/2 || s.whole != 0 {
		t.Errorf("asked %d times in ten minutes, and read %d times; want %d", s.asked, s.whole, most)
	}
	g.clock.Advance(wholeEvery)
	for range 3 {
		tick()
	}
	if s.whole != 1 {
		t.Errorf("after an hour it was read whole %d times by all together", s.whole)
	}
	s.org["AC_CtiAdapter__c"][0]["Amazon_Connect_Instance_Alias__c"] = "seen" // as when somebody gets a right to a field
	g.clock.Advance(wholeEvery)
	for range 3 {
		tick()
	}
	for n, r := range readers {
		if a, err, _ := r.Known("0051"); err != nil || a.CCPURL != "https://seen.my.connect.aws/ccp-v2/" {
			t.Errorf("reader %d knows %s, %v", n, a.CCPURL, err)
		}
		r.work.Wait()
	}
	s.whole, s.at = 0, "2"
	for range int(time.Minute / sharedEvery) {
		tick()
	}
	if s.whole < len(readers) {
		t.Errorf("a change was noticed %d times within a minute", s.whole)
	}
	s.at, s.asked = "3", 0
	readers[0].Reload(t.Context())
	if s.asked != 1 {
		t.Errorf("who has changed it asks %d times", s.asked)
	}
}
