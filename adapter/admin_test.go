package adapter

import (
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/patchcord/patchcord/adapter/admin"
	"github.com/patchcord/patchcord/adapter/told"
	"github.com/patchcord/patchcord/adapter/wire"
	"github.com/patchcord/patchcord/internal/leak"
)

// visit signs a browser in to the pages and gives its cookie.
func visit(t testing.TB, server *httptest.Server) *http.Cookie {
	t.Helper()
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	defer client.CloseIdleConnections()
	resp, err := client.Get(server.URL + "/admin/sign-in?back=/admin/health")
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	to, err := resp.Location()
	if err != nil {
		t.Fatal(err)
	}
	if q := to.Query(); q.Get("code_challenge") == "" || !strings.HasSuffix(q.Get("redirect_uri"), "/auth/callback") {
		t.Fatalf("went to %s", to)
	}
	req, _ := http.NewRequest(http.MethodGet, server.URL+"/auth/callback?code=c&state="+to.Query().Get("state"), nil)
	for _, c := range resp.Cookies() {
		req.AddCookie(c)
	}
	landed, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer landed.Body.Close()
	body, _ := io.ReadAll(landed.Body)
	for _, c := range landed.Cookies() {
		if c.Name == "patchcord_admin" {
			if !strings.Contains(string(body), `content="0;url=/admin/health"`) {
				t.Errorf("landed on %s", body)
			}
			return c
		}
	}
	t.Fatalf("not let in: %d %s", landed.StatusCode, body)
	return nil
}

// asks reads an answer of the pages' API.
func asks(t testing.TB, server *httptest.Server, cookie *http.Cookie, path string, into any) {
	t.Helper()
	req, _ := http.NewRequest(http.MethodGet, server.URL+"/admin/api/"+path, nil)
	req.AddCookie(cookie)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, _ := io.ReadAll(resp.Body)
	if resp.StatusCode != http.StatusOK {
		t.Fatalf("%s: %d %s", path, resp.StatusCode, body)
	}
	if err := json.Unmarshal(body, into); err != nil {
		t.Fatal(err)
	}
}

// A call that popped, and one that nobody has the number of, are told by the pages as they happened.
func TestACallIsToldOnThePages(t *testing.T) {
	leak.Check(t)
	o := newOrg(t)
	o.sets = []string{"AC_Manager"}
	server := start(t, o)
	page := open(t, server, signIn(t, server))
	page.tell(connecting("c-1"))
	for _, kind := range []string{"search", "screenPop"} {
		c := page.command(kind)
		page.does(c, popsMaya(c))
	}
	page.tell(connecting("c-2"))
	page.does(page.command("search"), `{}`)
	page.does(page.command("softphoneLayout"), `{"Inbound":{"screenPopSettings":{"NoMatch":{"screenPopOpenWithin":"ExistingWindow",`+
		`"screenPopsType":"DontPop"}},"objects":{}}}`)
	cookie := visit(t, server)
	for id, want := range map[string]string{"c-1": "Contact Maya popped.", "c-2": "No record has (206) 555-0142"} {
		var got admin.CallDetail
		for len(got.Legs) == 0 || got.Legs[0].Call.Outcome == told.Waiting { // the run ends after its last answer
			asks(t, server, cookie, "calls/"+id, &got)
		}
		if why := got.Legs[0].Call.Why.Text; !strings.HasPrefix(why, want) || got.Legs[0].Runs[0].StepsTotal != 3 {
			t.Errorf("%s: %s; %+v", id, why, got.Legs[0].Runs)
		}
	}
	var list admin.CallList
	for len(list.Calls) == 0 { // it may be half a second behind
		asks(t, server, cookie, "calls?outcome=popped", &list)
	}
	if len(list.Calls) != 1 || list.Calls[0].ContactID != "c-1" {
		t.Errorf("%+v", list.Calls)
	}
}

// Who has none of the permission sets is not let in, and says which to ask for.
func TestVisitorsNeedAPermissionSet(t *testing.T) {
	o := newOrg(t)
	server := start(t, o)
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	defer client.CloseIdleConnections()
	resp, err := client.Get(server.URL + "/admin/sign-in")
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	to, _ := resp.Location()
	req, _ := http.NewRequest(http.MethodGet, server.URL+"/auth/callback?code=c&state="+to.Query().Get("state"), nil)
	for _, c := range resp.Cookies() {
		req.AddCookie(c)
	}
	landed, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer landed.Body.Close()
	body, _ := io.ReadAll(landed.Body)
	if landed.StatusCode != http.StatusForbidden || !strings.Contains(string(body), "AC_Manager") {
		t.Errorf("%d %s", landed.StatusCode, body)
	}
}

// A page that speaks for another agent has its fact refused; the call is there all the same, and says why it did not pop.
func TestACallOfAnotherAgentIsTold(t *testing.T) {
	o := newOrg(t)
	o.sets = []string{"AC_Administrator"}
	server := start(t, o)
	page := open(t, server, signIn(t, server))
	first := connecting("c-1")
	first.Agent = &wire.Agent{Username: "amelia"}
	page.tell(first)
	page.until(func(m wire.ToPage) bool { return m.Ack != nil })
	other := connecting("c-2")
	other.Agent = &wire.Agent{Username: "ben"}
	page.tell(other)
	if r := page.until(func(m wire.ToPage) bool { return m.Refusal != nil }).Refusal; r.Reason != "otherAgent" {
		t.Fatalf("%+v", r)
	}
	var got admin.CallDetail
	asks(t, server, visit(t, server), "calls/c-2", &got)
	if c := got.Legs[0].Call; c.Outcome != told.Refused || !strings.Contains(c.Why.Text, "already used with amelia") {
		t.Errorf("%+v", c)
	}
}

// Programs of the same user ask by the socket of the data folder, which is its owner's alone, and gone with the adapter.
func TestTheSocketOfTheDataFolder(t *testing.T) {
	leak.Check(t)
	data, err := os.MkdirTemp("", "pc") // a socket's path has to be short
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(data) })
	file := filepath.Join(data, SocketName)
	if err := os.WriteFile(file, nil, 0o600); err != nil { // an adapter that was killed left it
		t.Fatal(err)
	}
	n := begin(t, testConfig(t, newOrg(t).url, data))
	client := &http.Client{Transport: &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "unix", file)
	}}}
	var resp *http.Response
	for resp == nil {
		resp, _ = client.Get("http://adapter/admin/api/health")
	}
	var h admin.Health
	if err := json.NewDecoder(resp.Body).Decode(&h); err != nil || h.Store.File != filepath.Join(data, "adapter.db") {
		t.Errorf("%+v, %v", h, err)
	}
	_ = resp.Body.Close()
	client.CloseIdleConnections()
	info, err := os.Stat(file)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	n.end()
	if _, err := os.Stat(file); err == nil {
		t.Error("the socket is still there")
	}
}
