package salesforce

import (
	"io"
	"net/http"
	"sync"
	"testing"
)

func TestTheMeterReadsWhatTheOrgSays(t *testing.T) {
	for header, want := range map[string][2]int{
		"api-usage=18/5000": {18, 5000},
		"api-usage=25/5000; per-app-api-usage=17/250(appName=sample-app)": {25, 5000},
		"per-app-api-usage=17/250, api-usage=5100/5000":                   {5100, 5000},
		"":                   {0, 0},
		"api-usage=x/5000":   {0, 0},
		"api-usage=1/0":      {0, 0},
		"per-app-usage=1/10": {0, 0},
	} {
		var m Meter
		if m.read(header); m.Used() != want[0] || m.Max() != want[1] {
			t.Errorf("%q: %d of %d", header, m.Used(), m.Max())
		}
	}
	var m Meter
	if m.Share() != 0 {
		t.Error("a share of nothing")
	}
	m.read("api-usage=4750/5000")
	if m.read("api-usage=?"); m.Share() != AllowanceShort {
		t.Errorf("share %v", m.Share())
	}
	var none *Meter
	none.read("api-usage=1/2")
	if none.Share() != 0 {
		t.Error("nobody asked")
	}
}

// An error says it too, and it is the org's, not a user's.
func TestClientsShareAMeter(t *testing.T) {
	_, server := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Sforce-Limit-Info", "api-usage=96/100")
		w.WriteHeader(http.StatusForbidden)
		_, _ = io.WriteString(w, `[{"errorCode":"INSUFFICIENT_ACCESS","message":"no"}]`)
	})
	meter := &Meter{}
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			c := New(Config{Session: Session{InstanceURL: server.URL}, Meter: meter})
			_, _ = c.Create(t.Context(), "Task", nil)
			if c.Usage().Used() != 96 {
				t.Errorf("used %d", c.Usage().Used())
			}
		})
	}
	all.Wait()
	if meter.Share() != 0.96 {
		t.Errorf("share %v", meter.Share())
	}
}
