package records

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"
)

// stamped is an org that tells when its records changed.
type stamped struct {
	org
	at    string // of all of them
	whole int    // how often an adapter record was read
}

func (s *stamped) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !strings.HasSuffix(r.URL.Path, "/composite") {
		if strings.Contains(r.URL.Query().Get("q"), "FROM AC_CtiAdapter__c") {
			s.whole++
		}
		s.org.ServeHTTP(w, r)
		return
	}
	var out []map[string]any
	for _, name := range []string{"adapters", "flows", "features", "presence", "toolkit"} {
		out = append(out, map[string]any{"referenceId": name, "httpStatusCode": 200, "httpHeaders": map[string]any{}, "body": map[string]any{
			"done": true, "records": []map[string]string{{"Id": name, "SystemModstamp": s.at}}}})
	}
	_ = json.NewEncoder(w).Encode(map[string]any{"compositeResponse": out})
}

func TestWhatHasNotChangedIsNotReadAgain(t *testing.T) {
	s := &stamped{org: full(), at: "1"}
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
