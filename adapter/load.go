package adapter

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"strings"

	"github.com/patchcord/patchcord/adapter/identity"
	"github.com/patchcord/patchcord/adapter/trace"
	"github.com/patchcord/patchcord/amazonconnect"
	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/internal/config"
	"github.com/patchcord/patchcord/salesforce"
)

// Listen is where an adapter serves.
type Listen struct {
	Address string
	TLS     config.TLS // empty where something in front of it speaks TLS
}

// LoadConfig reads patchcord.yaml: the configuration, and where to serve.
func LoadConfig(name string) (cfg Config, listen Listen, err error) {
	f, err := config.Load(name)
	if err != nil {
		return Config{}, Listen{}, err
	}
	app, err := appOf(f)
	if err != nil {
		return Config{}, Listen{}, fmt.Errorf("%s: %w", name, err)
	}
	cfg = Config{PublicURL: f.PublicURL, PageOrigins: f.PageOrigins, Data: f.Data, Salesforce: Salesforce{
		LoginURL: f.Salesforce.LoginURL, ClientID: app.ClientID, Username: f.Salesforce.Username, Key: app.Key, Certificate: app.Certificate,
	}}
	cfg.Postgres, cfg.KeyFile, cfg.Address = f.Postgres, f.KeyFile, f.Listen
	cfg.Node = f.Node
	if f.Postgres != "" && f.Data == "" && f.KeyFile == "" && os.Getenv(identity.KeyVariable) == "" {
		return Config{}, Listen{}, fmt.Errorf("%s: key_file: missing: adapters that share a database seal with one key: name a file that all "+
			"of them have, or set %s", name, identity.KeyVariable)
	}
	cfg.Masked = f.MaskedAttributes
	cfg.AgentUsername = map[string]string{"email": "Email", "federation_id": "FederationIdentifier"}[f.AgentUsername]
	cfg.Traces = TracesOf(f.Traces, os.Getenv)
	if cfg.Centre, err = CentreOf(f.Connect); err != nil {
		return Config{}, Listen{}, fmt.Errorf("%s: connect: %w", name, err)
	}
	return cfg, Listen{f.Listen, f.TLS}, cfg.validate()
}

// NodeOf is what an adapter is called that nobody gave a name: where it serves.
func NodeOf(address string) string {
	host, err := os.Hostname()
	if err != nil {
		host = "node"
	}
	_, port, err := net.SplitHostPort(address)
	if err != nil {
		return host
	}
	return host + ":" + port
}

// TracesOf is who is told of calls as traces: what the file says, else the standard environment.
// Source: OpenTelemetry, environment variable specification and OTLP exporter configuration.
func TracesOf(f config.Traces, environment func(name string) string) trace.Config {
	if f.Given() {
		return trace.Config{On: true, Endpoint: f.Endpoint, Headers: f.Headers, Share: f.Share}
	}
	given := environment("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT") != "" || environment("OTEL_EXPORTER_OTLP_ENDPOINT") != ""
	if exporter := environment("OTEL_TRACES_EXPORTER"); !given || exporter != "" && exporter != "otlp" ||
		strings.EqualFold(environment("OTEL_SDK_DISABLED"), "true") {
		return trace.Config{}
	}
	cfg := trace.Config{On: true}
	switch asked := cmp.Or(environment("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL"), environment("OTEL_EXPORTER_OTLP_PROTOCOL")); asked {
	case "", "http/protobuf", "http/json":
	default:
		cfg.Unspoken = asked
	}
	return cfg
}

// CentreOf is the contact centre's public API; nil if a configuration says nothing of it.
func CentreOf(c config.ConnectAPI) (Centre, error) {
	if !c.Given() {
		return nil, nil
	}
	pace := amazonconnect.NewPace(c.RequestsPerSecond, c.Burst, clock.System{})
	client, err := amazonconnect.New(context.Background(), amazonconnect.Config{
		Region: c.Region, Endpoint: c.Endpoint, Profile: c.Profile, AccessKeyID: c.AccessKeyID, SecretAccessKey: c.SecretAccessKey,
		Pace: pace,
	})
	return instance{client, c.InstanceID, pace}, err
}

// instance is one instance of the contact centre.
type instance struct {
	client *amazonconnect.Client
	id     string
	pace   *amazonconnect.Pace
}

// Share has it asked no faster by all nodes together than by one.
func (i instance) Share(turns amazonconnect.Turns) { i.pace.Share(turns) }

// UserExists asks by the user's name.
func (i instance) UserExists(ctx context.Context, username string) (bool, error) {
	is, _, err := i.client.UserExists(ctx, i.id, username)
	return is, err
}

// UpdateAttributes names the contact by the first of its chain.
func (i instance) UpdateAttributes(ctx context.Context, initialContactID string, attributes map[string]string) error {
	return i.client.UpdateAttributes(ctx, i.id, initialContactID, attributes)
}

// UserID is the id of the user of a name; amazonconnect.ErrNoUser if there is none.
func (i instance) UserID(ctx context.Context, username string) (string, error) {
	return i.client.UserID(ctx, i.id, username)
}

// StatusOf is a user's status now; "" for one who is not signed in.
func (i instance) StatusOf(ctx context.Context, userID string) (string, error) {
	return i.client.StatusOf(ctx, i.id, userID)
}

// SetStatus sets a user's status by its name.
func (i instance) SetStatus(ctx context.Context, userID, status string) error {
	return i.client.SetStatus(ctx, i.id, userID, status)
}

// appOf is the key that the file names, or one that the adapter makes itself and keeps under data.
func appOf(f config.File) (App, error) {
	s := f.Salesforce
	switch {
	case s.KeyFile == "" && f.Data != "":
		app, err := LoadApp(f.Data)
		if err != nil {
			return App{}, fmt.Errorf("data: %w", err)
		}
		if s.ClientID != "" {
			app.ClientID = s.ClientID // the org gave the app a consumer key of its own
		}
		return app, nil
	case s.KeyFile == "":
		return App{}, errors.New("data: name a folder: the adapter keeps its own key there, unless salesforce.key_file and client_id are given")
	}
	key, err := salesforce.ReadKey(s.KeyFile)
	if err != nil {
		return App{}, fmt.Errorf("salesforce.key_file: %w", err)
	}
	certificate, err := certify(key)
	if err != nil {
		return App{}, fmt.Errorf("salesforce.key_file: %w", err)
	}
	return App{ClientID: s.ClientID, Key: key, Certificate: certificate}, nil
}
