package main

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"time"

	"github.com/patchcord/patchcord/amazonconnect"
	"github.com/patchcord/patchcord/internal/secret"
	"github.com/patchcord/patchcord/salesforce"
	"github.com/patchcord/patchcord/sandbox/connect"
	"github.com/patchcord/patchcord/setup"
)

// appIdentity is the adapter's External Client App in the sandbox: key, certificate, and what was deployed.
type appIdentity struct {
	ClientID    string `json:"client_id"`
	Key         []byte `json:"key"`         // PKCS #1
	Certificate []byte `json:"certificate"` // DER
	Deployed    string `json:"deployed"`    // callback URL that the org knows; "" before set-up

	key  *rsa.PrivateKey
	file string
}

// loadIdentity reads the identity that was kept, or makes one.
func loadIdentity(folder string, at origins) (*appIdentity, error) {
	file := filepath.Join(folder, "app.json")
	body, err := os.ReadFile(file)
	if errors.Is(err, os.ErrNotExist) {
		return newIdentity(file, at)
	}
	if err != nil {
		return nil, err
	}
	id := &appIdentity{file: file}
	if err := json.Unmarshal(body, id); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	id.key, err = x509.ParsePKCS1PrivateKey(id.Key)
	return id, err
}

func newIdentity(file string, at origins) (*appIdentity, error) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return nil, err
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "Patchcord adapter"}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().AddDate(10, 0, 0)}
	certificate, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		return nil, err
	}
	id := &appIdentity{ClientID: "3MVG9." + rand.Text() + rand.Text(), Key: x509.MarshalPKCS1PrivateKey(key), Certificate: certificate, key: key, file: file}
	return id, id.save()
}

func (id *appIdentity) save() error {
	body, err := json.Marshal(id)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(id.file), 0o700); err != nil {
		return err
	}
	return os.WriteFile(id.file, body, 0o600)
}

// install brings the sandbox to where an administrator would have brought it, by the platforms' published APIs only.
func install(ctx context.Context, e *env, instance connect.Instance, at origins, id *appIdentity) error {
	session, err := salesforce.LoginSOAP(ctx, at.crm, people[0].Username, demoPassword)
	if err != nil {
		return fmt.Errorf("set up: %w", err)
	}
	centre, err := amazonconnect.New(ctx, amazonconnect.Config{
		Region: instance.Region, Endpoint: at.connect, AccessKeyID: instance.AccessKeyID, SecretAccessKey: secret.String(instance.SecretKey), Unlimited: true,
	})
	if err != nil {
		return fmt.Errorf("set up: %w", err)
	}
	callback := at.adapter + "/auth/callback"
	known := id.Deployed == callback
	sets := map[string]string{people[0].Username: "AC_Administrator", people[1].Username: "AC_Manager", people[2].Username: "AC_Agent"}
	steps := []setup.Step{
		setup.Package{},
		setup.OAuthApp{CallbackURL: callback, ClientID: id.ClientID, Certificate: base64.StdEncoding.EncodeToString(id.Certificate), Known: known},
		setup.Console{Known: known},
		setup.Assignments{Sets: sets},
		setup.CallCenterUsers{CallCenter: callCenter, Usernames: []string{people[0].Username, people[1].Username, people[2].Username}},
		setup.Toolkit{URL: at.connect, AdapterURL: at.adapter},
		setup.AdapterRecord{Record: callCenter, Instance: at.connect, Region: instance.Region, CallCenter: callCenter, Country: "US"},
		setup.ApprovedOrigins{Alias: instance.Alias, Origins: []string{at.crm, at.visualforce}},
		demo,
	}
	platforms := setup.Platforms{CRM: salesforce.New(salesforce.Config{Session: session, Log: e.log}), Connect: centre}
	if err := setup.Apply(ctx, platforms, steps, nil); err != nil {
		return fmt.Errorf("set up: %w", err)
	}
	if known {
		return nil
	}
	id.Deployed = callback
	return id.save()
}
