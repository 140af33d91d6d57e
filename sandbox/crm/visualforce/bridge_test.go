package visualforce

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

func TestBridge(t *testing.T) {
	bridge := Bridge("http://pages.example", nil)
	get := func(target string) *http.Response {
		w := httptest.NewRecorder()
		bridge.ServeHTTP(w, httptest.NewRequest(http.MethodGet, target, nil))
		return w.Result()
	}
	resp := get("/apex/Phone?a=1&b=2")
	to := resp.Header.Get("Location")
	if resp.StatusCode != http.StatusFound || to != BridgePath+"?url="+url.QueryEscape("http://pages.example/apex/Phone?a=1&b=2") {
		t.Fatalf("%d to %s", resp.StatusCode, to)
	}
	body := make([]byte, 4096)
	n, _ := get(to).Body.Read(body)
	if page := string(body[:n]); !strings.Contains(page, `window.location.replace("http://pages.example/apex/Phone?a=1\u0026b=2");`) {
		t.Errorf("the bridge leads on by %s", page)
	}
	for _, elsewhere := range []string{"https://evil.example/apex/Phone", "http://pages.example.evil/apex/", "javascript:alert(1)", ""} {
		if got := get(BridgePath + "?url=" + url.QueryEscape(elsewhere)).StatusCode; got != http.StatusBadRequest {
			t.Errorf("%q: status %d", elsewhere, got)
		}
	}
	bridge = Bridge("http://pages.example", func(_ *http.Request, to string) string {
		return "http://door.example/?to=" + url.QueryEscape(to)
	})
	n, _ = get(to).Body.Read(body)
	if page := string(body[:n]); !strings.Contains(page, `replace("http://door.example/?to=http%3A%2F%2Fpages.example%2Fapex%2FPhone`) {
		t.Errorf("by another door it leads on by %s", page)
	}
}
