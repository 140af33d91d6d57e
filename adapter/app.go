package adapter

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"net/http"
	"os"
	"path/filepath"
	"time"
)

// App is who the adapter is to the org: its External Client App's consumer key, and the key pair that it signs with.
type App struct {
	ClientID    string
	Key         *rsa.PrivateKey
	Certificate []byte // DER
}

// appFile is how an App is kept.
type appFile struct {
	ClientID    string `json:"client_id"`
	Key         []byte `json:"key"`         // PKCS #1
	Certificate []byte `json:"certificate"` // DER
}

// LoadApp reads the app that was kept in a folder, or makes one and keeps it there, readable by its owner only.
func LoadApp(folder string) (App, error) {
	name := filepath.Join(folder, "app.json")
	body, err := os.ReadFile(name)
	if errors.Is(err, os.ErrNotExist) {
		return makeApp(folder, name)
	}
	if err != nil {
		return App{}, err
	}
	var f appFile
	if err := json.Unmarshal(body, &f); err != nil {
		return App{}, fmt.Errorf("%s: %w", name, err)
	}
	key, err := x509.ParsePKCS1PrivateKey(f.Key)
	if err != nil {
		return App{}, fmt.Errorf("%s: %w", name, err)
	}
	return App{ClientID: f.ClientID, Key: key, Certificate: f.Certificate}, nil
}

func makeApp(folder, name string) (App, error) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return App{}, err
	}
	app := App{ClientID: "3MVG9" + rand.Text() + rand.Text(), Key: key} // letters and digits: no org minds them
	if app.Certificate, err = certify(key); err != nil {
		return App{}, err
	}
	body, err := json.Marshal(appFile{app.ClientID, x509.MarshalPKCS1PrivateKey(key), app.Certificate})
	if err != nil {
		return App{}, err
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return App{}, err
	}
	return app, os.WriteFile(name, body, 0o600)
}

// certify makes the certificate that the org gets. The same key always gives the same one, so that it can be compared.
func certify(key *rsa.PrivateKey) ([]byte, error) {
	from := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "Patchcord adapter"},
		NotBefore: from, NotAfter: from.AddDate(20, 0, 0)}
	return x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
}

// introduce tells set-up what the org has to know of this adapter. Nothing of it is secret.
func (a *Adapter) introduce(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(map[string]any{
		"client_id": a.cfg.Salesforce.ClientID, "callback_url": a.cfg.PublicURL + "/auth/callback",
		"page_origins": append([]string{}, a.cfg.PageOrigins...),
		"certificate":  base64.StdEncoding.EncodeToString(a.cfg.Salesforce.Certificate),
	})
}
