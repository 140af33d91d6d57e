package console

import (
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/uuid"

	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/sandbox/connect"
)

// floor is a console whose visitors say who they are in a cookie.
type floor struct {
	*testing.T
	centre *connect.Centre
	url    string
	users  map[string]connect.AgentID
	passed []string // operations that were handed on
}

func newFloor(t *testing.T) *floor {
	t.Helper()
	i := connect.Instance{ID: uuid.NewString(), Alias: "desk", Region: "us-east-1", Account: "123456789012",
		Number: "+12065550100", Created: time.Unix(1_700_000_000, 0)}
	var people []connect.User
	for _, role := range []string{"Admin", "CallCenterManager", "Agent"} {
		people = append(
			people,
			connect.User{
				Username:         role,
				FirstName:        role,
				LastName:         "Doe",
				SecurityProfiles: []connect.SecurityProfileID{i.DefaultSecurityProfile(role)},
			},
		)
	}
	state := connect.NewInstance(i, people, uuid.NewString, []byte("key"))
	d := &floor{
		T:     t,
		users: map[string]connect.AgentID{},
		centre: connect.New(
			connect.Config{Clock: clock.System{}, IDs: uuid.NewString, Log: slog.New(slog.DiscardHandler), State: state},
		),
	}
	for _, u := range state.Users {
		d.users[u.Username] = u.ID
	}
	handler := Handler(Config{
		Centre: d.centre, Origin: "http://desk.example", Key: []byte("key"), Log: slog.New(slog.DiscardHandler),
		Page: fstest.MapFS{"index.html": {Data: []byte("<p>console")}, "assets/a.js": {Data: []byte("1")}},
		Operations: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			body, err := io.ReadAll(r.Body)
			if err != nil {
				w.WriteHeader(http.StatusBadRequest)
				return
			}
			d.passed = append(d.passed, r.Method+" "+r.URL.Path+" "+string(body))
			_, _ = io.WriteString(w, "{}")
		}),
		Authenticate: func(r *http.Request) (connect.AgentID, string, error) {
			c, err := r.Cookie("who")
			if err != nil {
				return "", "", errors.New("nobody")
			}
			return d.users[c.Value], "token of " + c.Value, nil
		},
	})
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	d.url = server.URL
	return d
}

type asking struct{ who, method, path, body, csrf, site string }

func (d *floor) ask(a asking) (int, string) {
	d.Helper()
	req, err := http.NewRequestWithContext(d.Context(), a.method, d.url+a.path, strings.NewReader(a.body))
	if err != nil {
		d.Fatal(err)
	}
	if a.who != "" {
		req.AddCookie(&http.Cookie{Name: "who", Value: a.who})
	}
	req.Header.Set("X-CSRF-Token", a.csrf)
	if a.site != "" {
		req.Header.Set("Sec-Fetch-Site", a.site)
	}
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.Do(req)
	if err != nil {
		d.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		d.Fatal(err)
	}
	return res.StatusCode, string(text)
}

func (d *floor) csrf(who string) string {
	d.Helper()
	_, text := d.ask(asking{who: who, method: "GET", path: "/console/api/session"})
	var s sessionOut
	if err := json.Unmarshal([]byte(text), &s); err != nil || s.CSRF == "" {
		d.Fatalf("%v: %s", err, text)
	}
	return s.CSRF
}

func TestRightsFollowTheSecurityProfile(t *testing.T) {
	d := newFloor(t)
	admin, agent := string(d.users["Admin"]), string(d.users["Agent"])
	adminProfile := string(d.centre.State().Instance.DefaultSecurityProfile("Admin"))
	op := "/console/api/op"
	for _, tc := range []struct {
		name, who, method, path, body string
		want                          int
	}{
		{"an administrator approves origins", "Admin", "PUT", op + "/instance/i/approved-origin", `{}`, 200},
		{"a manager does not", "CallCenterManager", "PUT", op + "/instance/i/approved-origin", `{}`, 403},
		{"a manager adds users", "CallCenterManager", "PUT", op + "/users/i", `{"Username":"x"}`, 200},
		{"but no administrators", "CallCenterManager", "PUT", op + "/users/i", `{"SecurityProfileIds":["` + adminProfile + `"]}`, 403},
		{"nor makes one of somebody", "CallCenterManager", "POST", op + "/users/i/" + agent + "/security-profiles",
			`{"SecurityProfileIds":["arn:x/` + adminProfile + `"]}`, 403},
		{"nor changes one", "CallCenterManager", "POST", op + "/users/i/" + admin + "/identity-info", `{}`, 403},
		{"nor deletes one", "CallCenterManager", "DELETE", op + "/users/i/" + admin, ``, 403},
		{"nor gives one a password", "CallCenterManager", "POST", "/console/api/users/" + admin + "/password",
			`{"Password":"Right-Pass-1"}`, 403},
		{"a manager changes an agent", "CallCenterManager", "POST", op + "/users/i/" + agent + "/identity-info", `{}`, 200},
		{"an agent does not see users", "Agent", "POST", op + "/search-users", `{}`, 403},
		{"nobody does either", "", "POST", op + "/search-users", `{}`, 401},
		{"an operation that the page does not use", "Admin", "PUT", op + "/contact/outbound-voice", `{}`, 404},
		{"a body that is none", "CallCenterManager", "PUT", op + "/users/i", `[`, 403},
	} {
		t.Run(tc.name, func(t *testing.T) {
			token := ""
			if tc.who != "" {
				token = d.csrf(tc.who)
			}
			d.passed = nil
			status, text := d.ask(asking{tc.who, tc.method, tc.path, tc.body, token, ""})
			if status != tc.want || (status == 200) != (len(d.passed) == 1) {
				t.Errorf("%d %s, want %d; handed on %q", status, text, tc.want, d.passed)
			}
			if len(d.passed) == 1 && !strings.HasSuffix(d.passed[0], " "+tc.body) {
				t.Errorf("handed on %q", d.passed)
			}
		})
	}
}

func TestWritesComeFromOurOwnPage(t *testing.T) {
	d := newFloor(t)
	good := d.csrf("Admin")
	for name, a := range map[string]asking{
		"no token": {csrf: ""}, "a wrong one": {csrf: "x"}, "somebody else's": {csrf: d.csrf("Agent")},
		"another site": {csrf: good, site: "cross-site"},
	} {
		a.who, a.method, a.path, a.body = "Admin", "PUT", "/console/api/op/instance/i/approved-origin", "{}"
		if status, text := d.ask(a); status != http.StatusForbidden || len(d.passed) > 0 {
			t.Errorf("%s: %d %s", name, status, text)
		}
	}
}

func TestTheSessionSaysWhatAPersonMay(t *testing.T) {
	d := newFloor(t)
	for who, want := range map[string]struct{ administrator, users, keys bool }{"Admin": {true, true, true},
		"CallCenterManager": {false, true, false}, "Agent": {false, false, false}} {
		_, text := d.ask(asking{who: who, method: "GET", path: "/console/api/session"})
		var s sessionOut
		if err := json.Unmarshal([]byte(text), &s); err != nil {
			t.Fatal(err)
		}
		if s.Administrator != want.administrator || slices.Contains(s.Permissions, "Users.View") != want.users ||
			slices.Contains(s.Permissions, "SecurityProfiles.Edit") != want.keys || s.Instances[0].Alias != "desk" {
			t.Errorf("%s: %+v", who, s)
		}
	}
	if status, _ := d.ask(asking{method: "GET", path: "/console/api/session"}); status != http.StatusUnauthorized {
		t.Errorf("nobody: %d", status)
	}
}

func TestPasswordsAreReset(t *testing.T) {
	d := newFloor(t)
	token := d.csrf("Admin")
	path := "/console/api/users/" + string(d.users["Agent"]) + "/password"
	for _, tc := range []struct {
		path, body string
		want       int
		says       string
	}{
		{path, `{"Password":"Right-Pass-1"}`, 200, ""}, {path, `{"Password":"weak"}`, 400, `"Field":"Password"`},
		{path, `{`, 400, "JSON"}, {"/console/api/users/none/password", `{"Password":"Right-Pass-1"}`, 404, "does not exist"},
		{path, `{"Password":"` + strings.Repeat("x", 2<<20) + `"}`, 400, ""},
	} {
		status, text := d.ask(asking{"Admin", "POST", tc.path, tc.body, token, ""})
		if status != tc.want || !strings.Contains(text, tc.says) {
			t.Errorf("%.40s: %d %s", tc.body, status, text)
		}
	}
	if _, err := d.centre.CheckPassword("Agent", "Right-Pass-1"); err != nil {
		t.Error(err)
	}
}

func TestThePageIsForWhoIsSignedIn(t *testing.T) {
	d := newFloor(t)
	for _, tc := range []struct {
		who, path string
		want      int
	}{{"", "/console/instances", 302}, {"Agent", "/console/instances", 200}, {"", "/console/assets/a.js", 200},
		{"", "/console/assets/none.js", 404}, {"Admin", "/console/api/none", 404}} {
		if status, text := d.ask(asking{who: tc.who, method: "GET", path: tc.path}); status != tc.want {
			t.Errorf("%s %s: %d %s", tc.who, tc.path, status, text)
		}
	}
}
