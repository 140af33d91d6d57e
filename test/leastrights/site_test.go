// Package leastrights holds set-up against the rights that it says it needs, on both platforms.
package leastrights

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/uuid"

	"github.com/patchcord/patchcord/adapter"
	"github.com/patchcord/patchcord/amazonconnect"
	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/internal/config"
	"github.com/patchcord/patchcord/salesforce"
	"github.com/patchcord/patchcord/sandbox"
	"github.com/patchcord/patchcord/sandbox/connect"
	"github.com/patchcord/patchcord/sandbox/connect/api"
	"github.com/patchcord/patchcord/sandbox/connect/iam"
	"github.com/patchcord/patchcord/setup"
	"github.com/patchcord/patchcord/setup/org"
	"github.com/patchcord/patchcord/setup/rights"
	"github.com/patchcord/patchcord/setup/steps"
)

const (
	password = "Least-2026"
	keyID    = "AKIALEASTRIGHTS"
	secret   = "least/rights"
	admin    = "admin@x.example"
	runner   = "runner@x.example" // runs set-up

	integration = "integration@x.example"
	agent       = "agent@x.example"
)

// site is both platforms, and an adapter that says who it is.
type site struct {
	crm, adapter string // origins
	admin        *salesforce.Client
	set          string // id of the permission set of whoever runs set-up
}

// open starts an org as delivered, in which the runner has a profile that gives nothing and the permission set.
func open(t *testing.T) *site {
	t.Helper()
	s := &site{crm: serveOrg(t), adapter: serveAdapter(t)}
	session, err := salesforce.LoginSOAP(t.Context(), s.crm, admin, password)
	if err != nil {
		t.Fatal(err)
	}
	s.admin = salesforce.New(salesforce.Config{Session: session})
	who, err := org.Must(t.Context(), s.admin, "User", org.Equals("Username", runner))
	if err != nil {
		t.Fatal(err)
	}
	const file = "permissionsets/" + rights.SetName + ".permissionset"
	err = org.Deploy(t.Context(), s.admin, org.One("PermissionSet", rights.SetName, file, rights.PermissionSet()))
	if err != nil {
		t.Fatal(err)
	}
	if s.set, err = org.Must(t.Context(), s.admin, "PermissionSet", org.Equals("Name", rights.SetName)); err != nil {
		t.Fatal(err)
	}
	if _, err := s.admin.Create(t.Context(), "PermissionSetAssignment", salesforce.Values{
		"AssigneeId": who, "PermissionSetId": s.set,
	}); err != nil {
		t.Fatal(err)
	}
	return s
}

// serveOrg runs a sandbox, of which only the CRM is used.
func serveOrg(t *testing.T) (origin string) {
	t.Helper()
	var ports [3]net.Listener
	for i := range ports {
		var err error
		if ports[i], err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
			t.Fatal(err)
		}
	}
	person := func(role, name, username string) sandbox.Person {
		return sandbox.Person{
			Role: role, FirstName: name, LastName: "Least", Username: username, Connect: name, MinimumAccess: username != admin,
		}
	}
	box, err := sandbox.Open(t.Context(), sandbox.Config{
		Dir: t.TempDir(), Listeners: sandbox.Listeners{CRM: ports[0], Visualforce: ports[1], Connect: ports[2]},
		SIP: "127.0.0.1:0", TURN: "127.0.0.1:0", Alias: "unused", Number: "+12065550100", Password: password,
		People: []sandbox.Person{
			person("administrator", "ada", admin), person("agent", "ren", runner), person("agent", "ines", integration),
			person("agent", "amelia", agent),
		},
		AccessKeyID: keyID, SecretKey: secret, Clock: clock.System{}, Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.WithoutCancel(t.Context()))
	ended := make(chan error, 1)
	go func() { ended <- box.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		_ = box.Close()
	})
	return sandbox.Origin(ports[0])
}

// serveAdapter says what an adapter says about itself.
func serveAdapter(t *testing.T) (origin string) {
	t.Helper()
	app, err := adapter.LoadApp(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	var server *httptest.Server
	server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_ = json.NewEncoder(w).Encode(setup.Adapter{
			ClientID: app.ClientID, CallbackURL: server.URL + "/auth/callback",
			Certificate: base64.StdEncoding.EncodeToString(app.Certificate),
		})
	}))
	t.Cleanup(server.Close)
	return server.URL
}

// serveCentre serves a new instance whose access key has a policy.
func serveCentre(t *testing.T, policy rights.Document) (endpoint string) {
	t.Helper()
	body, err := json.Marshal(policy)
	if err != nil {
		t.Fatal(err)
	}
	p, err := iam.Parse(body)
	if err != nil {
		t.Fatal(err)
	}
	instance := connect.Instance{
		ID: uuid.NewString(), Alias: "least", Region: "us-east-1", Account: "123456789012", Number: "+12065550100",
		AccessKeyID: keyID, SecretKey: secret,
	}
	users := []connect.User{{Username: "amelia", FirstName: "Amelia", LastName: "Okafor"}}
	log := slog.New(slog.DiscardHandler)
	centre := connect.New(connect.Config{
		Clock: clock.System{}, IDs: uuid.NewString, Log: log, State: connect.NewInstance(instance, users, uuid.NewString, nil),
	})
	public, _ := api.Handlers(api.Config{
		Centre: centre, Origin: "https://least.example", Clock: clock.System{}, Log: log, Policy: &p, Unlimited: true,
	})
	server := httptest.NewServer(public)
	t.Cleanup(server.Close)
	return server.URL
}

// job is set-up, signed in as the runner and with the access key.
type job struct {
	cfg   config.File
	site  setup.Site
	steps steps.Steps
}

// open signs set-up in, with a record of its own.
func (s *site) open(t *testing.T, endpoint string) (job, error) {
	t.Helper()
	name := filepath.Join(t.TempDir(), "patchcord.yaml")
	body := fmt.Sprintf(`public_url: %s
salesforce: {login_url: %q, username: %s}
setup:
  salesforce: {username: %s, password: %s}
  amazon_connect: {alias: least, region: us-east-1, endpoint: %q, access_key_id: %s, secret_access_key: %s}
  people: {AC_Agent: [%s]}
  logout_status: Logout
  presence: {sync: true}
`, s.adapter, s.crm, integration, runner, password, endpoint, keyID, secret, agent)
	if err := os.WriteFile(name, []byte(body), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := config.Load(name)
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("AWS_ACCESS_KEY_ID", "")
	j := job{cfg: c}
	if j.site, err = setup.Open(t.Context(), c, steps.Kinds, setup.Ways{}); err != nil {
		return j, err
	}
	j.site.Connect, err = amazonconnect.New(t.Context(), amazonconnect.Config{
		Region: "us-east-1", Endpoint: endpoint, AccessKeyID: keyID, SecretAccessKey: secret, Unlimited: true,
	})
	j.steps = steps.For(c, j.site)
	return j, err
}
