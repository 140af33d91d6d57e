package adapter

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/patchcord/patchcord/internal/clock"
)

const pageOrigin = "http://pages.example"

// testConfig is an adapter of one org, with its state in a folder.
func testConfig(t testing.TB, org, data string) Config {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	return Config{
		PublicURL: "http://adapter.example", PageOrigins: []string{pageOrigin}, Data: data, Clock: clock.System{},
		Log:        slog.New(slog.DiscardHandler),
		Salesforce: Salesforce{LoginURL: org, ClientID: "client", Username: "admin@x.example", Key: key},
	}
}

func start(t testing.TB, c *org) *httptest.Server {
	t.Helper()
	n := begin(t, testConfig(t, c.url, t.TempDir()))
	t.Cleanup(n.end)
	return n.server
}

// machine is a running adapter.
type machine struct {
	t       testing.TB
	adapter *Adapter
	server  *httptest.Server
	end     func() // as SIGTERM ends it; once
}

func begin(t testing.TB, cfg Config) *machine {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	a, err := New(ctx, cfg)
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- a.Run(ctx) }()
	n := &machine{t: t, adapter: a, server: httptest.NewServer(a.Handler())}
	n.end = sync.OnceFunc(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		n.server.Close()
		if err := a.Close(); err != nil {
			t.Error(err)
		}
		http.DefaultClient.CloseIdleConnections()
	})
	return n
}

// signIn walks the popup and returns the session that the page gets.
func signIn(t testing.TB, server *httptest.Server) string { return signInAs(t, server, "c") }

// signInAs is signIn of whoever a code of the org's is for.
func signInAs(t testing.TB, server *httptest.Server, code string) string {
	t.Helper()
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	defer client.CloseIdleConnections()
	resp, err := client.Get(server.URL + "/auth/start?origin=" + pageOrigin)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	to, err := resp.Location()
	if err != nil {
		t.Fatal(err)
	}
	req, err := http.NewRequest(http.MethodGet, server.URL+"/auth/callback?code="+code+"&state="+to.Query().Get("state"), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, cookie := range resp.Cookies() {
		req.AddCookie(cookie)
	}
	page, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer page.Body.Close()
	body, err := io.ReadAll(page.Body)
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(`data-session="([^"]+)" data-ccp="https://desk.my.connect.aws/ccp-v2/"`).FindSubmatch(body)
	if found == nil {
		t.Fatalf("%d: %s", page.StatusCode, body)
	}
	return string(found[1])
}

func TestHealth(t *testing.T) {
	server := start(t, newOrg(t))
	for path, want := range map[string]string{"/healthz": "ok", "/readyz": "ok", "/metrics": "patchcord_pages 0"} {
		resp, err := http.Get(server.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(resp.Body)
		_ = resp.Body.Close()
		if resp.StatusCode != http.StatusOK || !strings.Contains(string(body), want) {
			t.Errorf("%s: %d %.80s", path, resp.StatusCode, body)
		}
	}
}

func TestLoadConfig(t *testing.T) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	keyFile := filepath.Join(folder, "key.pem")
	body := pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(key)})
	if err := os.WriteFile(keyFile, body, 0o600); err != nil {
		t.Fatal(err)
	}
	good := "public_url: https://a.example\npage_origins: [https://x--c.vf.force.com]\nsalesforce:\n  login_url: " +
		"https://x.my.salesforce.com\n  client_id: c\n  username: u\n  key_file: " + keyFile + "\n"
	for _, tc := range []struct{ name, text, says string }{
		{"a whole file is taken", good, ""},
		{"an unknown key is named", good + "page_origin: x\n", "page_origin"},
		{"a page with a path is no origin", strings.Replace(good, "vf.force.com]", "vf.force.com/apex]", 1), "is not an origin"},
		{"a missing client id is named", strings.Replace(good, "client_id: c", "client_id: ''", 1), "client_id"},
		{"without a key the adapter makes its own", strings.Split(good, "  client_id")[0] + "  username: u\ndata: " +
			filepath.Join(folder, "data") + "\nsetup: {people: {}}\n", ""},
		{"which needs a folder", strings.Split(good, "  client_id")[0] + "  username: u\n", "data: name a folder"},
		{"a missing key file is named", strings.Replace(good, "key.pem", "none.pem", 1), "key_file"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			name := filepath.Join(folder, "patchcord.yaml")
			if err := os.WriteFile(name, []byte(tc.text), 0o600); err != nil {
				t.Fatal(err)
			}
			_, listen, err := LoadConfig(name)
			if tc.says == "" && (err != nil || listen.Address != "127.0.0.1:8082") {
				t.Errorf("listen %q, %v", listen.Address, err)
			}
			if tc.says != "" && (err == nil || !strings.Contains(err.Error(), tc.says)) {
				t.Errorf("err = %v, want one with %q", err, tc.says)
			}
		})
	}
}
