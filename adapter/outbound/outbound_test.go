package outbound

import (
	"compress/gzip"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// internet is names that lead to one web server, whatever their addresses are.
type internet struct {
	server *httptest.Server

	mu     sync.Mutex
	names  map[string][]string // addresses by name; others are not found
	dialed []string
	asked  int
}

func (w *internet) lookup(_ context.Context, host string) ([]netip.Addr, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.asked++
	var found []netip.Addr
	for _, address := range w.names[host] {
		found = append(found, netip.MustParseAddr(address))
	}
	if found == nil {
		return nil, &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}
	}
	return found, nil
}

func (w *internet) dial(ctx context.Context, network, address string) (net.Conn, error) {
	w.mu.Lock()
	w.dialed = append(w.dialed, address)
	w.mu.Unlock()
	return new(net.Dialer).DialContext(ctx, network, w.server.Listener.Addr().String())
}

const outside = "93.184.216.34"

// serve is an internet of which a.example and b.example are on the list.
func serve(t *testing.T, handler http.HandlerFunc) (*internet, *Client) {
	t.Helper()
	w := &internet{server: httptest.NewServer(handler), names: map[string][]string{"a.example": {outside}, "b.example": {outside}}}
	c := newClient(w.lookup, w.dial, &tls.Config{})
	t.Cleanup(func() {
		c.Close()
		w.server.Close()
	})
	return w, c
}

var listed = Hosts{"a.example", "b.example", "private.example", "127.0.0.1", "[::1]", "metadata.example", "mixed.example", "gone.example"}

func ask(t *testing.T, c *Client, r Request) (Response, string) {
	t.Helper()
	out, err := c.Do(t.Context(), listed, r)
	if err == nil {
		return out, ""
	}
	refused, ok := errors.AsType[*Refusal](err)
	if !ok {
		t.Fatalf("no refusal: %v", err)
	}
	return out, refused.Reason
}

func TestAnswers(t *testing.T) {
	_, c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Set-Cookie", "s=1")
		w.Header().Set("X-Seen", r.Method+" "+r.Header.Get("X-Api-Key")+" "+r.UserAgent())
		switch r.URL.Path {
		case "/json":
			w.Header().Set("Content-Type", "application/vnd.api+json; charset=utf-8")
			fmt.Fprint(w, `{"a":[1]}`)
		case "/broken":
			w.Header().Set("Content-Type", "application/json")
			fmt.Fprint(w, `{"a":`)
		case "/no":
			w.WriteHeader(http.StatusTeapot)
			fmt.Fprint(w, "no\xff")
		}
	})
	for _, tc := range []struct {
		path   string
		status int
		body   any
	}{
		{"/json", 200, map[string]any{"a": []any{1.0}}}, {"/broken", 200, `{"a":`}, {"/no", 418, "no\uFFFD"}, {"/", 200, ""},
	} {
		got, why := ask(t, c, Request{Method: "POST", URL: "http://a.example" + tc.path, Header: map[string]string{"x-api-key": "k"},
			Body: "x"})
		if diff := cmp.Diff(tc.body, got.Body); diff != "" || got.Status != tc.status || why != "" {
			t.Errorf("%s: %d %s %s", tc.path, got.Status, why, diff)
		}
		if _, cookie := got.Header["set-cookie"]; cookie || got.Header["x-seen"] != "POST k Patchcord" {
			t.Errorf("%s: headers %v", tc.path, got.Header)
		}
	}
}

// TestOnlyTheOpenInternetIsAsked: what is on the list and leads elsewhere is not dialled.
func TestOnlyTheOpenInternetIsAsked(t *testing.T) {
	w, c := serve(t, func(http.ResponseWriter, *http.Request) {})
	w.names["private.example"] = []string{"10.1.2.3"}
	w.names["metadata.example"] = []string{"169.254.169.254"}
	w.names["mixed.example"] = []string{outside, "::ffff:127.0.0.1"}
	for address, says := range map[string]string{
		"http://private.example/": "not on the open internet", "http://metadata.example/latest": "not on the open internet",
		"http://mixed.example/": "not on the open internet", "http://127.0.0.1/": "not on the open internet",
		"http://[::1]/": "not on the open internet", "http://other.example/": "not in the list",
		"http://a.example:8080/":          "not in the list",
		"http://a.example@other.example/": "must not hold a user", "ftp://a.example/": "must begin with https",
		"a.example":            "must begin with https",
		"http://gone.example/": "could not be asked", "http://a.example/%zz": "cannot be used", "http://a.example/" + strings.Repeat("x",
			maxURL): "longer",
	} {
		if _, why := ask(t, c, Request{Method: "GET", URL: address}); !strings.Contains(why, says) {
			t.Errorf("%.40s: %q, want %q", address, why, says)
		}
	}
	if len(w.dialed) != 0 {
		t.Errorf("dialled %v", w.dialed)
	}
}

// TestTheCheckedAddressIsDialled: a name that answers otherwise the second time is not asked a second time.
func TestTheCheckedAddressIsDialled(t *testing.T) {
	w, c := serve(t, func(http.ResponseWriter, *http.Request) {})
	if _, why := ask(t, c, Request{Method: "GET", URL: "http://A.example./"}); why != "" {
		t.Fatal(why)
	}
	if diff := cmp.Diff([]string{outside + ":80"}, w.dialed); diff != "" || w.asked != 1 {
		t.Errorf("looked up %d times, dialled %s", w.asked, diff)
	}
	c.Close()
	w.names["a.example"] = []string{"192.168.0.1"}
	if _, why := ask(t, c, Request{Method: "GET", URL: "http://a.example/"}); !strings.Contains(why,
		"open internet") || len(w.dialed) != 1 {
		t.Errorf("rebound: %q, dialled %v", why, w.dialed)
	}
}

func TestRedirections(t *testing.T) {
	var seen sync.Map
	w, c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		seen.Store(r.Host+r.URL.Path, r.Header.Get("X-Api-Key")+r.Header.Get("Authorization"))
		if to := r.URL.Query().Get("to"); to != "" {
			http.Redirect(w, r, to, http.StatusTemporaryRedirect)
		}
	})
	w.names["private.example"] = []string{"10.1.2.3"}
	for _, tc := range []struct{ name, to, says string }{
		{"to another on the list", "http://b.example/end", ""},
		{"to the same", "/same", ""},
		{"off the list", "http://other.example/", "sends on: other.example is not in the list"},
		{"into a private network", "http://private.example/", "not on the open internet"},
		{"to another scheme", "file:///etc/passwd", "must begin with https"},
		{"in a circle", "/?to=/%3Fto%3D/%253Fto%253D/%25253Fto%25253D/%2525253Fto%2525253D/%252525253Fto%252525253D/x",
			"more than 5 times"},
	} {
		header := map[string]string{"X-Api-Key": "k", "Authorization": "a"}
		_, why := ask(t, c, Request{Method: "GET", URL: "http://a.example/?to=" + url.QueryEscape(tc.to), Header: header})
		if !strings.Contains(why, tc.says) || tc.says == "" && why != "" {
			t.Errorf("%s: %q, want %q", tc.name, why, tc.says)
		}
	}
	if secret, _ := seen.Load("b.example/end"); secret != "" {
		t.Errorf("another host was told %q", secret)
	}
	if secret, _ := seen.Load("a.example/same"); secret != "ka" {
		t.Errorf("the same host was told %q", secret)
	}
}

func TestBounds(t *testing.T) {
	stuck := make(chan struct{})
	_, c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/long":
			w.Header().Set("Content-Encoding", "gzip")
			packed := gzip.NewWriter(w)
			_, _ = packed.Write(make([]byte, MaxBody+1))
			_ = packed.Close()
		case "/slow":
			select {
			case <-stuck:
			case <-r.Context().Done():
			}
		case "/headers":
			for n := range 100 {
				w.Header().Set(fmt.Sprintf("X-%03d", n), strings.Repeat("x", 100))
			}
		}
	})
	defer close(stuck)
	many := map[string]string{}
	for n := range maxHeaders + 1 {
		many[fmt.Sprint("X-", n)] = ""
	}
	for name, tc := range map[string]struct {
		r    Request
		says string
	}{
		"an answer that unpacks to too much": {Request{URL: "http://a.example/long"}, "larger than 1024 kB"},
		"no answer in time":                  {Request{URL: "http://a.example/slow", Timeout: 50 * time.Millisecond}, "within 50ms"},
		"many headers":                       {Request{URL: "http://a.example/", Header: many}, "more than 50"},
		"large headers": {Request{URL: "http://a.example/", Header: map[string]string{"x": strings.Repeat("x",
			maxHeader)}}, "8 kB"},
		"a header of ours": {Request{URL: "http://a.example/", Header: map[string]string{"host": "x"}}, "cannot be set"},
		"a header that is two": {Request{URL: "http://a.example/", Header: map[string]string{"x": "1\r\ny: 2"}},
			"could not be asked"},
	} {
		tc.r.Method = "GET"
		if _, why := ask(t, c, tc.r); !strings.Contains(why, tc.says) {
			t.Errorf("%s: %q, want %q", name, why, tc.says)
		}
	}
	if got, _ := ask(t, c, Request{Method: "GET", URL: "http://a.example/headers"}); len(got.Header) > maxHeaders || len(got.Header) < 10 {
		t.Errorf("%d headers", len(got.Header))
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := c.Do(ctx, listed, Request{Method: "GET", URL: "http://a.example/"}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func TestPublic(t *testing.T) {
	for address, want := range map[string]bool{
		outside: true, "8.8.8.8": true, "2606:4700::1111": true, "::ffff:8.8.8.8": true,
		"127.0.0.1": false, "10.0.0.1": false, "172.16.0.1": false, "172.32.0.1": true, "192.168.1.1": false, "100.64.0.1": false,
		"100.128.0.1": true, "169.254.169.254": false, "0.0.0.0": false, "255.255.255.255": false, "224.0.0.1": false, "198.18.0.1": false,
		"::1": false, "::": false, "fe80::1": false, "fe80::1%eth0": false, "fc00::1": false, "fd12::1": false, "ff02::1": false,
		"::ffff:10.0.0.1": false, "::ffff:127.0.0.1": false, "::10.0.0.1": false, "64:ff9b::a00:1": false, "2002:a00:1::": false,
		"2001::1": false, "2001:db8::1": false,
	} {
		if got := public(netip.MustParseAddr(address)); got != want {
			t.Errorf("%s: %v", address, got)
		}
	}
	if public(netip.Addr{}) {
		t.Error("no address is public")
	}
}

func TestHosts(t *testing.T) {
	hosts,
		problems := ParseHosts("API.example.com, *.example.org\n api.example.net:8443;bücher.example 192.0.2.1 " +
		"http://x.example/ a*b.example *.com :80 x:99999")
	want := Hosts{"api.example.com", "*.example.org", "api.example.net:8443", "xn--bcher-kva.example", "192.0.2.1"}
	if diff := cmp.Diff(want, hosts); diff != "" || len(problems) != 5 {
		t.Errorf("%d problems %q: %s", len(problems), problems, diff)
	}
	for address, is := range map[string]bool{
		"https://api.example.com/x": true, "https://API.EXAMPLE.COM.:443": true, "http://api.example.com:80": true,
		"https://api.example.com:80": false, "https://x.api.example.com": false, "https://example.com": false,
		"https://a.example.org": true, "https://a.b.example.org": true, "https://example.org": false, "https://badexample.org": false,
		"https://api.example.net": false, "https://api.example.net:8443": true, "https://bücher.example": true, "https://192.0.2.1": true,
	} {
		u, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		if hosts.Has(u) != is {
			t.Errorf("%s: %v", address, !is)
		}
	}
	if all, problems := ParseHosts(strings.Repeat("a.example ", maxHosts+5)); len(all) != maxHosts || len(problems) != 1 {
		t.Errorf("%d hosts, %q", len(all), problems)
	}
}
