//go:build !lean

package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/sync/errgroup"

	"github.com/patchcord/patchcord/adapter"
	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/internal/config"
	"github.com/patchcord/patchcord/internal/secret"
	"github.com/patchcord/patchcord/sandbox"
	"github.com/patchcord/patchcord/sandbox/connect/iam"
)

type sandboxCommand struct {
	Data     string `type:"path" help:"Folder for state; a temporary one by default, removed at the end."`
	PortBase int    `default:"8080" help:"First of four ports: CRM, Visualforce, adapter, contact centre. 0 takes free ones."`
	SIP      string `name:"sip" default:"127.0.0.1:5060" help:"Address of the SIP trunk."`
	TURN     string `name:"turn" default:"127.0.0.1:3478" help:"Address of the TURN server."`
	Sites    bool   `name:"sites-apart" help:"Have Visualforce and the adapter be another site, as real ones are: 127.0.0.1, not localhost."`
	Bare     bool   `help:"Leave the org and the instance as they are delivered: no package, nobody assigned, no demo data."`
	Apart    bool   `name:"adapter-apart" help:"Leave the adapter out; write patchcord.yaml into the folder, for patchcord serve."`
	Policy   string `name:"iam-policy" type:"existingfile" help:"What the access key may do; all by default."`
	Requests int    `name:"api-requests" default:"0" help:"API requests that the org answers in 24 hours; 0 is as many as come."`
	Contacts int    `default:"0" help:"Fill the CRM up to so many made-up contacts."`

	WithoutLMS []string `name:"without-lms" enum:"opencti,visualforce" help:"Pages without Lightning Message Service: opencti, visualforce."`
}

// The demo's constants. Its password and keys are accepted on loopback only, because the servers listen nowhere else.
const (
	demoPassword  = secret.String("Patchcord-2026")
	demoKeyID     = "AKIAPATCHCORDSANDBOX"
	demoSecretKey = secret.String("Patchcord-2026/sandbox/of/this/machine/0")
	demoAlias     = "patchcord-demo"
	demoNumber    = "+12065550100"
	callCenter    = "ACLightningAdapter"
)

// Run starts everything in one process and prints one line of JSON when all of it answers.
func (c sandboxCommand) Run(e *env) error {
	data, temporary := c.Data, false
	if data == "" {
		made, err := os.MkdirTemp("", "patchcord-")
		if err != nil {
			return err
		}
		data, temporary = made, true
	}
	if err := os.MkdirAll(data, 0o700); err != nil {
		return err
	}
	err := c.serve(e, data)
	if temporary {
		err = errors.Join(err, os.RemoveAll(data))
	}
	return err
}

// listen opens the four web ports on loopback.
func (c sandboxCommand) listen() ([]net.Listener, error) {
	var all []net.Listener
	for i := range 4 {
		port := 0
		if c.PortBase != 0 {
			port = c.PortBase + i
		}
		l, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
		if err != nil {
			for _, open := range all {
				_ = open.Close()
			}
			return nil, fmt.Errorf("%w (another sandbox may be running; --port-base moves this one)", err)
		}
		all = append(all, l)
	}
	return all, nil
}

// policy reads what the access key may do; nil if nothing is said.
func (c sandboxCommand) policy() (*iam.Policy, error) {
	if c.Policy == "" {
		return nil, nil
	}
	p, err := iam.Load(c.Policy)
	return &p, err
}

func (c sandboxCommand) serve(e *env, data string) error {
	policy, err := c.policy()
	if err != nil {
		return err
	}
	ports, err := c.listen()
	if err != nil {
		return err
	}
	pages := ""
	if c.Sites {
		pages = "127.0.0.1"
	}
	at := origins{crm: sandbox.Origin(ports[0]), visualforce: sandbox.OriginAt(pages, ports[1]),
		adapter: sandbox.OriginAt(pages, ports[2]), connect: sandbox.Origin(ports[3])}
	app, err := adapter.LoadApp(filepath.Join(data, "adapter"))
	if err != nil {
		return err
	}
	cfg := sandbox.Config{
		Dir: data, Listeners: sandbox.Listeners{CRM: ports[0], Visualforce: ports[1], Connect: ports[3]}, SIP: c.SIP, TURN: c.TURN,
		PagesHost: pages, Alias: demoAlias, Number: demoNumber, People: people, Password: demoPassword, AccessKeyID: demoKeyID,
		SecretKey: demoSecretKey, Policy: policy, APIRequests: c.Requests,
		WithoutLMS: sandbox.WithoutLMS{
			OpenCTI: slices.Contains(c.WithoutLMS, "opencti"), Visualforce: slices.Contains(c.WithoutLMS, "visualforce"),
		},
		Caller: demoPhone, Listings: listings(at, app), Clock: clock.System{}, Log: e.log,
	}
	if !c.Bare {
		cfg.People = append(slices.Clone(people), secondAgent)
		cfg.QuickConnects, cfg.Answered = demoQuickConnects, answeredNumbers()
	}
	box, err := sandbox.Open(e.ctx, cfg)
	if err != nil {
		for _, l := range ports {
			_ = l.Close()
		}
		return err
	}
	if err := loadContacts(e, box, c.Contacts); err != nil {
		for _, l := range ports {
			_ = l.Close()
		}
		return errors.Join(err, box.Close())
	}
	group, ctx := errgroup.WithContext(e.ctx)
	group.Go(func() error { return box.Run(ctx) })
	group.Go(func() error { return c.product(ctx, e, box, ports[2], at, app, data) })
	return errors.Join(group.Wait(), box.Close())
}

// product sets the platforms up as an administrator would, and runs the adapter beside them.
func (c sandboxCommand) product(ctx context.Context, e *env, box *sandbox.Sandbox, port net.Listener, at origins,
	app adapter.App, data string) error {
	if !c.Bare {
		if err := install(ctx, e, box, at, app, data); err != nil {
			return err
		}
	}
	if c.Apart {
		return c.apart(ctx, e, box, port, at, app, data)
	}
	flows, err := defaultFlows()
	if err != nil {
		return err
	}
	centre, err := adapter.CentreOf(centreAPI(box, at))
	if err != nil {
		return err
	}
	a, err := adapter.New(ctx, adapter.Config{
		PublicURL: at.adapter, PageOrigins: []string{at.visualforce}, Data: filepath.Join(data, "adapter"), Flows: flows,
		Clock: clock.System{}, Log: e.log, Centre: centre, Traces: adapter.TracesOf(config.Traces{}, os.Getenv),
		Salesforce: adapter.Salesforce{LoginURL: at.crm, ClientID: app.ClientID, Username: people[0].Username, Key: app.Key,
			Certificate: app.Certificate},
	})
	if err != nil {
		return err
	}
	unlink, err := link(runtimeFolder(), filepath.Join(data, "adapter", adapter.SocketName))
	if err != nil {
		e.log.WarnContext(ctx, "patchcord calls will not find this sandbox by itself", "err", err)
	} else {
		defer unlink()
	}
	if err := c.announce(ctx, e, box, at, data); err != nil {
		return errors.Join(err, a.Close())
	}
	return errors.Join(serveAdapter(ctx, a, port, nil, e.log), a.Close())
}

// centreAPI is how the adapter asks the instance's public API.
func centreAPI(box *sandbox.Sandbox, at origins) config.ConnectAPI {
	i := box.Instance()
	return config.ConnectAPI{Region: i.Region, InstanceID: i.ID, Endpoint: at.connect, AccessKeyID: i.AccessKeyID,
		SecretAccessKey: secret.String(i.SecretKey)}
}

// origins are the four addresses that browsers use.
type origins struct{ crm, visualforce, adapter, connect string }

type readyUser struct {
	Role            string `json:"role"`
	Username        string `json:"username"`
	Password        string `json:"password"`
	ConnectUsername string `json:"connect_username"`
	ConnectPassword string `json:"connect_password"`
}

type readyContact struct {
	Name  string `json:"name"`
	Phone string `json:"phone"`
}

// readyLine is what programs read; its keys are fixed.
type readyLine struct {
	Ready           bool          `json:"ready"`
	CRM             string        `json:"crm"`
	Visualforce     string        `json:"visualforce"`
	Adapter         string        `json:"adapter"`
	Connect         string        `json:"connect"`
	Phone           string        `json:"phone"`
	SIP             string        `json:"sip"`
	Number          string        `json:"number"`
	InstanceID      string        `json:"instance_id"`
	InstanceAlias   string        `json:"instance_alias"`
	Region          string        `json:"region"`
	AccessKeyID     string        `json:"access_key_id"`
	SecretAccessKey string        `json:"secret_access_key"`
	Users           []readyUser   `json:"users"`
	Contact         *readyContact `json:"contact,omitzero"` // nil in an org as delivered
}

// announce prints the ready line for programs and a greeting for people.
func (c sandboxCommand) announce(ctx context.Context, e *env, box *sandbox.Sandbox, at origins, data string) error {
	i := box.Instance()
	staff, err := box.People(ctx)
	if err != nil {
		return err
	}
	line := readyLine{
		Ready: true, CRM: at.crm, Visualforce: at.visualforce, Adapter: at.adapter, Connect: at.connect, Phone: at.connect +
			"/phone", SIP: "sip:" + box.SIP(), Number: i.Number,
		InstanceID: i.ID, InstanceAlias: i.Alias, Region: i.Region, AccessKeyID: i.AccessKeyID, SecretAccessKey: i.SecretKey,
	}
	if !c.Bare {
		line.Contact = &readyContact{demo.FirstName + " " + demo.LastName, demoPhone}
	}
	for _, p := range staff {
		line.Users = append(line.Users, readyUser{p.Role, p.Username, demoPassword.Expose(), p.Connect, demoPassword.Expose()})
	}
	body, err := json.Marshal(line)
	if err != nil {
		return err
	}
	if e.person {
		kept := data
		if c.Data == "" {
			kept += " (removed at the end; --data keeps it)"
		}
		fmt.Fprint(e.stderr, greeting(line, kept))
	}
	_, err = fmt.Fprintln(e.stdout, string(body))
	return err
}

// greeting is what a person needs to try it: where to log in, how to call the agent, and how to be somebody whom the agent calls.
func greeting(line readyLine, state string) string {
	agent := line.Users[slices.IndexFunc(line.Users, func(u readyUser) bool { return u.Role == "agent" })]
	sip := strings.TrimPrefix(line.SIP, "sip:")
	call := "patchcord call --sip " + sip
	if line.Connect != usualConnect {
		call += " --connect " + line.Connect
	}
	rows := [][2]string{
		{"Service Console", line.CRM},
		{"    log in as", agent.Username + "  " + agent.Password},
		{"Contact centre", line.Connect},
		{"    sign in as", agent.ConnectUsername + "  " + agent.ConnectPassword},
		{"Call the agent", call},
		{"Be a customer", line.Phone + "  (a telephone in the browser)"},
		{"    or here", "patchcord call --answer --sip " + sip + "  (as the demo contact, or --from another)"},
		{"State is in", state},
	}
	var b strings.Builder
	b.WriteByte('\n')
	for _, row := range rows {
		fmt.Fprintf(&b, "  %-17s%s\n", row[0], row[1])
	}
	b.WriteByte('\n')
	return b.String()
}
