package steps

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/setup"
	"github.com/patchcord/patchcord/sfdx"
)

func TestTheAdaptersSignInIsWaitedFor(t *testing.T) {
	const unknown = "waiting for set-up: the org does not know the adapter's External Client App"
	for _, tc := range []struct {
		name, waits string
		status      int
		key         string // of the org's app
		want        setup.Action
		says        string
	}{
		{"it is in", "", http.StatusOK, "key", setup.Nothing, "lets the adapter in"},
		{"the app is new", "app", http.StatusServiceUnavailable, "key", setup.Create, "for 30m"},
		{"time mends nothing", "", http.StatusServiceUnavailable, "key", setup.Nothing, "not waited for: " + unknown},
		{"no app yet, whatever the adapter says", "", http.StatusOK, "", setup.Create, "for 30m"},
		{"the app has a key of its own", "app", http.StatusServiceUnavailable, "theirs", setup.Nothing, "client_id"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			adapter := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				if tc.waits != "" {
					w.Header().Set("Patchcord-Waits-For", tc.waits)
				}
				if tc.status != http.StatusOK {
					http.Error(w, unknown, tc.status)
				}
			}))
			defer adapter.Close()
			step := SignIn{Adapter: adapter.URL, App: someApp, Clock: clock.System{}}
			global := sfdx.AppGlobal.File(sfdx.AppGlobal.Name)
			var files map[string]string
			if tc.key != "" {
				files = appFiles(t, global, ">key<", ">"+tc.key+"<")
			}
			got, err := step.Plan(t.Context(), keeping(t, files))
			if err != nil || len(got) != 1 || got[0].Action != tc.want || !strings.Contains(got[0].What, tc.says) {
				t.Fatalf("%+v %v", got, err)
			}
			if tc.want == setup.Create && (got[0].Wait == nil || got[0].Wait.For != 30*time.Minute) {
				t.Errorf("%+v", got[0].Wait)
			}
		})
	}
}
