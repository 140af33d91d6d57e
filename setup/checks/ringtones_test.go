package checks

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestARingtoneIsASoundThatAnswers(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/ring.mp3":
			w.Header().Set("Content-Type", "audio/mpeg")
		case "/page":
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
		default:
			http.NotFound(w, r)
		}
	}))
	defer server.Close()
	for _, tc := range []struct{ address, says string }{
		{server.URL + "/ring.mp3", ""},
		{server.URL + "/page", `not told as a sound but as "text/html`},
		{server.URL + "/gone.mp3", "answers 404"},
		{"ring.mp3", "is no web address"},
		{"http://127.0.0.1:1/ring.mp3", "refused"},
	} {
		err := soundAnswers(t.Context(), tc.address)
		if (err == nil) != (tc.says == "") || err != nil && !strings.Contains(err.Error(), tc.says) {
			t.Errorf("%s: %v, want %q", tc.address, err, tc.says)
		}
	}
}
