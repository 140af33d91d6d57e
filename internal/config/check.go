package config

import (
	"fmt"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/patchcord/patchcord/internal/plain"
)

// Error says which key to mend, and how, in a sentence for people.
type Error struct {
	Field   string // path of the key, such as setup.people.AC_Agent; "" for the file as a whole
	Message string
	Err     error // what a platform said; nil if nothing was asked
}

// Error names the field first.
func (e *Error) Error() string {
	text := e.Message
	if e.Field != "" {
		text = e.Field + ": " + text
	}
	if e.Err != nil {
		text += " (" + plain.Cause(e.Err) + ")"
	}
	return text
}

// Unwrap is what the platform said.
func (e *Error) Unwrap() error { return e.Err }

var regions = regexp.MustCompile(`^[a-z]{2}(-[a-z]+)+-\d$`)

func checkOrigin(field, value string) error {
	u, err := url.Parse(value)
	if err != nil || u.Host == "" || u.Path != "" || u.RawQuery != "" || u.Scheme != "https" && u.Scheme != "http" {
		return &Error{
			Field:   field,
			Message: fmt.Sprintf("%q is not an origin: write scheme and host, as in https://adapter.example.com", value),
		}
	}
	return nil
}

// check looks at what the adapter and set-up both read.
func (f File) check() error {
	if err := checkOrigin("public_url", f.PublicURL); err != nil {
		return err
	}
	if err := f.checkTLS(); err != nil {
		return err
	}
	if err := f.checkNodes(); err != nil {
		return err
	}
	for _, page := range f.PageOrigins {
		if err := checkOrigin("page_origins", page); err != nil {
			return err
		}
	}
	if f.AgentUsername != "" && f.AgentUsername != "email" && f.AgentUsername != "federation_id" {
		return &Error{Field: "agent_username", Message: fmt.Sprintf("%q is neither email nor federation_id", f.AgentUsername)}
	}
	if err := f.Connect.check(); err != nil {
		return err
	}
	if err := f.Traces.check(); err != nil {
		return err
	}
	return checkOrigin("salesforce.login_url", f.Salesforce.LoginURL)
}

// checkNodes looks at what adapters need that share a database.
func (f File) checkNodes() error {
	switch {
	case f.Postgres == "" && f.Node != "":
		return &Error{Field: "node", Message: "a name is of use only beside postgres: adapters that share a database tell each other apart by it"}
	case strings.ContainsFunc(f.Node, notInNode) || utf8.RuneCountInString(f.Node) > maxNode:
		return &Error{Field: "node", Message: fmt.Sprintf("write a name of one line, of at most %d characters and without #", maxNode)}
	case f.Postgres != "" && f.Data == "" && f.Salesforce.KeyFile == "":
		return &Error{Field: "salesforce.key_file", Message: "missing: adapters that share a database are one app to the org, so name a key " +
			"that all of them have, and its client_id"}
	}
	return nil
}

// notInNode is true for what sets a name apart from what follows it, and for what nobody sees or no database keeps.
func notInNode(r rune) bool { return r == '#' || unicode.IsControl(r) }

// maxNode is how long the name of a node may be.
const maxNode = 100

func (f File) checkTLS() error {
	switch {
	case !f.TLS.Given():
		return nil
	case f.TLS.Cert == "":
		return &Error{Field: "tls.cert", Message: "missing beside key: name the file of the certificate, in PEM"}
	case f.TLS.Key == "":
		return &Error{Field: "tls.key", Message: "missing beside cert: name the file of the certificate's key, in PEM"}
	case !strings.HasPrefix(f.PublicURL, "https:"):
		return &Error{Field: "public_url", Message: "begins with http, but with tls browsers reach the adapter by https: write that"}
	}
	return nil
}

var instanceID = regexp.MustCompile(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)

const mostRequests = 1000 // a second, or at once: more is a slip

func (c ConnectAPI) check() error {
	if !c.Given() {
		return nil
	}
	wrong := func(field, format string, args ...any) error {
		return &Error{Field: "connect." + field, Message: fmt.Sprintf(format, args...)}
	}
	switch {
	case !regions.MatchString(c.Region):
		return wrong("region", "%q is not a region such as us-east-1", c.Region)
	case !instanceID.MatchString(c.InstanceID):
		return wrong("instance_id", "%q is not the id of an instance, the last part of its ARN", c.InstanceID)
	case c.AccessKeyID == "" && c.SecretAccessKey != "":
		return wrong("access_key_id", "missing beside secret_access_key")
	case c.AccessKeyID != "" && c.SecretAccessKey == "":
		return wrong("secret_access_key", "missing beside access_key_id")
	case c.AccessKeyID != "" && c.Profile != "":
		return wrong("profile", "choose one: a profile, or access_key_id with secret_access_key")
	case !(c.RequestsPerSecond >= 0 && c.RequestsPerSecond <= mostRequests):
		return wrong("requests_per_second", "write a number up to %d", mostRequests)
	case c.Burst < 0 || c.Burst > mostRequests:
		return wrong("burst", "write a whole number up to %d", mostRequests)
	case c.Endpoint != "":
		return checkOrigin("connect.endpoint", c.Endpoint)
	}
	return nil
}

const maxHeaders = 20

var headerName = regexp.MustCompile(`^[A-Za-z0-9!#$%&'*+.^_|~-]{1,100}$`)

func (t Traces) check() error {
	if !t.Given() {
		return nil
	}
	wrong := func(field, format string, args ...any) error {
		return &Error{Field: "traces." + field, Message: fmt.Sprintf(format, args...)}
	}
	u, err := url.Parse(t.Endpoint)
	switch {
	case t.Endpoint == "":
		return wrong("endpoint", "missing: write the receiver's address for OTLP over HTTP, as in http://localhost:4318")
	case err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" || u.RawQuery != "" || u.Fragment != "":
		return wrong("endpoint", "it is no address of a receiver: write scheme and host, as in https://otlp.example.com")
	case u.User != nil:
		return wrong("endpoint", "it holds a name or a password: write those as a header under headers")
	case len(t.Headers) > 0 && u.Scheme == "http" && !OnThisMachine(u.Hostname()):
		return wrong("endpoint", "with headers, which may be secret, a receiver elsewhere is asked by https")
	case !(t.Share > 0 && t.Share <= everyContact):
		return wrong("share", "write a number above 0 and up to 1, as in 0.1 for a tenth of the contacts; leave traces out for none")
	case len(t.Headers) > maxHeaders:
		return wrong("headers", "write at most %d", maxHeaders)
	}
	for name, value := range t.Headers {
		switch {
		case !headerName.MatchString(name):
			return wrong("headers", "%q is no name of a header", name)
		case value == "" || len(value) > 8<<10 || strings.ContainsFunc(value.Expose(), unicode.IsControl):
			return wrong("headers."+name, "its value is empty, too long, or more than a line")
		}
	}
	return nil
}

// OnThisMachine says whether a host is this machine, so that nobody else reads along.
func OnThisMachine(host string) bool {
	address, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && address.IsLoopback()
}

// CheckSetup looks at what patchcord setup reads besides: who the adapter is, and the section setup.
func (f File) CheckSetup() error {
	err := f.checkSetup()
	if err != nil && f.name != "" {
		return fmt.Errorf("%s: %w", f.name, err)
	}
	return err
}

func (f File) checkSetup() error {
	s := f.Setup
	for _, o := range []struct{ field, origin string }{
		{"amazon_connect.endpoint", s.Connect.Endpoint},
		{"salesforce.lightning_origin", s.Salesforce.LightningOrigin},
		{"salesforce.visualforce_origin", s.Salesforce.VisualforceOrigin},
	} {
		if o.origin == "" {
			continue
		}
		if err := checkOrigin("setup."+o.field, o.origin); err != nil {
			return err
		}
	}
	if f.Salesforce.Username == "" {
		return &Error{Field: "salesforce.username", Message: "name the user that the adapter signs in as"}
	}
	if err := s.check(); err != nil {
		return err
	}
	if err := s.checkPeople(); err != nil {
		return err
	}
	if err := s.Presence.check(); err != nil {
		return err
	}
	return s.Salesforce.check()
}

func wrong(field, format string, args ...any) error {
	return &Error{Field: "setup." + field, Message: fmt.Sprintf(format, args...)}
}

func (s Setup) check() error {
	switch {
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
	return nil
}

// checkPeople refuses what is no set of the package: an org would refuse the assignment only half-way through apply.
func (s Setup) checkPeople() error {
	for set, users := range s.People {
		if !slices.Contains(Sets, set) {
			meant := ""
			if near := nearest(set, Sets); near != "" {
				meant = "; did you mean " + near + "?"
			}
			return wrong("people", "%q is not one of the package's permission sets: %s%s", set, strings.Join(Sets, ", "), meant)
		}
		if slices.Contains(users, "") {
			return wrong("people."+set, "a user name is empty")
		}
	}
	return nil
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
		return &Error{
			Field:   "setup.salesforce",
			Message: "choose one way to sign in: sf, web, username with password, or username with client_id and key_file",
		}
	case a.Password != "" && a.Username == "":
		return &Error{Field: "setup.salesforce.username", Message: "missing beside the password"}
	case a.KeyFile != "" && (a.Username == "" || a.ClientID == ""):
		return &Error{Field: "setup.salesforce", Message: "key_file needs username and client_id"}
	}
	return nil
}
