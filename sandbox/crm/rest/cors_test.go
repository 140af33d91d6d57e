package rest

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/crmtest"
	"github.com/patchcord/patchcord/sandbox/crm/records"
)

func TestAllowedOrigins(t *testing.T) {
	org, err := crmtest.Open(t, crm.Config{Dir: t.TempDir(), Clock: clock.System{}, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = org.Close() })
	api := CORS(org, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusOK) }))
	preflight := func(origin string, code int) {
		t.Helper()
		r := httptest.NewRequest(http.MethodOptions, "/services/data/v62.0/limits", nil)
		r.Header.Set("Origin", origin)
		w := httptest.NewRecorder()
		api.ServeHTTP(w, r)
		allowed := w.Header().Get("Access-Control-Allow-Origin")
		if w.Code != code || code == 200 && allowed != origin || code != 200 && allowed != "" {
			t.Errorf("%s: %d %v", origin, w.Code, w.Header())
		}
	}
	preflight("https://app.example.com", 403)
	if err := org.Transact(t.Context(), func(a *crm.Actor) error {
		return a.PutComponent(t.Context(), records.Component{Type: "CorsWhitelistOrigin", FullName: "App", Files: map[string][]byte{
			"App.corsWhitelistOrigin": []byte("<CorsWhitelistOrigin><urlPattern>https://*.example.com</urlPattern></CorsWhitelistOrigin>"),
		}})
	}); err != nil {
		t.Fatal(err)
	}
	preflight("https://app.example.com", 200)
	for _, origin := range []string{"https://example.com", "http://app.example.com", "https://app.example.com.evil.example", "null"} {
		preflight(origin, 403)
	}
}
