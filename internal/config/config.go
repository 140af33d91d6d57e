// Package config is patchcord.yaml: its one schema, which patchcord serve and patchcord setup both read, and the
// sentences for what is wrong in it.
//
// Read first: File, Load, File.CheckSetup, Error. It asks nobody: whether a name is right at an org or an instance is
// found out by others.
package config

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"

	"github.com/patchcord/patchcord/internal/secret"
	"github.com/patchcord/patchcord/internal/textfile"
)

// File is patchcord.yaml with what has a default filled in. Every key that people may write stands here or below, and
// nowhere else.
type File struct {
	// Listen is the address that the adapter listens on; 127.0.0.1:8082 by default.
	Listen string `yaml:"listen"`
	// TLS is the certificate that the adapter serves with; without it, something in front of it does.
	TLS TLS `yaml:"tls"`
	// PublicURL is the adapter's origin, as browsers reach it.
	PublicURL string `yaml:"public_url"`
	// PageOrigins are the origins of the softphone pages that the adapter lets connect.
	PageOrigins []string `yaml:"page_origins"`
	// Data is the adapter's folder for store and key.
	Data string `yaml:"data"`
	// Postgres is the DSN of a database that any number of adapters share; without it the store is in the folder. A password may be left to
	// PGPASSWORD or PGPASSFILE.
	Postgres secret.String `yaml:"postgres"`
	// Node is what this adapter is called among those that share a database; its host's name and port by default.
	Node string `yaml:"node"`
	// KeyFile has the key that seals tokens, the same for all adapters that share a database; in the folder under data by default.
	KeyFile string `yaml:"key_file"`
	// Salesforce says which org, and who the adapter is in it.
	Salesforce Org `yaml:"salesforce"`
	// AgentUsername is the field of their Salesforce user whose value agents sign in to the contact centre with: email or
	// federation_id; any name will do without it.
	AgentUsername string `yaml:"agent_username"`
	// MaskedAttributes are attributes of contacts whose values are shown to nobody, and are not kept of flows that have ended.
	MaskedAttributes []string `yaml:"masked_attributes"`
	// Connect lets the adapter ask the contact centre's public API; without it all works that the softphone page can do.
	Connect ConnectAPI `yaml:"connect"`
	// Traces has the adapter tell a receiver of OpenTelemetry traces what it does; without it the environment says.
	Traces Traces `yaml:"traces"`
	// Setup is read by patchcord setup only; the adapter runs without it.
	Setup Setup `yaml:"setup"`

	name string // of the file
}

// TLS are the files of a certificate and its key, in PEM. They are read again when they change.
type TLS struct {
	Cert string `yaml:"cert"` // with its chain, the server's own first
	Key  string `yaml:"key"`
}

// Given says that the file has the section.
func (t TLS) Given() bool { return t != TLS{} }

// Setup is what patchcord setup needs to know beside the adapter's own keys.
type Setup struct {
	// State is the file that remembers what apply made; beside the configuration by default.
	State      string  `yaml:"state"`
	Salesforce OrgAuth `yaml:"salesforce"`
	Connect    Centre  `yaml:"amazon_connect"`
	// PackageVersion installs a released package (04t…) instead of deploying the one in this program.
	PackageVersion string `yaml:"package_version"`
	// CallCenter is the internal name; ACLightningAdapter by default.
	CallCenter string    `yaml:"call_center"`
	Softphone  Softphone `yaml:"softphone"`
	// App is the developer name of the console app; the standard Service Console by default.
	App string `yaml:"app"`
	// People are user names by permission set.
	People map[string][]string `yaml:"people"`
	// Country of numbers that are written without one; US by default.
	Country string `yaml:"country"`
	// LogoutStatus is an agent status that signs agents out; its name has to contain Logout. None by default.
	LogoutStatus string `yaml:"logout_status"`
	// Presence has statuses at the contact centre and in Omni-Channel follow each other; nothing of it is set up by default.
	Presence Presence `yaml:"presence"`
	Call     Call     `yaml:"call"`
}

// Org is the org as the adapter uses it.
type Org struct {
	LoginURL string `yaml:"login_url"` // My Domain
	ClientID string `yaml:"client_id"`
	Username string `yaml:"username"` // integration user
	KeyFile  string `yaml:"key_file"`
}

// ConnectAPI is how the adapter asks the instance's public API.
type ConnectAPI struct {
	Region     string `yaml:"region"`
	InstanceID string `yaml:"instance_id"`
	Endpoint   string `yaml:"endpoint"` // of the API; the region's own otherwise
	// Profile is one of the AWS configuration files; the rest of the default chain (environment, role) otherwise.
	Profile string `yaml:"profile"`
	// AccessKeyID and SecretAccessKey come before the chain.
	AccessKeyID     string        `yaml:"access_key_id"`
	SecretAccessKey secret.String `yaml:"secret_access_key"`
	// RequestsPerSecond and Burst are the quota of one operation that the adapter may use up; the service's default otherwise.
	RequestsPerSecond float64 `yaml:"requests_per_second"`
	Burst             int     `yaml:"burst"`
}

// Given says that the file has the section.
func (c ConnectAPI) Given() bool { return c != ConnectAPI{} }

// Traces is who is told of calls as traces.
type Traces struct {
	// Endpoint is the receiver's address for OTLP over HTTP; /v1/traces is added to it.
	Endpoint string `yaml:"endpoint"`
	// Headers are sent along, such as the receiver's key.
	Headers map[string]secret.String `yaml:"headers"`
	// Share of the contacts that are told, 1 for all; 1 by default.
	Share float64 `yaml:"share"`
}

// Given says that the file has the section.
func (t Traces) Given() bool {
	return t.Endpoint != "" || len(t.Headers) > 0 || t.Share != 0 && t.Share != everyContact
}

const everyContact = 1

// OrgAuth is how the administrator who runs set-up signs in: one of four ways.
type OrgAuth struct {
	CLI      string        `yaml:"sf"`       // alias or user name that the sf command knows
	Web      bool          `yaml:"web"`      // a browser, with the app of client_id (the sf command's by default)
	Username string        `yaml:"username"` // with password, or with key_file and client_id
	Password secret.String `yaml:"password"`
	ClientID string        `yaml:"client_id"`
	KeyFile  string        `yaml:"key_file"`
	// LightningOrigin and VisualforceOrigin are asked of the org, unless it does not say.
	LightningOrigin   string `yaml:"lightning_origin"`
	VisualforceOrigin string `yaml:"visualforce_origin"`
}

// Centre is the Amazon Connect instance.
type Centre struct {
	Region   string `yaml:"region"`
	Alias    string `yaml:"alias"`
	Profile  string `yaml:"profile"`  // of the AWS configuration files; the default chain otherwise
	Endpoint string `yaml:"endpoint"` // of the API; the region's own otherwise
	// AccessKeyID and SecretAccessKey count where the environment has none; meant for a sandbox.
	AccessKeyID     string        `yaml:"access_key_id"`
	SecretAccessKey secret.String `yaml:"secret_access_key"`
}

// Softphone is the size of the panel in pixels, and where it comes from.
type Softphone struct {
	Height     int    `yaml:"height"`
	Width      int    `yaml:"width"`
	AdapterURL string `yaml:"adapter_url"`
}

// Call is the test call of verify --call.
type Call struct {
	SIP  string `yaml:"sip"`  // host:port of a trunk into the instance; without it a person calls
	From string `yaml:"from"` // number to call from
}

// Sets are the package's permission sets, the one with the most rights first.
var Sets = []string{"AC_Administrator", "AC_Manager", "AC_Agent"}

// DefaultCallCenter is the internal name of the call center that the package brings.
const DefaultCallCenter = "ACLightningAdapter"

const maxFile = 1 << 20

// Load reads a file. Unknown keys and wrong values are refused with an Error. What patchcord setup needs besides,
// CheckSetup looks at.
func Load(name string) (File, error) {
	body, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		const missing = "%s is not there: copy examples/sandbox.yaml or examples/real-org.yaml, or name your file with --config"
		return File{}, fmt.Errorf(missing, name)
	}
	if err != nil {
		return File{}, err
	}
	if len(body) > maxFile {
		return File{}, fmt.Errorf("%s is larger than %d bytes", name, maxFile)
	}
	f, err := Parse(body)
	if err != nil {
		return File{}, fmt.Errorf("%s: %w", name, err)
	}
	f.name = name
	return f, nil
}

// Parse is Load for what was read already.
func Parse(body []byte) (File, error) {
	f := File{Traces: Traces{Share: everyContact}} // 0 is a mistake, not the default
	body, err := textfile.Decode(body)
	if err != nil {
		return File{}, &Error{Message: err.Error()}
	}
	if err := yaml.UnmarshalWithOptions(body, &f, yaml.DisallowUnknownField()); err != nil {
		return File{}, explain(body, err)
	}
	f = f.complete()
	return f, f.check()
}

// complete fills in what has a default.
func (f File) complete() File {
	for _, d := range []struct {
		text     *string
		standard string
	}{{&f.Listen, "127.0.0.1:8082"}, {&f.Setup.CallCenter, DefaultCallCenter}, {&f.Setup.Country, "US"}} {
		if *d.text == "" {
			*d.text = d.standard
		}
	}
	f.Setup.Presence = f.Setup.Presence.complete()
	if f.Setup.Softphone.Height == 0 {
		f.Setup.Softphone.Height = 570
	}
	if f.Setup.Softphone.Width == 0 {
		f.Setup.Softphone.Width = 330
	}
	return f
}

// StateFile is where the record of what was made is kept.
func (f File) StateFile() string {
	if f.Setup.State != "" {
		return f.Setup.State
	}
	base := strings.TrimSuffix(filepath.Base(f.name), filepath.Ext(f.name))
	return filepath.Join(filepath.Dir(f.name), base+".setup-state.json")
}

// Users are all who get a permission set, in the order of the sets.
func (f File) Users() []string {
	var all []string
	for _, set := range Sets {
		for _, username := range f.Setup.People[set] {
			if !slices.Contains(all, username) {
				all = append(all, username)
			}
		}
	}
	return all
}
