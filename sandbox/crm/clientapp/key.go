package clientapp

import (
	"context"
	"crypto/rand"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"net/url"
	"slices"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm/records"
)

// newKey makes a consumer key, as the platform's look.
func newKey() string {
	const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz._"
	var b strings.Builder
	b.WriteString("3MVG9")
	for b.Len() < 85 {
		n, err := rand.Int(rand.Reader, big.NewInt(int64(len(alphabet))))
		if err != nil {
			panic(err) // the system has no randomness
		}
		b.WriteByte(alphabet[n.Int64()])
	}
	return b.String()
}

// newSecret makes a consumer secret.
func newSecret() string {
	raw := make([]byte, 32)
	_, _ = rand.Read(raw) // never fails
	return strings.ToUpper(hex.EncodeToString(raw))
}

// IsGlobal says whether a type is that of the settings with key and secret.
func IsGlobal(kind string) bool { return kind == globalKind }

// KeyOf is the consumer key in a component of those settings; "" if there is none.
func KeyOf(c records.Component) string {
	body, _ := c.File(globalSuffix)
	d, err := read(body)
	if err != nil {
		return ""
	}
	return d.text("consumerKey")
}

// Completed gives deployed settings what the org makes: a key and a secret where they have none, those of before if there were some,
// and new ones if the deployment asks for that. A key stays whatever a later deployment says: nobody is told.
// It returns the key that no longer counts, if there is one.
func Completed(deployed, before []byte) (body []byte, gone string, err error) {
	d, err := read(deployed)
	if err != nil {
		return nil, "", err
	}
	old, err := read(before)
	if err != nil && len(before) > 0 {
		return nil, "", err
	}
	for _, one := range []struct {
		name, rotate string
		fresh        func() string
	}{
		{"consumerKey", "shouldRotateConsumerKey", newKey},
		{"consumerSecret", "shouldRotateConsumerSecret", newSecret},
	} {
		switch {
		case d.flag(one.rotate, false):
			d.set(one.name, one.fresh())
			d.set(one.rotate, "false")
		case old.text(one.name) != "" && (d.text(one.name) == "" || one.name == "consumerKey"):
			d.set(one.name, old.text(one.name))
		case d.text(one.name) == "":
			d.set(one.name, one.fresh())
		}
	}
	if was := old.text("consumerKey"); was != d.text("consumerKey") {
		gone = was
	}
	return d.file(), gone, nil
}

// enums are the elements with few values. Source: the Metadata API's own documents.
var enums = map[string]struct {
	kind   string
	values []string
}{
	"permittedUsersPolicyType": {"PermittedUsersPolicyType", []string{"AdminApprovedPreAuthorized", "AllSelfAuthorized"}},
	"refreshTokenPolicyType":   {"RefreshTokenPolicyType", []string{"Infinite", "SpecificInactivity", "SpecificLifetime", "Zero"}},
}

// Check looks at a component that is to be deployed: the app that it names must be there, its key nobody else's, its values such as there
// are. What is wrong comes back as a sentence, "" if nothing is.
func Check(ctx context.Context, from Source, kind, fullName string, body []byte) (string, error) {
	d, err := read(body)
	if err != nil {
		return "Error parsing file: " + err.Error(), nil
	}
	for name, enum := range enums {
		if text := d.text(name); text != "" && !slices.Contains(enum.values, text) {
			return fmt.Sprintf("'%.40s' is not a valid value for the enum '%s'", text, enum.kind), nil
		}
	}
	if kind == Header || !slices.Contains(Parts(), kind) {
		return "", nil
	}
	all, err := load(ctx, from)
	if err != nil {
		return "", err
	}
	app, ok := all[strings.ToLower(d.text(appElement))]
	if !ok {
		return fmt.Sprintf("In field: %s - no %s named %.80s found", appElement, Header, d.text(appElement)), nil
	}
	if kind == globalKind {
		if text := d.globalProblem(all, fullName); text != "" {
			return text, nil
		}
	}
	if have, twice := app[kind]; twice && have.component.FullName != fullName {
		return "duplicate value found: ExternalClientApplicationId duplicates value on record with id: " +
			string(have.component.ID), nil
	}
	return "", nil
}

// globalProblem is what is wrong with global OAuth settings; "" if nothing is.
func (d document) globalProblem(all map[string]parts, fullName string) string {
	if text := d.text("certificate"); text != "" {
		if _, err := Certificate(text); err != nil {
			return "In field: certificate - " + err.Error()
		}
	}
	if text := checkCallbacks(strings.Fields(d.text("callbackUrl"))); text != "" {
		return "In field: callbackUrl - " + text
	}
	if key := d.text("consumerKey"); key != "" {
		for _, p := range all {
			other, ok := p[globalKind]
			if ok && other.component.FullName != fullName && other.document.text("consumerKey") == key {
				return "That consumer key is already taken"
			}
		}
	}
	return ""
}

var errCertificate = errors.New("the certificate must be an X.509 certificate in PEM format")

// Certificate reads a certificate in PEM, or its bare base64.
func Certificate(text string) (*x509.Certificate, error) {
	der := []byte(nil)
	if block, _ := pem.Decode([]byte(text)); block != nil {
		if block.Type != "CERTIFICATE" {
			return nil, errCertificate
		}
		der = block.Bytes
	} else if raw, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(text), "")); err == nil {
		der = raw
	}
	certificate, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, errCertificate
	}
	return certificate, nil
}

const maxCallbacks = 2000 // characters of all callback URLs together

// checkCallbacks says what is wrong with callback URLs, "" if nothing is: https, a custom scheme, or http on one's own machine.
func checkCallbacks(urls []string) string {
	if len([]rune(strings.Join(urls, "\n"))) > maxCallbacks {
		return fmt.Sprintf("Callback URL: data value too large (max length=%d)", maxCallbacks)
	}
	for _, text := range urls {
		u, err := url.Parse(text)
		switch {
		case err != nil || u.Scheme == "" || (u.Scheme == "http" || u.Scheme == "https") && u.Host == "":
			return fmt.Sprintf("Callback URL: %.80s is not a valid URL.", text)
		case u.Fragment != "" || strings.Contains(text, "#"):
			return fmt.Sprintf("Callback URL: %.80s must not have a fragment.", text)
		case slices.Contains([]string{"javascript", "data", "vbscript", "file", "blob", "about"}, u.Scheme):
			return fmt.Sprintf("Callback URL: the scheme of %.80s is not allowed.", text)
		case u.Scheme == "http" && !slices.Contains([]string{"localhost", "127.0.0.1", "::1"}, u.Hostname()):
			return fmt.Sprintf("Callback URL: %.80s must use secure HTTPS or a custom URI scheme.", text)
		}
	}
	return ""
}
