package setup

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml"

	"github.com/patchcord/patchcord/internal/secret"
)

// Config is patchcord.yaml as set-up reads it: the adapter's own keys, and the section setup.
type Config struct {
	// PublicURL is the adapter's origin.
	PublicURL string `yaml:"public_url"`
	// Salesforce says which org, and who the adapter is in it.
	Salesforce Org `yaml:"salesforce"`
	Setup      struct {
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
		People  map[string][]string `yaml:"people"`
		Country string              `yaml:"country"`
		// LogoutStatus is an agent status that signs agents out; its name has to contain Logout. None by default.
		LogoutStatus string `yaml:"logout_status"`
		Call         Call   `yaml:"call"`
	} `yaml:"setup"`

	// The adapter's own keys; set-up does not look at them.
	Listen      any `yaml:"listen"`
	PageOrigins any `yaml:"page_origins"`
	Data        any `yaml:"data"`

	file string
}

// Org is the org as the adapter uses it.
type Org struct {
	LoginURL string `yaml:"login_url"` // My Domain
	ClientID string `yaml:"client_id"`
	Username string `yaml:"username"` // integration user
	KeyFile  string `yaml:"key_file"`
}

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

const maxConfig = 1 << 20

var regions = regexp.MustCompile(`^[a-z]{2}(-[a-z]+)+-\d$`)

// Load reads a configuration. Unknown keys are refused with their place, wrong values with their field.
func Load(name string) (Config, error) {
	body, err := os.ReadFile(name)
	if err != nil {
		return Config{}, err
	}
	if len(body) > maxConfig {
		return Config{}, fmt.Errorf("%s is larger than %d bytes", name, maxConfig)
	}
	c, err := Parse(body)
	if err != nil {
		return Config{}, fmt.Errorf("%s: %w", name, err)
	}
	c.file = name
	return c, nil
}

// Parse reads a configuration and fills in what has a default.
func Parse(body []byte) (Config, error) {
	var c Config
	if err := yaml.UnmarshalWithOptions(body, &c, yaml.DisallowUnknownField()); err != nil {
		return Config{}, err
	}
	return c.complete()
}

func (c Config) complete() (Config, error) {
	s := &c.Setup
	if s.CallCenter == "" {
		s.CallCenter = "ACLightningAdapter"
	}
	if s.Softphone.Height == 0 {
		s.Softphone.Height = 570
	}
	if s.Softphone.Width == 0 {
		s.Softphone.Width = 330
	}
	if s.Country == "" {
		s.Country = "US"
	}
	return c, c.check()
}

func (c Config) check() error {
	for _, o := range []struct {
		field, value string
		optional     bool
	}{
		{"public_url", c.PublicURL, false}, {"salesforce.login_url", c.Salesforce.LoginURL, false}, {"setup.amazon_connect.endpoint", c.Setup.Connect.Endpoint, true},
		{"setup.salesforce.lightning_origin", c.Setup.Salesforce.LightningOrigin, true}, {"setup.salesforce.visualforce_origin", c.Setup.Salesforce.VisualforceOrigin, true},
	} {
		if o.value == "" && o.optional {
			continue
		}
		u, err := url.Parse(o.value)
		if err != nil || u.Host == "" || u.Path != "" || u.RawQuery != "" || u.Scheme != "https" && u.Scheme != "http" {
			return &ConfigError{Field: o.field, Message: fmt.Sprintf("%q is not an origin: write scheme and host, as in https://adapter.example.com", o.value)}
		}
	}
	return c.checkSetup()
}

func (c Config) checkSetup() error {
	s := c.Setup
	wrong := func(field, format string, args ...any) error {
		return &ConfigError{Field: "setup." + field, Message: fmt.Sprintf(format, args...)}
	}
	switch {
	case c.Salesforce.Username == "":
		return &ConfigError{Field: "salesforce.username", Message: "name the user that the adapter signs in as"}
	case s.Connect.Alias == "":
		return wrong("amazon_connect.alias", "name the instance's alias, as the Amazon Connect console lists it")
	case !regions.MatchString(s.Connect.Region):
		return wrong("amazon_connect.region", "%q is not a region such as us-east-1", s.Connect.Region)
	case s.Softphone.Height < 100 || s.Softphone.Height > 2000 || s.Softphone.Width < 100 || s.Softphone.Width > 2000:
		return wrong("softphone", "height and width are pixels between 100 and 2000")
	case len(s.Country) != 2 || strings.ToUpper(s.Country) != s.Country:
		return wrong("country", "%q is not a country of two capital letters", s.Country)
	case s.LogoutStatus != "" && !strings.Contains(s.LogoutStatus, "Logout"):
		return wrong("logout_status", "%q does not contain Logout, by which the softphone knows it", s.LogoutStatus)
	case s.PackageVersion != "" && !strings.HasPrefix(s.PackageVersion, "04t"):
		return wrong("package_version", "%q is not a package version id, which begins with 04t", s.PackageVersion)
	}
	for set, users := range s.People {
		if !strings.HasPrefix(set, "AC_") {
			return wrong("people", "%q is not one of the package's permission sets: AC_Administrator, AC_Manager, AC_Agent", set)
		}
		if slices.Contains(users, "") {
			return wrong("people."+set, "a user name is empty")
		}
	}
	return s.Salesforce.check()
}

func (a OrgAuth) check() error {
	ways := 0
	for _, chosen := range []bool{a.CLI != "", a.Web, a.Password != "", a.KeyFile != ""} {
		if chosen {
			ways++
		}
	}
	switch {
	case ways != 1:
		return &ConfigError{Field: "setup.salesforce", Message: "choose one way to sign in: sf, web, username with password, or username with client_id and key_file"}
	case a.Password != "" && a.Username == "":
		return &ConfigError{Field: "setup.salesforce.username", Message: "missing beside the password"}
	case a.KeyFile != "" && (a.Username == "" || a.ClientID == ""):
		return &ConfigError{Field: "setup.salesforce", Message: "key_file needs username and client_id"}
	}
	return nil
}

// StateFile is where the record of what was made is kept.
func (c Config) StateFile() string {
	if c.Setup.State != "" {
		return c.Setup.State
	}
	return filepath.Join(filepath.Dir(c.file), strings.TrimSuffix(filepath.Base(c.file), filepath.Ext(c.file))+".setup-state.json")
}

// users are all who get a permission set, in the order of the sets.
func (c Config) users() []string {
	var all []string
	for _, set := range []string{"AC_Administrator", "AC_Manager", "AC_Agent"} {
		for _, username := range c.Setup.People[set] {
			if !slices.Contains(all, username) {
				all = append(all, username)
			}
		}
	}
	return all
}

// Steps are what has to be true of the two platforms, in the order in which it becomes so.
func (c Config) Steps(s Site) []Step {
	name := c.Setup.CallCenter
	return []Step{
		IntegrationUser{Username: c.Salesforce.Username},
		Package{Version: c.Setup.PackageVersion},
		OAuthApp{CallbackURL: s.Adapter.CallbackURL, ClientID: s.Adapter.ClientID, Certificate: s.Adapter.Certificate, Remembered: s.Record},
		Assignments{Sets: c.Setup.People, Integration: c.Salesforce.Username},
		TrustedURLs{URLs: []TrustedURL{{"Patchcord_Adapter", c.PublicURL, "the adapter"}, {"Patchcord_Contact_Centre", s.Instance.AccessURL, "the contact centre"}}},
		Framing{Hosts: s.Hosts},
		CallCenter{InternalName: name, Height: strconv.Itoa(c.Setup.Softphone.Height), Width: strconv.Itoa(c.Setup.Softphone.Width), AdapterURL: c.Setup.Softphone.AdapterURL},
		CallCenterUsers{CallCenter: name, Usernames: c.users()},
		Toolkit{URL: s.Instance.AccessURL, AdapterURL: c.PublicURL},
		AdapterRecord{Record: name, Instance: s.Instance.AccessURL, Region: c.Setup.Connect.Region, CallCenter: name, Country: c.Setup.Country},
		Flows{CallCenter: name},
		Console{App: c.Setup.App, Hosts: s.Hosts},
		ApprovedOrigins{Instance: s.Instance, Hosts: s.Hosts},
		Statuses{Instance: s.Instance, Names: c.statuses()},
		PageOrigins{Hosts: s.Hosts, Allowed: s.Adapter.PageOrigins},
		SoftphoneLayout{Hosts: s.Hosts},
		FirstCall{Hosts: s.Hosts, Number: s.Number},
	}
}

func (c Config) statuses() []string {
	if c.Setup.LogoutStatus == "" {
		return nil
	}
	return []string{c.Setup.LogoutStatus}
}
